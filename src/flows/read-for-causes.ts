import type { Alarm, AlarmTransition } from '../domain/alarm/alarm.ts';
import { isAnswered } from '../domain/coverage.ts';
import { findOnset } from '../domain/investigation/onset.ts';
import {
  isAboutFailures,
  nextReading,
  type PlaceRole,
  type PlannedReading,
  planReadings,
  type ReadingKnowledge,
  type ReadingProgress,
  readingKey,
  roleOf,
} from '../domain/investigation/plan-reading.ts';
import { findAnchor, type ReadingAnchor } from '../domain/investigation/reading-anchor.ts';
import type { ReadingBudget } from '../domain/investigation/reading-budget.ts';
import { tiedResources } from '../domain/investigation/tied-resources.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ActivityEnd, ActivityPage, ActivitySource, Asker, AwsTarget } from '../ports.ts';

/** Ties are learnt anew when there is this much more to learn from, so that the whole stays linear. */
const LEARN_GROWTH = 1.3;

export interface CauseReadingInput {
  readonly activity: ActivitySource;
  readonly targets: readonly AwsTarget[];
  readonly asker: Asker;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly startedAtMs: number | null;
  /** Named by people. */
  readonly resources: readonly string[];
  readonly alarms: readonly Alarm[];
  readonly transitions: readonly AlarmTransition[];
  readonly nowMs: number;
  readonly budget: ReadingBudget;
  readonly signal: AbortSignal;
  /** True when the time is up: what is under way is still awaited. */
  isTimeUp(): boolean;
  /** After each page, and when a target is done. */
  onPage(progress: 'page' | 'target'): Promise<void>;
  /** One target's reading; catches what must not end the others, and says what it was. */
  guard(target: AwsTarget, read: () => Promise<void>): Promise<LaneTrouble | null>;
  /** An error of ours that costs nothing but the order of reading. */
  onDefect(error: unknown): void;
}

export type LaneTrouble = Pick<ActivityEnd, 'outcome' | 'explanation'>;

/** One lookup under way. */
interface OpenReading extends ReadingProgress {
  readonly planned: PlannedReading;
  readonly pages: AsyncGenerator<ActivityPage, ActivityEnd>;
  pageCount: number;
  recordCount: number;
  isOver: boolean;
  /** All of its records at and after this time were read. */
  readDownToMs: number;
  end: ActivityEnd | null;
}

/** One account and Region. */
export interface ReadingLane {
  readonly target: AwsTarget;
  readonly role: PlaceRole;
  readonly readings: Map<string, OpenReading>;
  /** What was read here. */
  readonly eventIds: Set<string>;
  accountId: string | null;
  callCount: number;
  skippedCount: number;
  isDone: boolean;
  /** What ended it before the plan or the budget did. */
  trouble: LaneTrouble | null;
  /** Something planned was left for want of calls, records or time. */
  isCutByBudget: boolean;
}

/** What has been read so far; grows. */
export interface CauseReading {
  readonly anchor: ReadingAnchor;
  readonly lanes: readonly ReadingLane[];
  readonly records: ReadonlyMap<string, TrailRecord>;
  run(): Promise<void>;
}

interface Search extends CauseReadingInput {
  readonly knowledge: ReadingKnowledge;
  readonly records: Map<string, TrailRecord>;
  readonly isFailing: boolean;
  tied: ReadingKnowledge['tied'];
  learntAt: number;
}

/**
 * Reads Event history as the planner says, all targets side by side, page by page, until nothing is
 * left to read or the budget is used up.
 */
export function createCauseReading(input: CauseReadingInput): CauseReading {
  const { window, alarms, transitions, activity, nowMs } = input;
  const anchor = findAnchor(input);
  const found = anchor.basis === 'alarms' ? findOnset(alarms, transitions, window.toMs) : null;
  const oldestMs = nowMs - activity.lookbackMaxMs;
  const { resources } = input;
  const knowledge = { window, anchor, onset: found, oldestMs, resources, tied: [] };
  const records = new Map<string, TrailRecord>();
  const search: Search = {
    ...input,
    knowledge,
    records,
    isFailing: isAboutFailures(found),
    tied: [],
    learntAt: 0,
  };
  const lanes = input.targets.map(
    (target): ReadingLane => ({
      target,
      role: roleOf(found, target),
      readings: new Map(),
      eventIds: new Set(),
      accountId: target.accountId,
      callCount: 0,
      skippedCount: 0,
      isDone: false,
      trouble: null,
      isCutByBudget: false,
    }),
  );
  return {
    anchor,
    lanes,
    records,
    run: async () => {
      await Promise.all(lanes.map((lane) => runLane(search, lane)));
    },
  };
}

