import { type Check, type CheckedRow, type Finding, failed } from './check.ts';
import { messageOf } from './message-of.ts';

const LIMITS = { atOnceMax: 6, timeMaxMs: 15_000 } as const;

export interface CheckLimits {
  readonly atOnceMax: number;
  /** For a check that names none of its own. */
  readonly timeMaxMs: number;
}

/** Runs all checks, a few at a time; the rows come in the order of the checks. Never rejects. */
export async function runChecks(
  checks: readonly Check[],
  limits: CheckLimits = LIMITS,
): Promise<readonly CheckedRow[]> {
  const rows: CheckedRow[] = [];
  const waiting = checks.entries();
  const work = async (): Promise<void> => {
    for (const [index, check] of waiting) {
      const { area, name, place = null } = check;
      rows[index] = { area, name, place, ...(await runInTime(check, limits.timeMaxMs)) };
    }
  };
  await Promise.all(Array.from({ length: limits.atOnceMax }, work));
  return rows;
}

async function runInTime(check: Check, usualMs: number): Promise<Finding> {
  const timeMaxMs = check.timeMaxMs ?? usualMs;
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      late.abort();
      resolve(
        failed(
          `no answer within ${timeMaxMs / 1_000} s`,
          'Check the network between here and there, then run it again.',
        ),
      );
    }, timeMaxMs);
  });
  try {
    // A check that does not listen to its signal is left behind.
    return await Promise.race([check.run(late.signal), tooLate]);
  } catch (error) {
    return failed(messageOf(error), 'Mend what it says, then run it again.');
  } finally {
    clearTimeout(timer);
  }
}
