/** `warning`: it works, but not as well as it should. `not-checked`: nothing is known. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'not-checked';

export interface Finding {
  readonly verdict: Verdict;
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do about it; null where there is nothing to do. */
  readonly advice: string | null;
}

/** One row of the table. A `run` that throws or takes too long is a failure that says so. */
export interface Check {
  readonly area: 'Configuration' | 'Versions' | 'Store' | 'Slack' | 'AWS' | 'Clock';
  readonly name: string;
  /** Rows of the same place are told as one while all of them are well. */
  readonly place?: string;
  /** Instead of the usual limit. */
  readonly timeMaxMs?: number;
  readonly run: (signal: AbortSignal) => Promise<Finding>;
}

export interface CheckedRow extends Finding {
  readonly area: Check['area'];
  readonly name: string;
  readonly place: string | null;
}

export function ok(found: string): Finding {
  return { verdict: 'ok', found, advice: null };
}

export function warning(found: string, advice: string): Finding {
  return { verdict: 'warning', found, advice };
}

export function failed(found: string, advice: string): Finding {
  return { verdict: 'failed', found, advice };
}

/** `reason`: why nothing is known, and how it would be. */
export function notChecked(reason: string): Finding {
  return { verdict: 'not-checked', found: reason, advice: null };
}
