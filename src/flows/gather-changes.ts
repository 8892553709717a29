import type { Alarm, AlarmTransition } from '../domain/alarm/alarm.ts';
import type { Coverage, TargetReport } from '../domain/coverage.ts';
import { withAccountNames } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import { LIMITS } from '../domain/incident/limits.ts';
import type { ReadingAnchor } from '../domain/investigation/reading-anchor.ts';
import type { ReadingBudget } from '../domain/investigation/reading-budget.ts';
import {
  coverageWords,
  coveredWrites,
  coversWindow,
} from '../domain/investigation/reading-coverage.ts';
import { counted } from '../domain/text/counted.ts';
import { utcClock } from '../domain/text/time-words.ts';
import { isChange } from '../domain/trail/is-change.ts';
import { newestFirst } from '../domain/trail/newest-first.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { mostTellingChanges } from '../domain/trail/telling-changes.ts';
import {
  type GatherDependencies,
  type GatheringRun,
  type KindResult,
  placeGaps,
  readGuarded,
} from './gathering.ts';
import { type CauseReading, createCauseReading, type ReadingLane } from './read-for-causes.ts';

/** What no reading of management events shows. */
export const GAPS = [
  'data events (S3 objects, function calls, table items)',
  'changes inside a cluster (kubectl), an instance or an application',
  "AWS's own faults and maintenance",
] as const;

/** The alarms as far as they are known. */
export interface AlarmsFound {
  readonly alarms: readonly Alarm[];
  readonly transitions: readonly AlarmTransition[];
}

/** The reading of one gathering, as its evidence and its ranking see it. */
export interface ChangesReading extends CauseReading {
  readonly window: { readonly fromMs: number; readonly toMs: number };
}

/** Opens the reading of what may be the cause, in all targets; nothing is asked before `run`. */
export function openChanges(
  deps: GatherDependencies,
  run: GatheringRun,
  found: AlarmsFound,
  options: {
    readonly budget: ReadingBudget;
    readonly signal: AbortSignal;
    readonly onPage: (progress: 'page' | 'target') => Promise<void>;
    /** Also ends it before its time. */
    readonly isTimeUp?: () => boolean;
  },
): ChangesReading {
  const oldestMs = run.startedAtMs - deps.activity.lookbackMaxMs;
  const { fromMs, toMs } = run.gathering;
  const window = { fromMs: Math.min(Math.max(fromMs, oldestMs), toMs), toMs };
  const { startedAtMs, resources } = run.state;
  const reading = createCauseReading({
    ...options,
    ...found,
    activity: deps.activity,
    targets: run.scope.targets,
    asker: run.asker,
    window,
    startedAtMs,
    resources,
    nowMs: run.startedAtMs,
    isTimeUp: () =>
      options.isTimeUp?.() === true ||
      deps.clock.nowMs() - run.startedAtMs > options.budget.timeMaxMs,
    guard: (target, read) => readGuarded(deps, target, read),
    onDefect: (error) => deps.log.error('what is tied to the alarms could not be told', error),
  });
  return { ...reading, window };
}

/** What the changes came to, in words, for the summary. */
export function changesResult(run: GatheringRun, reading: ChangesReading): KindResult {
  const { changes, failedCount } = changesIn(reading);
  const left = failedCount === 0 ? '' : ` (${failedWords(failedCount)})`;
  return {
    sentence: `${counted(changes.length, 'change')}${left}`,
    targets: reportsOf(run, reading),
    recordCount: changes.length,
  };
}

/**
 * The successful writes of the window asked for, and whatever older ones may be the cause: those are
 * named by their event ids.
 */
export function changesEvidence(
  deps: GatherDependencies,
  run: GatheringRun,
  reading: ChangesReading,
  causeIds: ReadonlySet<string> = new Set(),
): Extract<Evidence, { kind: 'changes' }> {
  const { gatheringId } = run.gathering;
  const { changes, failedCount } = changesIn(reading);
  const causes = causesIn(reading, causeIds);
  const older = causes.filter(({ atMs }) => atMs < reading.window.fromMs);
  const shown = new Set(causes.map(({ eventId }) => eventId));
  const telling = mostTellingChanges(
    changes.filter(({ eventId }) => !shown.has(eventId)),
    {
      startedAtMs: run.state.startedAtMs ?? reading.anchor.earliestMs,
      recordsMax: LIMITS.evidenceRecordsMax - causes.length,
    },
  );
  return {
    kind: 'changes',
    evidenceId: `changes-${gatheringId}`,
    gatheringId,
    records: [...causes, ...telling].sort(newestFirst),
    coverage: coverageOf(deps, run, reading, {
      recordCount: changes.length + older.length,
      query: queryWords(changes.length, older.length, failedCount),
    }),
  };
}

