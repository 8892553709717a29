/** Why a target answered as it did. `nothing` is an answer; the last five are not. */
export type TargetOutcome =
  | 'found'
  | 'nothing'
  | 'denied'
  | 'throttled'
  | 'timed-out'
  | 'disabled'
  | 'failed';

/** Found or nothing: it was read, and this is what there is. */
export function isAnswered({ outcome }: { readonly outcome: TargetOutcome }): boolean {
  return outcome === 'found' || outcome === 'nothing';
}

/** What only a trail or a store that was told to holds. */
export const NO_DATA_EVENTS = 'data events (objects, items, invocations)';

/** One account and Region that was asked, and what came of it. */
export interface TargetReport {
  /** Null until the account has told its number. */
  readonly accountId: string | null;
  /** What people call the account; absent where nobody named it. */
  readonly accountName?: string | undefined;
  readonly region: string;
  readonly outcome: TargetOutcome;
  readonly count: number;
  /** True when a limit ended the reading before the window was read whole. */
  readonly truncated: boolean;
  /** One clear sentence for a person, null when there is nothing to explain. */
  readonly explanation: string | null;
}

/** Of one place that was asked twice: what was found counts before trouble, trouble before nothing. */
export function outcomeWeight({ outcome }: { readonly outcome: TargetOutcome }): number {
  if (outcome === 'found') return 2;
  return outcome === 'nothing' ? 0 : 1;
}

/**
 * What an answer rests on. Every card and every document prints it, so that "nothing found" can be
 * read for what it is.
 */
export interface Coverage {
  readonly source: 'event-history' | 'logs-insights' | 'lake' | 'cloudwatch' | 'files';
  /** What was asked, in words ("successful writes", "resource i-0abc"). */
  readonly query: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly targets: readonly TargetReport[];
  readonly recordCount: number;
  /** Records that could not be read and were left out. */
  readonly skippedCount: number;
  /** Events after this time may not have been delivered yet; null when the window is old enough. */
  readonly mayStillArriveAfterMs: number | null;
  /** When it was last looked at again and nothing more had come; absent: it was not. */
  readonly lookedAgainAtMs?: number | undefined;
  /** What this source can never show, in words. */
  readonly gaps: readonly string[];
}

/** The same reports with what people call their accounts. */
export function withAccountNames(
  targets: readonly TargetReport[],
  names: ReadonlyMap<string, string>,
): readonly TargetReport[] {
  return targets.map((target) => {
    const accountName = names.get(target.accountId ?? '');
    return accountName === undefined ? target : { ...target, accountName };
  });
}
