import type { Alarm, AlarmTransition } from '../domain/alarm/alarm.ts';
import { isAnswered, type TargetReport } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import type { AlarmReading, AwsTarget } from '../ports.ts';
import { followAlarms } from './follow-alarms.ts';
import {
  counted,
  type GatherDependencies,
  type GatheringRun,
  type KindResult,
  namedReports,
  placeGaps,
  readTargets,
  stillReading,
} from './gathering.ts';

interface Reading {
  readonly alarms: Map<string, Alarm>;
  readonly transitions: AlarmTransition[];
  readonly reports: Map<AwsTarget, TargetReport>;
  readonly gaps: Set<string>;
  skippedCount: number;
}

/** Alarms in ALARM now, those the incident names, and every state change in the window. */
export async function gatherAlarms(
  deps: GatherDependencies,
  run: GatheringRun,
  signal: AbortSignal,
): Promise<KindResult> {
  const reading: Reading = {
    alarms: new Map(),
    transitions: [],
    reports: new Map(run.scope.targets.map((target) => [target, stillReading(target, 0)])),
    gaps: new Set(),
    skippedCount: 0,
  };
  await readTargets(
    deps,
    run.scope,
    reading.reports,
    (target) => readTarget(deps, run, reading, target, signal),
    () => run.record('target', evidenceOf(run, reading)),
  );
  await run.record('all', evidenceOf(run, reading));
  const alarming = [...reading.alarms.values()].filter(({ state }) => state === 'ALARM').length;
  const changes = counted(reading.transitions.length, 'state change');
  return {
    sentence: `${counted(alarming, 'alarm')} in ALARM and ${changes}`,
    targets: namedReports(run, reading.reports),
    recordCount: reading.alarms.size + reading.transitions.length,
  };
}

async function readTarget(
  deps: GatherDependencies,
  run: GatheringRun,
  reading: Reading,
  target: AwsTarget,
  signal: AbortSignal,
): Promise<void> {
  const { fromMs, toMs } = run.gathering;
  const { asker } = run;
  const { alarmNames } = run.state;
  const [alarming, named, transitions] = await Promise.all([
    deps.alarms.readAlarms({ target, asker, names: null }, signal),
    alarmNames.length > 0
      ? deps.alarms.readAlarms({ target, asker, names: alarmNames }, signal)
      : null,
    deps.alarms.readTransitions({ target, asker, fromMs, toMs }, signal),
  ]);
  const found = new Map([...alarming.items, ...(named?.items ?? [])].map((one) => [one.name, one]));
  const place = { source: deps.alarms, target, asker };
  const followed = await followAlarms(place, [...found.values()], signal);
  const readings = [alarming, named, transitions].filter((part) => part !== null);
  for (const alarm of followed.alarms) {
    reading.alarms.set(`${alarm.accountId} ${alarm.region} ${alarm.name}`, alarm);
  }
  for (const gap of followed.gaps) reading.gaps.add(gap);
  reading.transitions.push(...transitions.items);
  reading.skippedCount += readings.reduce((sum, part) => sum + part.skippedCount, 0);
  reading.reports.set(target, reportOf(target, readings));
}

/** One target, several questions: trouble with any of them must not look like an answer. */
function reportOf(
  target: AwsTarget,
  readings: readonly AlarmReading<Alarm | AlarmTransition>[],
): TargetReport {
  const troubled = readings.find(({ outcome }) => !isAnswered({ outcome }));
  const count = readings.reduce((sum, { items }) => sum + items.length, 0);
  const told = readings.find(({ explanation }) => explanation !== null);
  return {
    accountId: readings.find(({ accountId }) => accountId !== null)?.accountId ?? target.accountId,
    region: target.region,
    outcome: troubled?.outcome ?? (count > 0 ? 'found' : 'nothing'),
    count,
    truncated: readings.some(({ truncated }) => truncated),
    explanation: (troubled ?? told)?.explanation ?? null,
  };
}

function evidenceOf(run: GatheringRun, reading: Reading): Evidence {
  const { gatheringId, fromMs, toMs } = run.gathering;
  const alarms = [...reading.alarms.values()].sort(alarmingAndNewestFirst);
  const transitions = reading.transitions.toSorted(
    (a, b) => b.atMs - a.atMs || (a.alarmName < b.alarmName ? -1 : 1),
  );
  return {
    kind: 'alarms',
    evidenceId: `alarms-${gatheringId}`,
    gatheringId,
    alarms,
    transitions,
    coverage: {
      source: 'cloudwatch',
      query: 'alarms in ALARM now and state changes in the window',
      fromMs,
      toMs,
      targets: namedReports(run, reading.reports),
      recordCount: alarms.length + transitions.length,
      skippedCount: reading.skippedCount,
      mayStillArriveAfterMs: null,
      gaps: [...reading.gaps, 'what no alarm watches', ...placeGaps(run.scope)],
    },
  };
}

function alarmingAndNewestFirst(a: Alarm, b: Alarm): number {
  const alarming = Number(b.state === 'ALARM') - Number(a.state === 'ALARM');
  const newer = (b.transitionedAtMs ?? 0) - (a.transitionedAtMs ?? 0);
  return alarming || newer || (a.name < b.name ? -1 : 1);
}
