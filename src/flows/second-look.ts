import type { TrailAnswer } from '../domain/trail/answer.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ScheduledWork, Store, Work } from '../ports.ts';
import type { KeptAnswer, ShownAnswer } from './kept-answers.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** CloudTrail delivers most calls within five minutes, and all that were measured within ten. */
export const LOOK_DELAYS_MS: readonly number[] = [5 * 60_000, 15 * 60_000];

/** Longer ago than this, whoever asked has gone on: a bot that was down does not come back to it. */
const INTEREST_MAX_MS = 20 * 60_000;
/** Pages of one answer; beyond that a call counts as not shown, and is told once more at worst. */
const SHOWN_IDS_MAX = 300;

/** The later looks at an answer whose window reaches into minutes that may still arrive; else none. */
export function looksAfter(
  work: TrailWork,
  answer: TrailAnswer,
  delaysMs: readonly number[] = LOOK_DELAYS_MS,
): readonly ScheduledWork[] {
  // One record was asked for by its id: once it is found, nothing that arrives later can match.
  const isFinal = answer.lead !== null && answer.explains;
  if (isFinal || answer.coverage.mayStillArriveAfterMs === null) return [];
  if (work.about !== 'question' || work.deliver !== 'to-asker') return [];
  return delaysMs.map((delayMs, index) => ({
    workId: `look-${index + 1}-${work.answerId}`,
    dueAtMs: work.askedAtMs + delayMs,
    work: { ...work, page: 0, look: index + 1 },
  }));
}

/**
 * Somebody is interested as long as a person asked not long ago, neither cancelled the question
 * nor edited it into another, and the incident it was about, if any, is open.
 */
export async function isAwaited(
  store: Pick<Store, 'readState'>,
  kept: KeptAnswer,
  nowMs: number,
): Promise<boolean> {
  if (kept.over !== null || nowMs - kept.askedAtMs >= INTEREST_MAX_MS) return false;
  if (kept.incidentId === null) return true;
  return (await store.readState(kept.incidentId))?.status === 'open';
}

/** What matches, was not shown, and is young enough to have arrived only now; newest first. */
export function lateCalls(
  { eventIds, lateAfterMs }: ShownAnswer,
  answer: TrailAnswer,
): readonly TrailRecord[] {
  const shown = new Set(eventIds);
  return answer.records.filter(
    ({ eventId, atMs }) => lateAfterMs !== null && atMs >= lateAfterMs && !shown.has(eventId),
  );
}

/** With what this answer showed beside what was shown before. */
export function shownWith(before: ShownAnswer | null, answer: TrailAnswer): ShownAnswer {
  const ids = [...(before?.eventIds ?? []), ...answer.records.map(({ eventId }) => eventId)];
  return {
    leadEventId: answer.lead?.record.eventId ?? null,
    eventIds: [...new Set(ids)].slice(0, SHOWN_IDS_MAX),
    lateAfterMs: before === null ? answer.coverage.mayStillArriveAfterMs : before.lateAfterMs,
  };
}