async function runLane(search: Search, lane: ReadingLane): Promise<void> {
  try {
    const defect = await search.guard(lane.target, () => readLane(search, lane));
    lane.trouble ??= defect;
  } finally {
    lane.isDone = true;
    for (const { pages, isOver, recordCount } of lane.readings.values()) {
      if (!isOver) await pages.return(leftUnread(lane, recordCount));
    }
  }
  await search.onPage('target');
}

async function readLane(search: Search, lane: ReadingLane): Promise<void> {
  const callsMax = search.budget.callsMax[lane.role];
  for (;;) {
    const next = nextOf(search, lane);
    if (next === null) return;
    const { records, budget } = search;
    const isSpent = lane.callCount >= callsMax || records.size >= budget.recordsMax;
    if (isSpent || search.isTimeUp()) {
      lane.isCutByBudget = true;
      return;
    }
    const reading = lane.readings.get(readingKey(next)) ?? open(search, lane, next);
    await readPage(search, lane, reading);
    if (lane.trouble !== null) return;
    await search.onPage('page');
  }
}

function nextOf(search: Search, { target, role, accountId, readings }: ReadingLane) {
  const knowledge = { ...search.knowledge, tied: learn(search) };
  const plan = planReadings(knowledge, { accountId, region: target.region }, role);
  const progressOf = (reading: PlannedReading) => readings.get(readingKey(reading)) ?? null;
  return nextReading(plan, progressOf, search.isFailing);
}

function learn(search: Search): ReadingKnowledge['tied'] {
  const { records, alarms, transitions, nowMs } = search;
  if (search.knowledge.onset === null || records.size <= search.learntAt * LEARN_GROWTH) {
    return search.tied;
  }
  search.learntAt = records.size;
  try {
    search.tied = tiedResources({ records: [...records.values()], alarms, transitions, nowMs });
  } catch (error) {
    // Less is known of where to look; what was read is evidence all the same.
    search.onDefect(error);
  }
  return search.tied;
}

function open(search: Search, lane: ReadingLane, planned: PlannedReading): OpenReading {
  const { activity, asker, budget } = search;
  const { attribute, category, fromMs, toMs } = planned;
  const { target } = lane;
  const recordsMax = budget.recordsMax;
  // Nothing aborts a page for want of time: that would look like trouble of AWS's.
  const kind = category === undefined ? {} : { category };
  const request = { target, asker, attribute, ...kind, fromMs, toMs, recordsMax };
  const reading: OpenReading = {
    planned,
    pages: activity.readPages(request, search.signal),
    pageCount: 0,
    recordCount: 0,
    isOver: false,
    readDownToMs: toMs + 1,
    end: null,
  };
  lane.readings.set(readingKey(planned), reading);
  return reading;
}

async function readPage(search: Search, lane: ReadingLane, reading: OpenReading): Promise<void> {
  const step = await reading.pages.next();
  lane.callCount += 1;
  if (step.done === true) return finish(lane, reading, step.value);
  const { records, skippedCount, isLast } = step.value;
  reading.pageCount += 1;
  reading.recordCount += records.length;
  lane.skippedCount += skippedCount;
  for (const record of records) {
    search.records.set(record.eventId, record);
    lane.eventIds.add(record.eventId);
  }
  lane.accountId ??= records.find(({ accountId }) => accountId !== null)?.accountId ?? null;
  const oldest = records.at(-1);
  if (oldest !== undefined) reading.readDownToMs = oldest.atMs + 1_000;
  if (isLast !== true) return;
  // Costs no call.
  const end = await reading.pages.next();
  if (end.done === true) finish(lane, reading, end.value);
}

function finish(lane: ReadingLane, reading: OpenReading, end: ActivityEnd): void {
  reading.isOver = true;
  reading.end = end;
  lane.accountId ??= end.accountId;
  if (!isAnswered(end)) lane.trouble = end;
  else if (!end.truncated) reading.readDownToMs = reading.planned.fromMs;
}

function leftUnread({ accountId, skippedCount }: ReadingLane, recordCount: number): ActivityEnd {
  const counts = { accountId, recordCount, skippedCount };
  return { ...counts, outcome: 'found', truncated: true, explanation: null };
}
