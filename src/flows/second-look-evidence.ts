import { isAnswered } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { StepId } from '../domain/incident/steps.ts';
import { utcClock } from '../domain/text/time-words.ts';
import { normaliseEventName } from '../domain/trail/event-name.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ScheduledWork, Work } from '../ports.ts';
import { changesEvidence } from './gather-changes.ts';
import type { GatherDependencies } from './gathering.ts';
import { causeIdsOf, rankEvidence } from './rank-evidence.ts';
import { changesOf, isWorse, readAgain, recordChanges } from './read-again.ts';
import { LOOK_DELAYS_MS } from './second-look.ts';

type GatherWork = Extract<Work, { kind: 'gather' }>;
type Changes = Extract<Evidence, { kind: 'changes' }>;

/** As long as people look for the cause: later, a late call is a question for /trail. */
const SEARCHING_STEPS: ReadonlySet<StepId> = new Set<StepId>([
  'identify',
  'isolate',
  'hypothesize',
  'test',
]);
const NAMES_TOLD_MAX = 3;

/**
 * Schedules the next look at changes that may not all have arrived; once, however often it is called.
 * One after the other: two at the same time would both tell what came late.
 */
export async function scheduleNextLook(
  { store }: Pick<GatherDependencies, 'store'>,
  work: GatherWork,
  delaysMs: readonly number[] = LOOK_DELAYS_MS,
): Promise<void> {
  const delayMs = delaysMs[work.look];
  const state = await store.readState(work.incidentId);
  const gathering = state?.gatherings.find((row) => row.gatheringId === work.gatheringId);
  const changes = state == null ? null : changesOf(state, work);
  if (delayMs === undefined || gathering === undefined) return;
  if (changes?.coverage.mayStillArriveAfterMs == null) return;
  const look = work.look + 1;
  const workId = `look-${look}-${work.gatheringId}`;
  const next: ScheduledWork = {
    workId,
    dueAtMs: gathering.requestedAtMs + delayMs,
    work: { ...work, look },
  };
  await store.schedule([next], workId);
}

/**
 * A later look at the changes of a gathering, while the incident is open and its cause is searched.
 * What arrived late appears in the same card, in one line and in the ranking; nothing is said
 * without it.
 */
export async function lookAgainAtChanges(
  deps: GatherDependencies,
  work: GatherWork,
  signal: AbortSignal,
): Promise<void> {
  const state = await deps.store.readState(work.incidentId);
  const gathering = state?.gatherings.find((row) => row.gatheringId === work.gatheringId);
  const before = state === null ? null : changesOf(state, work);
  if (state === null || gathering === undefined || before === null) return;
  if (!isSearching(state)) return;
  const read = await readAgain(deps, { state, gathering, isWanted: isSearching }, signal);
  if (read === null) return;
  const now = changesEvidence(deps, read.run, read.reading, causeIdsOf(state.ranking));
  if (isWorse(before, now)) return;
  const late = lateChanges(before, now);
  if (late.length > 0) await tellLate(deps, work, late);
  const ranking = await rankEvidence(deps, read.run, read, {
    occasion: 'late-events',
    isPartial: false,
    isEarly: false,
    dedupeId: `rank-look-${work.look}-${work.gatheringId}`,
  });
  if (late.length === 0) return;
  await recordChanges(deps, read, ranking, `look-${work.look}-${now.evidenceId}`);
}

function isSearching({ status, step }: IncidentState): boolean {
  return status === 'open' && SEARCHING_STEPS.has(step);
}

/** The line before the card: after a crash in between, the second try must still find something new. */
async function tellLate(
  deps: GatherDependencies,
  { incidentId, gatheringId, look }: GatherWork,
  late: readonly TrailRecord[],
): Promise<void> {
  const noteId = `late-${look}-${gatheringId}`;
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
  return `CloudTrail delivered ${count} late (${shown}${more}; the newest of ${utcClock(newestMs)} UTC). The list of changes above has ${late.length === 1 ? 'it' : 'them'} now.`;
}

/**
 * Young enough to have arrived only now and not in the card. None where not all was read the first
 * time: what is new then may be only what was left.
 */
function lateChanges(before: Changes, now: Changes): readonly TrailRecord[] {
  const afterMs = before.coverage.mayStillArriveAfterMs;
  const wasCut = before.coverage.targets.some((target) => isAnswered(target) && target.truncated);
  if (afterMs === null || wasCut || countInWindow(now) <= countInWindow(before)) return [];
  const shown = new Set(before.records.map(({ eventId }) => eventId));
  return now.records.filter(({ eventId, atMs }) => atMs >= afterMs && !shown.has(eventId));
}

/** Without the older ones that are shown because they may be the cause. */
function countInWindow({ records, coverage }: Changes): number {
  return coverage.recordCount - records.filter(({ atMs }) => atMs < coverage.fromMs).length;
}
