import type { Alarm, AlarmTransition } from '../domain/alarm/alarm.ts';
import { alarmKey } from '../domain/alarm/alarm-change.ts';
import { isAnswered, type TargetReport } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import { counted } from '../domain/text/counted.ts';
import type { AlarmReading, AwsTarget } from '../ports.ts';
import { followAlarms } from './follow-alarms.ts';
import {
  type GatherDependencies,
  type GatheringRun,
  type KindResult,
  namedReports,
  placeGaps,
  readTargets,
  stillReading,
} from './gathering.ts';
import { haveLinksByTag, readTags } from './read-tags.ts';

/** How far back an alarm's history says that it goes off all the time. */
const HISTORY_MS = 3 * 24 * 3_600_000;

/** What is known of the alarms so far; grows. The history reaches back further than the evidence. */
export interface GrowingAlarms {
  readonly alarms: Alarm[];
  readonly transitions: AlarmTransition[];
}

export function createAlarmsFound(): GrowingAlarms {
  return { alarms: [], transitions: [] };
}

interface Reading {
  readonly found: GrowingAlarms;
  readonly alarms: Map<string, Alarm>;
  readonly transitions: AlarmTransition[];
  readonly reports: Map<AwsTarget, TargetReport>;
  readonly gaps: Set<string>;
  skippedCount: number;
}

/**
 * Alarms in ALARM now, those the incident names, every state change in the window, and the alarms
 * that changed in it: what is OK again tells when it began as well.
 */
export async function gatherAlarms(
  deps: GatherDependencies,
  run: GatheringRun,
  found: GrowingAlarms,
  signal: AbortSignal,
): Promise<KindResult> {
  const reading: Reading = {
    found,
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
  const history = { target, asker, fromMs: toMs - HISTORY_MS, toMs: fromMs - 1 };
  const [alarming, named, transitions, earlier] = await Promise.all([
    deps.alarms.readAlarms({ target, asker, names: null }, signal),
    alarmNames.length > 0
      ? deps.alarms.readAlarms({ target, asker, names: alarmNames }, signal)
      : null,
    deps.alarms.readTransitions({ target, asker, fromMs, toMs }, signal),
    history.fromMs < history.toMs ? deps.alarms.readTransitions(history, signal) : null,
  ]);
  const known = [...alarming.items, ...(named?.items ?? [])];
  const recovered = await readRecovered(deps, run, { target, known, transitions }, signal);
  const found = new Map([...known, ...(recovered?.items ?? [])].map((one) => [one.name, one]));
  const place = { source: deps.alarms, target, asker };
  const followed = await followAlarms(place, [...found.values()], signal);
  const tagged = haveLinksByTag(deps.playbooks ?? [])
    ? await readTags(place, followed.alarms, { named: alarmNames, signal })
    : { alarms: followed.alarms, gaps: [] };
  const readings = [alarming, named, transitions, recovered].filter((part) => part !== null);
  for (const alarm of tagged.alarms) {
    reading.alarms.set(alarmKey(alarm), alarm);
  }
  for (const gap of [...followed.gaps, ...tagged.gaps]) reading.gaps.add(gap);
  reading.transitions.push(...transitions.items);
  reading.found.alarms.push(...tagged.alarms);
  reading.found.transitions.push(...transitions.items, ...(earlier?.items ?? []));
  reading.skippedCount += readings.reduce((sum, part) => sum + part.skippedCount, 0);
  reading.reports.set(target, reportOf(target, readings));
}

/** Alarms that went off in the window and are OK again. */
async function readRecovered(
  deps: GatherDependencies,
  run: GatheringRun,
  read: {
    readonly target: AwsTarget;
    readonly known: readonly Alarm[];
    readonly transitions: AlarmReading<AlarmTransition>;
  },
  signal: AbortSignal,
): Promise<AlarmReading<Alarm> | null> {
  const { target, known, transitions } = read;
  const seen = new Set<string>(known.map(({ name }) => name));
  const names = transitions.items
    .filter(({ to, alarmName }) => to !== 'OK' && !seen.has(alarmName))
    .map(({ alarmName }): string => alarmName);
  if (names.length === 0) return null;
  const request = { target, asker: run.asker, names: [...new Set(names)] };
  return deps.alarms.readAlarms(request, signal);
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
