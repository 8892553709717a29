import { isAnswered, type TargetReport } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { StepId } from '../domain/incident/steps.ts';
import { utcClock } from '../domain/text/time-words.ts';
import { normaliseEventName } from '../domain/trail/event-name.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ScheduledWork, Work } from '../ports.ts';
import { gatherChanges } from './gather-changes.ts';
import type { GatherDependencies } from './gathering.ts';
import { LOOK_DELAYS_MS } from './second-look.ts';

type GatherWork = Extract<Work, { kind: 'gather' }>;
type Changes = Extract<Evidence, { kind: 'changes' }>;

/** Nobody waits for it, so it gives way to whoever does; but it must end. */
const LOOK_TIME_MAX_MS = 5 * 60_000;
/** As long as people look for the cause: later, a late call is a question for /trail. */
const SEARCHING_STEPS: ReadonlySet<StepId> = new Set<StepId>([
  'identify',
  'isolate',
  'hypothesize',
]);
const NAMES_TOLD_MAX = 3;

/** Schedules the later looks at changes that may not all have arrived; once, however often it is called. */
export async function scheduleEvidenceLooks(
  { store }: Pick<GatherDependencies, 'store'>,
  work: GatherWork,
  delaysMs: readonly number[] = LOOK_DELAYS_MS,
): Promise<void> {
  const state = await store.readState(work.incidentId);
  const gathering = state?.gatherings.find((row) => row.gatheringId === work.gatheringId);
  const changes = state == null ? null : changesOf(state, work);
  if (gathering === undefined || changes?.coverage.mayStillArriveAfterMs == null) return;
  const looks = delaysMs.map((delayMs, index): ScheduledWork => {
    const look = index + 1;
    const workId = `look-${look}-${work.gatheringId}`;
    return { workId, dueAtMs: gathering.requestedAtMs + delayMs, work: { ...work, look } };
  });
  await store.schedule(looks, `looks-${work.gatheringId}`);
}

/**
 * A later look at the changes of a gathering, while the incident is open and its cause is searched.
 * What arrived late appears in the same card and in one line; nothing is said without it.
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
  if (state.status !== 'open' || !SEARCHING_STEPS.has(state.step)) return;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(LOOK_TIME_MAX_MS)]);
  const seen: Changes[] = [];
  await gatherChanges(
    deps,
    {
      state,
      gathering,
      startedAtMs: deps.clock.nowMs(),
      scope: deps.scopeOf(state.channelId),
      asker: { userId: state.ownerId, urgency: 'background' },
      record: async (stage, evidence) => {
        if (stage === 'all' && evidence.kind === 'changes') seen.push(evidence);
      },
    },
    inTime,
  );
  signal.throwIfAborted();
  const [now] = seen;
  const late = now === undefined ? [] : lateChanges(before, now);
  if (now !== undefined && late.length > 0) await record(deps, work, now, late);
}

/** The line before the card: after a crash in between, the second try must still find something new. */
async function record(
  deps: GatherDependencies,
  { incidentId, gatheringId, look }: GatherWork,
  evidence: Changes,
  late: readonly TrailRecord[],
): Promise<void> {
  const noteId = `late-${look}-${gatheringId}`;
  const actor = { kind: 'bot' } as const;
  await deps.act(deps, {
    incidentId,
    command: { type: 'add-note', noteId, text: lateSentence(late) },
    actor,
    dedupeId: noteId,
  });
  await deps.act(deps, {
    incidentId,
    command: { type: 'record-evidence', evidence },
    actor,
    dedupeId: `look-${look}-${evidence.evidenceId}`,
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

/** Young enough to have arrived only now and not in the card; none where less could be read than before. */
function lateChanges(before: Changes, now: Changes): readonly TrailRecord[] {
  const afterMs = before.coverage.mayStillArriveAfterMs;
  const isMore = now.coverage.recordCount > before.coverage.recordCount;
  if (afterMs === null || !isMore || isWorse(before, now)) return [];
  const shown = new Set(before.records.map(({ eventId }) => eventId));
  return now.records.filter(({ eventId, atMs }) => atMs >= afterMs && !shown.has(eventId));
}

/** A place that had answered does not answer now. */
function isWorse(before: Changes, now: Changes): boolean {
  const placeOf = ({ accountId, region }: TargetReport) => `${accountId} ${region}`;
  const answered = now.coverage.targets
    .filter(({ outcome }) => isAnswered({ outcome }))
    .map(placeOf);
  const places = new Set(answered);
  return before.coverage.targets.some(
    (target) => isAnswered(target) && !places.has(placeOf(target)),
  );
}

function changesOf(state: IncidentState, { gatheringId }: GatherWork): Changes | null {
  const found = state.evidence.find(
    (row) => row.kind === 'changes' && row.gatheringId === gatheringId,
  );
  return found?.kind === 'changes' ? found : null;
}
