import type { Coverage, TargetReport } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import { LIMITS } from '../domain/incident/limits.ts';
import { newestFirst } from '../domain/trail/newest-first.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { mostTellingChanges } from '../domain/trail/telling-changes.ts';
import type { ActivityEnd, AwsTarget } from '../ports.ts';
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

/** Over all targets together: ten pages, so ten seconds at the rate that AWS allows. */
export const CHANGES_READ_MAX = 500;

const GAPS = [
  'data events (S3 objects, function calls, table items)',
  'changes inside a cluster (kubectl), an instance or an application',
  "AWS's own faults and maintenance",
] as const;

interface Reading {
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly changes: Map<string, TrailRecord>;
  readonly reports: Map<AwsTarget, TargetReport>;
  readCount: number;
  failedCount: number;
  skippedCount: number;
}

/** The successful writes of the window in all targets, page by page. */
export async function gatherChanges(
  deps: GatherDependencies,
  run: GatheringRun,
  signal: AbortSignal,
): Promise<KindResult> {
  const oldestMs = run.startedAtMs - deps.activity.lookbackMaxMs;
  const { fromMs, toMs } = run.gathering;
  const reading: Reading = {
    window: { fromMs: Math.min(Math.max(fromMs, oldestMs), toMs), toMs },
    changes: new Map(),
    reports: new Map(run.scope.targets.map((target) => [target, stillReading(target, 0)])),
    readCount: 0,
    failedCount: 0,
    skippedCount: 0,
  };
  await readTargets(
    deps,
    run.scope,
    reading.reports,
    (target) => readTarget(deps, run, reading, target, signal),
    () => run.record('target', evidenceOf(deps, run, reading)),
  );
  await run.record('all', evidenceOf(deps, run, reading));
  const left = reading.failedCount === 0 ? '' : ` (${failedWords(reading)})`;
  return {
    sentence: `${counted(reading.changes.size, 'change')}${left}`,
    targets: namedReports(run, reading.reports),
    recordCount: reading.changes.size,
  };
}

async function readTarget(
  deps: GatherDependencies,
  run: GatheringRun,
  reading: Reading,
  target: AwsTarget,
  signal: AbortSignal,
): Promise<void> {
  const request = {
    target,
    asker: run.asker,
    ...reading.window,
    attribute: { key: 'ReadOnly', value: 'false' } as const,
    recordsMax: CHANGES_READ_MAX,
  };
  const pages = deps.activity.readPages(request, signal);
  let count = 0;
  for (;;) {
    const step = await pages.next();
    if (step.done) {
      reading.reports.set(target, reportOf(target, count, step.value));
      return;
    }
    count += takePage(reading, step.value.records);
    reading.skippedCount += step.value.skippedCount;
    reading.reports.set(target, stillReading(target, count));
    await run.record('first', evidenceOf(deps, run, reading));
    if (reading.readCount >= CHANGES_READ_MAX) {
      await pages.return(endedByLimit(target, count));
      reading.reports.set(target, reportOf(target, count, endedByLimit(target, count)));
      return;
    }
  }
}

/** Counts a page in and says how many of its records are changes: calls that failed are none. */
function takePage(reading: Reading, records: readonly TrailRecord[]): number {
  const room = Math.max(0, CHANGES_READ_MAX - reading.readCount);
  const read = records.slice(0, room);
  const changes = read.filter((record) => record.errorCode === null && !record.readOnly);
  for (const change of changes) reading.changes.set(change.eventId, change);
  reading.readCount += read.length;
  reading.failedCount += read.filter((record) => record.errorCode !== null).length;
  return changes.length;
}

function endedByLimit(target: AwsTarget, count: number): ActivityEnd {
  return {
    outcome: count > 0 ? 'found' : 'nothing',
    accountId: target.accountId,
    recordCount: count,
    skippedCount: 0,
    truncated: true,
    explanation: `Reading stopped at ${CHANGES_READ_MAX} writes over all Regions; older ones were not read.`,
  };
}

function reportOf(target: AwsTarget, count: number, end: ActivityEnd): TargetReport {
  return {
    accountId: end.accountId ?? target.accountId,
    region: target.region,
    // Everything found may have been failed calls: then no change was found.
    outcome: end.outcome === 'found' && count === 0 ? 'nothing' : end.outcome,
    count,
    truncated: end.truncated,
    explanation: end.explanation,
  };
}

function evidenceOf(deps: GatherDependencies, run: GatheringRun, reading: Reading): Evidence {
  const { gatheringId } = run.gathering;
  const all = [...reading.changes.values()].sort(newestFirst);
  const recordsMax = LIMITS.evidenceRecordsMax;
  const { startedAtMs } = run.state;
  return {
    kind: 'changes',
    evidenceId: `changes-${gatheringId}`,
    gatheringId,
    records: mostTellingChanges(all, { startedAtMs, recordsMax }),
    coverage: coverageOf(deps, run, reading),
  };
}

function coverageOf(deps: GatherDependencies, run: GatheringRun, reading: Reading): Coverage {
  const { window, changes, reports, skippedCount } = reading;
  const deliveredUntilMs = run.startedAtMs - deps.activity.deliveryLagMs;
  return {
    source: 'event-history',
    query: queryWords(reading),
    ...window,
    targets: namedReports(run, reports),
    recordCount: changes.size,
    skippedCount,
    mayStillArriveAfterMs:
      window.toMs > deliveredUntilMs ? Math.max(window.fromMs, deliveredUntilMs) : null,
    gaps: [...GAPS, ...placeGaps(run.scope)],
  };
}

function queryWords(reading: Reading): string {
  const cut =
    reading.changes.size > LIMITS.evidenceRecordsMax
      ? `, of which ${LIMITS.evidenceRecordsMax} are kept, routine ones last`
      : '';
  const failed = reading.failedCount === 0 ? '' : `; ${failedWords(reading)}`;
  return `successful writes${cut}${failed}`;
}

function failedWords({ failedCount }: Reading): string {
  return `${counted(failedCount, 'failed or denied call')} left out`;
}
