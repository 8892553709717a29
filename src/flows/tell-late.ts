import { isAnswered } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import { utcClock } from '../domain/text/time-words.ts';
import { normaliseEventName } from '../domain/trail/event-name.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { GatherDependencies } from './gathering.ts';

type Changes = Extract<Evidence, { kind: 'changes' }>;

const NAMES_TOLD_MAX = 3;

/**
 * One line for what arrived late; none for nothing. It comes before the card: after a crash in
 * between, the second try must still find something new.
 */
export async function tellLate(
  deps: GatherDependencies,
  incidentId: string,
  noteId: string,
  late: readonly TrailRecord[],
): Promise<void> {
  if (late.length === 0) return;
  await deps.act(deps, {
    incidentId,
    command: { type: 'add-note', noteId, text: lateSentence(late) },
    actor: { kind: 'bot' },
    dedupeId: noteId,
  });
}

/** Our own words only: who and what stands in the card, where it is shown as somebody else's text. */
function lateSentence(late: readonly TrailRecord[]): string {
  const names = [...new Set(late.map(({ eventName }) => normaliseEventName(eventName)))];
  const shown = names.slice(0, NAMES_TOLD_MAX).join(', ');
  const more = names.length > NAMES_TOLD_MAX ? ` and ${names.length - NAMES_TOLD_MAX} more` : '';
  const count = late.length === 1 ? '1 change' : `${late.length} changes`;
  const newestMs = late.reduce((newest, { atMs }) => Math.max(newest, atMs), 0);
  return `CloudTrail delivered ${count} late (${shown}${more}; the newest of ${utcClock(newestMs)} UTC). The list of what CloudTrail saw has ${late.length === 1 ? 'it' : 'them'} now.`;
}

/**
 * Young enough to have arrived only now and not in the card. None where not all was read the first
 * time: what is new then may be only what was left.
 */
export function lateChanges(before: Changes, now: Changes): readonly TrailRecord[] {
  const afterMs = before.coverage.mayStillArriveAfterMs;
  if (afterMs === null || wasCutShort(before) || countInWindow(now) <= countInWindow(before))
    return [];
  const shown = new Set(before.records.map(({ eventId }) => eventId));
  return now.records.filter(({ eventId, atMs }) => atMs >= afterMs && !shown.has(eventId));
}

/** Not all was read, so a later look cannot tell what is new. */
export function wasCutShort({ coverage }: Changes): boolean {
  return coverage.targets.some((target) => isAnswered(target) && target.truncated);
}

/** Without the older ones that are shown because they may be the cause. */
function countInWindow({ records, coverage }: Changes): number {
  return coverage.recordCount - records.filter(({ atMs }) => atMs < coverage.fromMs).length;
}
