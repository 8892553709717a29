import type { Evidence } from '../domain/incident/evidence.ts';
import type { Ranking } from '../domain/incident/ranking.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { ScheduledWork, Work } from '../ports.ts';
import { changesEvidence } from './gather-changes.ts';
import type { GatherDependencies } from './gathering.ts';
import { causeIdsOf, rankEvidence } from './rank-evidence.ts';
import { changesOf, isWorse, type ReadAgain, readAgain, recordChanges } from './read-again.ts';
import { LOOK_DELAYS_MS } from './second-look.ts';
import { lateChanges, tellLate, wasCutShort } from './tell-late.ts';

type Changes = Extract<Evidence, { kind: 'changes' }>;
type GatherWork = Extract<Work, { kind: 'gather' }>;

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
 * A later look at the changes of a gathering, while the incident is open, whatever people are at: who
 * has gone on quickly has to hear of another cause, too. What arrived late appears in the same card,
 * in one line and in the ranking; nothing is said without it.
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
  if (!isOpen(state)) return;
  const read = await readAgain(deps, { state, gathering, isWanted: isOpen }, signal);
  if (read === null) return;
  const now = changesEvidence(deps, read.run, read.reading, causeIdsOf(state.ranking));
  if (isWorse(before, now)) return;
  const late = lateChanges(before, now);
  await tellLate(deps, work.incidentId, `late-${work.look}-${work.gatheringId}`, late);
  const ranking = await rankLate(deps, state, work, read);
  if (late.length === 0) {
    if (!wasCutShort(before)) await recordNothingMore(deps, work, before, now);
    return;
  }
  await recordChanges(deps, read, ranking, `look-${work.look}-${now.evidenceId}`);
}

/** A newer gathering has seen more: its own later looks rank what it covers. */
async function rankLate(
  deps: GatherDependencies,
  { gatherings, ranking }: IncidentState,
  { look, gatheringId }: GatherWork,
  read: ReadAgain,
): Promise<Ranking | null> {
  if (gatherings.at(-1)?.gatheringId !== gatheringId) return ranking;
  return rankEvidence(deps, read.run, read, {
    occasion: 'late-events',
    isPartial: false,
    isEarly: false,
    dedupeId: `rank-look-${look}-${gatheringId}`,
  });
}

/** The same card, which now says when it was looked at again and until when it covers. */
async function recordNothingMore(
  deps: GatherDependencies,
  { incidentId, gatheringId, look }: GatherWork,
  before: Changes,
  now: Changes,
): Promise<void> {
  const { mayStillArriveAfterMs } = now.coverage;
  const lookedAgainAtMs = deps.clock.nowMs();
  const coverage = { ...before.coverage, mayStillArriveAfterMs, lookedAgainAtMs };
  await deps.act(deps, {
    incidentId,
    command: { type: 'record-evidence', evidence: { ...before, coverage } },
    actor: { kind: 'bot' },
    dedupeId: `nothing-more-${look}-${gatheringId}`,
  });
}

function isOpen({ status }: IncidentState): boolean {
  return status === 'open';
}