/** Room for what else changed must be left. */
const CAUSES_SHOWN_MAX = 20;

function causesIn({ records }: ChangesReading, ids: ReadonlySet<string>): readonly TrailRecord[] {
  return [...ids]
    .map((eventId) => records.get(eventId))
    .filter((record) => record !== undefined)
    .filter(isChange)
    .slice(0, CAUSES_SHOWN_MAX);
}

/** Calls that failed are no changes. */
function changesIn({ records, window }: ChangesReading) {
  const writes = [...records.values()].filter(
    ({ atMs, readOnly }) => !readOnly && atMs >= window.fromMs && atMs <= window.toMs,
  );
  const changes = writes.filter(isChange).sort(newestFirst);
  return { changes, failedCount: writes.length - changes.length };
}

function reportsOf(run: GatheringRun, reading: ChangesReading): readonly TargetReport[] {
  const { changes } = changesIn(reading);
  const ids = new Set(changes.map(({ eventId }) => eventId));
  const reports = reading.lanes.map((lane) => reportOf(lane, reading, ids));
  return withAccountNames(reports, run.scope.accountNames);
}

function reportOf(
  lane: ReadingLane,
  { window }: ChangesReading,
  changeIds: ReadonlySet<string>,
): TargetReport {
  const { target, accountId, trouble, eventIds, isDone } = lane;
  const count = [...eventIds].filter((eventId) => changeIds.has(eventId)).length;
  const covered = coveredWrites([...lane.readings.values()]);
  const answer = count > 0 ? 'found' : 'nothing';
  const report = { accountId: accountId ?? target.accountId, region: target.region, count };
  if (trouble !== null) {
    const { outcome, explanation } = trouble;
    return { ...report, outcome, explanation, truncated: true };
  }
  const isWhole = coversWindow(covered, window);
  if (isWhole) return { ...report, outcome: answer, truncated: false, explanation: null };
  const words = coverageWords(covered, window);
  const explanation = isDone ? unreadWords(words, target.region) : readingWords(words);
  return { ...report, outcome: answer, truncated: true, explanation };
}

function unreadWords(read: string | null, region: string): string {
  const part = read === null ? 'None' : 'Only part';
  const which = read === null ? '' : `: all writes from ${read} UTC`;
  return `${part} of the time asked for was read to the end in ${region}${which}. Older ones were read only for the alarms' own resources.`;
}

function readingWords(read: string | null): string {
  return read === null ? 'Still reading.' : `Still reading. All writes from ${read} UTC are here.`;
}

function coverageOf(
  deps: GatherDependencies,
  run: GatheringRun,
  reading: ChangesReading,
  counts: Pick<Coverage, 'recordCount' | 'query'>,
): Coverage {
  const { window, lanes, anchor } = reading;
  const deliveredUntilMs = run.startedAtMs - deps.activity.deliveryLagMs;
  return {
    source: 'event-history',
    ...counts,
    ...window,
    targets: reportsOf(run, reading),
    skippedCount: lanes.reduce((sum, { skippedCount }) => sum + skippedCount, 0),
    mayStillArriveAfterMs:
      window.toMs > deliveredUntilMs ? Math.max(window.fromMs, deliveredUntilMs) : null,
    gaps: [...GAPS, ...placeGaps(run.scope), ...anchorGaps(anchor)],
  };
}

/** What the search went by when no alarm says when it began. */
function anchorGaps({ basis, earliestMs }: ReadingAnchor): readonly string[] {
  switch (basis) {
    case 'alarms':
      return [];
    case 'people':
      return [`when it began (no alarm says; people say ${utcClock(earliestMs)} UTC)`];
    case 'guess':
      return [
        `when it began (no alarm and nobody says; searched from ${utcClock(earliestMs)} UTC)`,
      ];
  }
}

function queryWords(changeCount: number, olderCount: number, failedCount: number): string {
  const cut =
    changeCount > LIMITS.evidenceRecordsMax
      ? `, of which ${LIMITS.evidenceRecordsMax} are kept, routine ones last`
      : '';
  const older = olderCount === 0 ? '' : `; with ${olderCount} from before that may be the cause`;
  const failed = failedCount === 0 ? '' : `; ${failedWords(failedCount)}`;
  return `successful writes${cut}${older}${failed}`;
}

function failedWords(failedCount: number): string {
  return `${counted(failedCount, 'failed or denied call')} left out`;
}
