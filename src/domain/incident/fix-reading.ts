import { counted } from '../text/counted.ts';
import { utcClock } from '../text/time-words.ts';
import type { Evidence } from './evidence.ts';
import type { IncidentState } from './state.ts';

/** What CloudTrail showed while a plan was carried out, when it was last read. */
export interface FixReading {
  /** "plan 1" */
  readonly planName: string;
  readonly insideCount: number;
  readonly outsideCount: number;
  /** CloudTrail is late: some of that time had not been delivered yet. */
  readonly mayStillArrive: boolean;
  /** Up to when writes were asked for. */
  readonly readUntilMs: number;
}

/** Null for evidence of another kind. */
export function fixReading(
  evidence: Evidence,
  { plans }: Pick<IncidentState, 'plans'>,
): FixReading | null {
  if (evidence.kind !== 'changes' || evidence.fix === undefined) return null;
  const { fix, coverage } = evidence;
  const index = plans.findIndex(({ planId }) => planId === fix.planId);
  return {
    planName: index < 0 ? 'a plan' : `plan ${index + 1}`,
    insideCount: fix.inside.length,
    outsideCount: coverage.recordCount - fix.inside.length,
    mayStillArrive: coverage.mayStillArriveAfterMs !== null,
    readUntilMs: coverage.toMs,
  };
}

/** Nothing yet is not nothing. */
export function fixWords({
  planName,
  insideCount,
  outsideCount,
  mayStillArrive,
  readUntilMs,
}: FixReading): string {
  const count = insideCount + outsideCount;
  const during = `while ${planName} was carried out`;
  if (count > 0) {
    return `CloudTrail shows ${counted(count, 'write')} ${during}, ${insideCount} in the plan and ${outsideCount} outside of it`;
  }
  return mayStillArrive
    ? `CloudTrail shows no write yet (as delivered by ${utcClock(readUntilMs)}) that was made ${during}; it may still deliver some`
    : `CloudTrail shows no write that was made ${during}`;
}
