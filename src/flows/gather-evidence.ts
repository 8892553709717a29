import { describeAccounts } from '../domain/account-coverage.ts';
import { isAnswered, type TargetReport } from '../domain/coverage.ts';
import type { Gathering, IncidentState } from '../domain/incident/state.ts';
import type { TrailScope } from '../ports.ts';
import { createAlarmsFound, gatherAlarms } from './gather-alarms.ts';
import { gatherCauses } from './gather-causes.ts';
import {
  askerOf,
  type GatherDependencies,
  type GatheringRun,
  type KindResult,
  regionsOf,
} from './gathering.ts';
import { pause } from './gathering-pace.ts';

/** People wait for it: what has not answered by then is reported as timed out. */
const GATHERING_MAX_MS = 60_000;
const ALARMS_WAIT_MS = 4_000;
/** The evidence's coverage has all of them. */
const TROUBLES_TOLD_MAX = 6;

/**
 * Asks every target for alarms, and then for the calls that the planner thinks most telling; records
 * what comes, and the causes it speaks for, as it comes. Safe to run again after a crash. Rejects when
 * the signal ends it or the store cannot be reached; what AWS answers, or does not, is in the
 * evidence's coverage.
 */
export async function gatherEvidence(
  deps: GatherDependencies,
  work: { readonly incidentId: string; readonly gatheringId: string },
  signal: AbortSignal,
): Promise<void> {
  const state = await deps.store.readState(work.incidentId);
  const gathering = state?.gatherings.find((row) => row.gatheringId === work.gatheringId);
  if (!state || gathering === undefined || gathering.finishedAtMs !== null) return;
  const refusals: string[] = [];
  const giveUp = new AbortController();
  const stopped = AbortSignal.any([signal, giveUp.signal]);
  const inTime = AbortSignal.any([stopped, AbortSignal.timeout(GATHERING_MAX_MS)]);
  const scope = deps.scopeOf(state.channelId);
  const startRun = (): GatheringRun => ({
    state,
    gathering,
    startedAtMs: deps.clock.nowMs(),
    scope,
    asker: { userId: askerOf(state), urgency: 'waiting' },
    stopped,
    record: createRecorder(deps, { state, gathering, stopped, refusals }),
  });
  const { alarms, changes } = await gatherBoth(deps, startRun, inTime).finally(() =>
    giveUp.abort(),
  );
  const summary = summaryOf(scope, alarms, changes, refusals);
  await audit(deps, { state, gathering, scope }, alarms, changes);
  await deps.act(deps, {
    incidentId: state.incidentId,
    command: { type: 'finish-gathering', gatheringId: gathering.gatheringId, summary },
    actor: { kind: 'bot' },
    dedupeId: `finish-${gathering.gatheringId}`,
  });
}

/** The alarms say where to look, so they come first; but AWS hanging there must not keep changes back. */
async function gatherBoth(
  deps: GatherDependencies,
  startRun: () => GatheringRun,
  signal: AbortSignal,
): Promise<{ readonly alarms: KindResult; readonly changes: KindResult }> {
  const alarmRun = startRun();
  const found = createAlarmsFound();
  const reading = gatherAlarms(deps, alarmRun, found, signal);
  await Promise.race([reading, pause(ALARMS_WAIT_MS)]);
  const [alarms, changes] = await Promise.all([
    reading,
    gatherCauses(
      deps,
      { ...startRun(), startedAtMs: alarmRun.startedAtMs },
      { found, alarms: reading },
      signal,
    ),
  ]);
  return { alarms, changes };
}

function createRecorder(
  deps: GatherDependencies,
  run: {
    readonly state: IncidentState;
    readonly gathering: Gathering;
    readonly stopped: AbortSignal;
    readonly refusals: string[];
  },
): GatheringRun['record'] {
  let shownCount = 0;
  return async (stage, evidence) => {
    // A gathering told to stop must not record that as what there was: it is run again.
    run.stopped.throwIfAborted();
    const { recordCount } = evidence.coverage;
    if (stage !== 'all' && recordCount <= shownCount) return;
    const isFirst = stage === 'page' && shownCount === 0;
    const version = isFirst ? 'first' : stage === 'all' ? stage : `${stage}-${recordCount}`;
    shownCount = recordCount;
    const outcome = await deps.act(deps, {
      incidentId: run.state.incidentId,
      command: { type: 'record-evidence', evidence },
      actor: { kind: 'bot' },
      dedupeId: `${version}-${evidence.kind}-${run.gathering.gatheringId}`,
    });
    if (outcome.kind === 'rejected' && stage === 'all') run.refusals.push(outcome.sentence);
  };
}

function summaryOf(
  scope: TrailScope,
  alarms: KindResult,
  changes: KindResult,
  refusals: readonly string[],
): string {
  const found = `Found ${alarms.sentence}, and ${changes.sentence}, in ${regionsOf(scope.targets)}.`;
  const reports = [...alarms.targets, ...changes.targets];
  const accounts = describeAccounts(reports.filter((report) => speaksForItsPlace(report, reports)));
  const told = reports
    .filter(({ outcome, truncated }) => !isAnswered({ outcome }) || truncated)
    .map(({ explanation }) => explanation)
    .filter((explanation) => explanation !== null);
  const troubles = [...new Set(told)];
  const hidden = troubles.length - TROUBLES_TOLD_MAX;
  return [
    found,
    ...(accounts === null ? [] : [`${accounts}.`]),
    ...troubles.slice(0, TROUBLES_TOLD_MAX),
    ...(hidden > 0 ? [`And ${hidden} more like these.`] : []),
    ...new Set(refusals),
  ].join(' ');
}

/** Where alarms were read and changes were not, or the other way round, was not searched. */
function speaksForItsPlace(report: TargetReport, all: readonly TargetReport[]): boolean {
  if (!isAnswered(report)) return true;
  const { accountId, region } = report;
  return all
    .filter((other) => other.accountId === accountId && other.region === region)
    .every(isAnswered);
}

/** Who asked, for what; never what was found. */
async function audit(
  deps: GatherDependencies,
  { state, gathering, scope }: Pick<GatheringRun, 'state' | 'gathering' | 'scope'>,
  alarms: KindResult,
  changes: KindResult,
): Promise<void> {
  const events = await deps.store.readEvents(state.incidentId);
  const request = events.find(
    ({ event }) =>
      event.type === 'gathering-requested' && event.gatheringId === gathering.gatheringId,
  );
  const failed = [...alarms.targets, ...changes.targets].filter(
    ({ outcome }) => !isAnswered({ outcome }),
  );
  await deps.store.recordAudit({
    atMs: deps.clock.nowMs(),
    userId: request?.actor.kind === 'person' ? request.actor.userId : 'bot',
    channelId: state.channelId,
    action: 'gathering',
    question: `evidence for ${state.incidentId} in ${regionsOf(scope.targets)}`,
    recordCount: alarms.recordCount + changes.recordCount,
    outcome:
      failed.length === 0
        ? 'complete'
        : `incomplete: ${failed.map(({ outcome }) => outcome).join(', ')}`,
  });
}
