import type { Gathering, IncidentState } from '../domain/incident/state.ts';
import type { ScheduledWork, Work } from '../ports.ts';
import { changesEvidence } from './gather-changes.ts';
import type { GatherDependencies } from './gathering.ts';
import { causeIdsOf, rankEvidence } from './rank-evidence.ts';
import { changesOf, isWorse, type ReadAgain, readAgain, recordChanges } from './read-again.ts';
import type { WorkOutcome } from './run-work.ts';
import { lateChanges, tellLate } from './tell-late.ts';

type RankWork = Extract<Work, { kind: 'rank' }>;

/** A gathering that has not ended by then never will. */
const GATHERING_RUNS_MAX_MS = 10 * 60_000;
const GATHERING_WAIT_MS = 2_000;
/** After the card was shown; people who ask meanwhile come first anyway. */
const DEEPER_DELAY_MS = 500;

/** Has the rest read, where people had to be shown something before all was; once. */
export async function scheduleDeeper(
  { store, clock }: Pick<GatherDependencies, 'store' | 'clock'>,
  { incidentId, gatheringId }: { readonly incidentId: string; readonly gatheringId: string },
): Promise<void> {
  const ranking = (await store.readState(incidentId))?.ranking;
  if (ranking?.gatheringId !== gatheringId || !ranking.isPartial) return;
  const work: RankWork = { kind: 'rank', incidentId, gatheringId, occasion: 'gathering' };
  const workId = `rank-deeper-${gatheringId}`;
  const deeper: ScheduledWork = { workId, dueAtMs: clock.nowMs() + DEEPER_DELAY_MS, work };
  await store.schedule([deeper], workId);
}

/**
 * Ranks the causes of an incident again: with the rest of what there is to read, or with what people
 * attached or said. Waits for a gathering under way, which would not know of it.
 */
export async function rankAgain(
  deps: GatherDependencies,
  work: RankWork,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const state = await deps.store.readState(work.incidentId);
  if (state === null || state.status !== 'open') return { kind: 'done' };
  const gathering = gatheringFor(state, work.gatheringId);
  if (gathering === null) return { kind: 'done' };
  if (gathering.finishedAtMs === null) {
    const isDead = deps.clock.nowMs() - gathering.requestedAtMs > GATHERING_RUNS_MAX_MS;
    return isDead ? { kind: 'done' } : { kind: 'later', delayMs: GATHERING_WAIT_MS };
  }
  const isWanted = ({ status }: IncidentState) => status === 'open';
  const read = await readAgain(deps, { state, gathering, isWanted }, signal);
  if (read === null) return { kind: 'done' };
  const before = changesOf(state, gathering);
  const now = changesEvidence(deps, read.run, read.reading, causeIdsOf(state.ranking));
  if (before !== null && isWorse(before, now)) {
    await endPartial(deps, state, work);
    return { kind: 'done' };
  }
  if (before !== null && work.occasion === 'gathering') {
    const late = lateChanges(before, now);
    await tellLate(deps, work.incidentId, `late-deeper-${work.gatheringId}`, late);
  }
  await record(deps, state, work, read);
  return { kind: 'done' };
}

async function record(
  deps: GatherDependencies,
  state: IncidentState,
  work: RankWork,
  read: ReadAgain,
): Promise<void> {
  const ranking = await rankEvidence(deps, read.run, read, {
    occasion: work.occasion,
    isPartial: false,
    isEarly: false,
    dedupeId: dedupeIdOf(state, work),
  });
  if (work.occasion !== 'gathering' || ranking === null) return;
  await recordChanges(deps, read, ranking, `deeper-changes-${work.gatheringId}`);
}

/** It could not be read deeper: what is there is all there is. */
async function endPartial(
  deps: GatherDependencies,
  state: IncidentState,
  work: RankWork,
): Promise<void> {
  if (work.occasion !== 'gathering' || state.ranking === null) return;
  await deps.act(deps, {
    incidentId: work.incidentId,
    command: { type: 'rank-causes', ranking: { ...state.ranking, isPartial: false } },
    actor: { kind: 'bot' },
    dedupeId: dedupeIdOf(state, work),
  });
}

/** Tried again after a crash, it finds a later version only if it had got through. */
function dedupeIdOf({ version }: IncidentState, { occasion, gatheringId }: RankWork): string {
  return `rank-${occasion}-${gatheringId ?? 'latest'}-v${version}`;
}

/** The one asked for, or the latest. */
function gatheringFor({ gatherings }: IncidentState, gatheringId: string | null): Gathering | null {
  const found =
    gatheringId === null
      ? gatherings.at(-1)
      : gatherings.find((row) => row.gatheringId === gatheringId);
  return found ?? null;
}
