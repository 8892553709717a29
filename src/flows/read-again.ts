import { alarmKey } from '../domain/alarm/alarm-change.ts';
import { isAnswered, type TargetReport } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import type { Ranking } from '../domain/incident/ranking.ts';
import type { Gathering, IncidentState } from '../domain/incident/state.ts';
import { DEEP_BUDGET } from '../domain/investigation/reading-budget.ts';
import { createAlarmsFound, type GrowingAlarms, gatherAlarms } from './gather-alarms.ts';
import {
  type AlarmsFound,
  type ChangesReading,
  changesEvidence,
  openChanges,
} from './gather-changes.ts';
import type { GatherDependencies, GatheringRun } from './gathering.ts';
import { causeIdsOf } from './rank-evidence.ts';

/** Nobody waits for it, so it gives way to whoever does; but it must end. */
const READING_MAX_MS = 5 * 60_000;

type AlarmsEvidence = Extract<Evidence, { kind: 'alarms' }>;

export interface ReadAgain {
  readonly run: GatheringRun;
  readonly reading: ChangesReading;
  readonly found: AlarmsFound;
}

export interface ReadAgainInput {
  readonly state: IncidentState;
  readonly gathering: Gathering;
  /** Asked on the way, of the incident as it is by then. */
  isWanted(state: IncidentState): boolean;
}

/**
 * Reads once more, and deeper, what a gathering read, in the background: what was delivered before
 * costs no call. Shows nothing. Null when nobody wants it any more. Rejects when the signal ends it or the store cannot be reached.
 */
export async function readAgain(
  deps: GatherDependencies,
  { state, gathering, isWanted }: ReadAgainInput,
  signal: AbortSignal,
): Promise<ReadAgain | null> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_MAX_MS)]);
  const kept = alarmsKept(state, gathering);
  const names = kept?.alarms.map(({ name }): string => name) ?? [];
  const run: GatheringRun = {
    state: { ...state, alarmNames: [...new Set([...state.alarmNames, ...names])] },
    gathering,
    startedAtMs: deps.clock.nowMs(),
    scope: deps.scopeOf(state.channelId),
    asker: { userId: state.ownerId, urgency: 'background' },
    record: async () => undefined,
    stopped: signal,
  };
  const found = createAlarmsFound();
  await gatherAlarms(deps, run, found, inTime);
  if (kept !== null) addKept(found, kept);
  let isOver = false;
  const reading = openChanges(deps, run, found, {
    budget: DEEP_BUDGET,
    signal: inTime,
    onPage: async () => {
      const now = await deps.store.readState(state.incidentId);
      isOver = now === null || !isWanted(now);
    },
    isTimeUp: () => isOver,
  });
  await reading.run();
  signal.throwIfAborted();
  return isOver ? null : { run, reading, found };
}

/** A place that had answered does not answer now: what comes of it must not replace what is there. */
export function isWorse(
  before: Pick<Evidence, 'coverage'>,
  now: Pick<Evidence, 'coverage'>,
): boolean {
  const answered = now.coverage.targets.filter(isAnswered);
  return before.coverage.targets.some(
    (target) => isAnswered(target) && !answered.some((row) => isSamePlace(row, target)),
  );
}

/** An account in which nothing was found has not told its number yet. */
function isSamePlace(a: TargetReport, b: TargetReport): boolean {
  const isSameAccount = a.accountId === b.accountId || a.accountId === null || b.accountId === null;
  return a.region === b.region && isSameAccount;
}

/** What a gathering has on the card of changes. */
export function changesOf(
  { evidence }: IncidentState,
  { gatheringId }: { readonly gatheringId: string | null },
): Extract<Evidence, { kind: 'changes' }> | null {
  const found = evidence.find((row) => row.kind === 'changes' && row.gatheringId === gatheringId);
  return found?.kind === 'changes' ? found : null;
}

/** The card of changes as it is after reading again, with what the ranking puts first. */
export async function recordChanges(
  deps: GatherDependencies,
  { run, reading }: ReadAgain,
  ranking: Ranking | null,
  dedupeId: string,
): Promise<void> {
  await deps.act(deps, {
    incidentId: run.state.incidentId,
    command: {
      type: 'record-evidence',
      evidence: changesEvidence(deps, run, reading, causeIdsOf(ranking)),
    },
    actor: { kind: 'bot' },
    dedupeId,
  });
}

function alarmsKept({ evidence }: IncidentState, { gatheringId }: Gathering) {
  return (
    evidence.find(
      (row): row is AlarmsEvidence => row.kind === 'alarms' && row.gatheringId === gatheringId,
    ) ?? null
  );
}

/** What CloudWatch does not tell now, it told then. */
function addKept(found: GrowingAlarms, kept: AlarmsEvidence): void {
  const known = new Set(found.alarms.map(alarmKey));
  found.alarms.push(...kept.alarms.filter((alarm) => !known.has(alarmKey(alarm))));
  const told = new Set(found.transitions.map(transitionKey));
  found.transitions.push(...kept.transitions.filter((row) => !told.has(transitionKey(row))));
}

function transitionKey({ region, alarmName, atMs }: AlarmsFound['transitions'][number]): string {
  return `${region} ${alarmName} ${atMs}`;
}
