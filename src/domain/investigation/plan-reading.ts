import type { Alarm } from '../alarm/alarm.ts';
import { globalRegionOf } from '../partition.ts';
import type { LookupAttribute } from '../trail/query/plan-lookups.ts';
import type { Place } from '../trail/query/resource-names.ts';
import { alarmResourceNames } from './alarm-resources.ts';
import type { Onset } from './onset.ts';
import type { ReadingAnchor } from './reading-anchor.ts';
import { symptomsOf } from './symptom.ts';
import type { TiedResource } from './tied-resources.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const LIMITS = {
  /** At least so far before the onset all writes are read, whatever window was asked for. */
  writesLeadMs: 4 * 60 * MINUTE_MS,
  /** With budget left: a day of writes also says what is usual here. */
  olderWritesMs: DAY_MS,
  oldestWritesMs: 14 * DAY_MS,
  /** What was done to one thing lately, and days ago with an effect only now. */
  resourceDaysMs: 14 * DAY_MS,
  /** Calls may begin to fail before the metric of an alarm shows it. */
  readsLeadMs: 2 * MINUTE_MS,
  readsAfterMs: 20 * MINUTE_MS,
  /** An unusual rate is noticed late, and may have begun before anything breached. */
  insightsLeadMs: 2 * 60 * MINUTE_MS,
  /** Reads of an ordinary hour: what fails always, and who uses what. */
  readsBeforeMs: 60 * MINUTE_MS,
  ownNamesMax: 12,
  peopleNamesMax: 6,
  tiedMax: 16,
} as const;

/** Why something is read; decides whose turn it is. */
export type ReadingPurpose =
  | 'writes-before'
  | 'own-resource'
  | 'insights'
  | 'reads-after'
  | 'tied-resource'
  | 'writes-after'
  | 'reads-before'
  | 'older-writes'
  | 'oldest-writes';

/** One lookup of Event history, read page by page, newest first, as far as it is worth it. */
export interface PlannedReading {
  readonly purpose: ReadingPurpose;
  readonly attribute: LookupAttribute | null;
  /** Absent: management events. */
  readonly category?: 'insight';
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is known when the next page is chosen. */
export interface ReadingKnowledge {
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly anchor: ReadingAnchor;
  readonly onset: Onset | null;
  /** Event history reaches back to here. */
  readonly oldestMs: number;
  /** Named by people. */
  readonly resources: readonly string[];
  readonly tied: readonly TiedResource[];
}

/** How far a reading has come. */
export interface ReadingProgress {
  readonly pageCount: number;
  /** Nothing is left of it. */
  readonly isOver: boolean;
}

/** Alarms are there, what they are about may well be there (global services), or neither. */
export type PlaceRole = 'alarms' | 'global' | 'other';

/** Two readings with the same key are the same. */
export function readingKey({ attribute, category, fromMs, toMs }: PlannedReading): string {
  return `${category ?? attribute?.key ?? 'all'} ${attribute?.value ?? ''} ${fromMs} ${toMs}`;
}

/** All that is worth reading in one place, as far as is known now; no record is in two windows of one attribute. */
export function planReadings(
  known: ReadingKnowledge,
  place: Place,
  role: PlaceRole,
): readonly PlannedReading[] {
  const names = role === 'other' ? [] : ownNames(known, place, role);
  const tied = role === 'other' ? [] : tiedNames(known, place);
  const named = (purpose: ReadingPurpose, values: readonly string[]) =>
    values.map(
      (value): PlannedReading => ({
        purpose,
        attribute: { key: 'ResourceName', value },
        fromMs: Math.max(known.oldestMs, known.anchor.earliestMs - LIMITS.resourceDaysMs),
        toMs: known.window.toMs,
      }),
    );
  const readings = [
    ...writeReadings(known),
    ...named('own-resource', names),
    ...named('tied-resource', tied).filter(
      ({ attribute }) => !names.includes(attribute?.value ?? ''),
    ),
    ...(role === 'other' || known.anchor.basis !== 'alarms'
      ? []
      : [...readReadings(known), ...insightReadings(known)]),
  ];
  const unique = new Map(readings.map((reading) => [readingKey(reading), reading]));
  return [...unique.values()].filter(({ fromMs, toMs }) => fromMs <= toMs);
}

/** All writes, in windows that touch: before, after, and, where it is known, long before the onset. */
function writeReadings({ window, anchor, oldestMs }: ReadingKnowledge): readonly PlannedReading[] {
  const attribute = { key: 'ReadOnly', value: 'false' } as const;
  const endMs = wholeSecond(Math.min(anchor.latestMs, window.toMs));
  const isByAlarms = anchor.basis === 'alarms';
  const leadMs = anchor.earliestMs - (isByAlarms ? LIMITS.writesLeadMs : 0);
  const beginMs = wholeSecond(Math.max(oldestMs, Math.min(window.fromMs, leadMs, endMs)));
  const back = (ms: number) => wholeSecond(Math.max(oldestMs, anchor.earliestMs - ms));
  const oldMs = Math.min(beginMs, back(LIMITS.olderWritesMs));
  const asked: readonly PlannedReading[] = [
    { purpose: 'writes-before', attribute, fromMs: beginMs, toMs: endMs },
    { purpose: 'writes-after', attribute, fromMs: endMs + 1_000, toMs: window.toMs },
  ];
  if (!isByAlarms) return asked;
  return [
    ...asked,
    { purpose: 'older-writes', attribute, fromMs: oldMs, toMs: beginMs - 1_000 },
    {
      purpose: 'oldest-writes',
      attribute,
      fromMs: back(LIMITS.oldestWritesMs),
      toMs: oldMs - 1_000,
    },
  ];
}

/** What CloudTrail itself found unusual about that time; few, where it is switched on at all. */
function insightReadings({
  window,
  anchor,
  oldestMs,
}: ReadingKnowledge): readonly PlannedReading[] {
  const fromMs = wholeSecond(Math.max(oldestMs, anchor.earliestMs - LIMITS.insightsLeadMs));
  return [{ purpose: 'insights', attribute: null, category: 'insight', fromMs, toMs: window.toMs }];
}

/** Calls that only read: which of them fail since the onset, and which did before it. */
function readReadings({ window, anchor, oldestMs }: ReadingKnowledge): readonly PlannedReading[] {
  const attribute = { key: 'ReadOnly', value: 'true' } as const;
  const fromMs = wholeSecond(Math.max(oldestMs, anchor.earliestMs - LIMITS.readsLeadMs));
  const toMs = Math.min(window.toMs, anchor.latestMs + LIMITS.readsAfterMs);
  const beforeMs = Math.max(oldestMs, anchor.earliestMs - LIMITS.readsBeforeMs);
  return [
    { purpose: 'reads-after', attribute, fromMs, toMs },
    { purpose: 'reads-before', attribute, fromMs: beforeMs, toMs: fromMs - 1_000 },
  ];
}

/** Things of the alarms that are recorded in this place, and those that people named. */
function ownNames(
  { onset, resources }: ReadingKnowledge,
  place: Place,
  role: PlaceRole,
): readonly string[] {
  const alarms = (onset?.episodes ?? []).map(({ alarm }) => alarm);
  const here = role === 'alarms' ? alarms.filter((alarm) => isIn(alarm, place)) : [];
  const byPeople = resources.slice(0, LIMITS.peopleNamesMax);
  const names = [...byPeople, ...here.flatMap(alarmResourceNames)];
  return [...new Set(names)].slice(0, LIMITS.ownNamesMax);
}

/** Roles are recorded with the global services; everything else where it was seen. */
function tiedNames({ tied }: ReadingKnowledge, { region }: Place): readonly string[] {
  const isGlobal = region === globalRegionOf(region);
  // IAM's own calls are indexed by a role's name, whatever others call it.
  return tied
    .filter((resource) => (resource.isRole ? isGlobal : resource.region === region))
    .slice(0, LIMITS.tiedMax)
    .map(({ name, isRole }) => (isRole ? name.slice(name.lastIndexOf('/') + 1) : name));
}

interface Turn {
  /** When its first page is due, in pages of its place. */
  readonly first: number;
  /** How much later each further reading of the purpose comes. */
  readonly perReading: number;
  /** How much later each further page comes. */
  readonly perPage: number;
}

/**
 * Whose page is next: the lowest number. Half of what breaks was changed within the last fifty
 * writes; the alarm's own things hold most of the rest, in busy accounts and from days ago.
 */
const TURNS = {
  'writes-before': { first: 0, perReading: 0, perPage: 2 },
  'own-resource': { first: 1, perReading: 1.5, perPage: 6 },
  'reads-after': { first: 4, perReading: 0, perPage: 5 },
  insights: { first: 6, perReading: 0, perPage: 20 },
  'tied-resource': { first: 3.5, perReading: 2.5, perPage: 9 },
  'writes-after': { first: 7, perReading: 0, perPage: 5 },
  'reads-before': { first: 9, perReading: 0, perPage: 6 },
  'older-writes': { first: 10, perReading: 0, perPage: 4 },
  'oldest-writes': { first: 24, perReading: 0, perPage: 4 },
} as const satisfies Record<ReadingPurpose, Turn>;

/** Where calls are refused or slowed down, the failing calls name what to look at. */
const TURN_OF_FAILURES: Turn = { first: 1.2, perReading: 0, perPage: 3 };

/** Where little is done, a day of it is a page or two, and days are not many. */
const TURNS_WHERE_QUIET: Partial<Readonly<Record<ReadingPurpose, Turn>>> = {
  'older-writes': { first: 1.8, perReading: 0, perPage: 1.5 },
  'oldest-writes': { first: 3, perReading: 0, perPage: 1.5 },
};
const QUIET_PAGES_MAX = 2;

/** The reading to read a page of next; null when nothing of the plan is left. */
export function nextReading(
  plan: readonly PlannedReading[],
  progressOf: (reading: PlannedReading) => ReadingProgress | null,
  isFailing: boolean,
): PlannedReading | null {
  const isQuiet = plan.some((reading) => {
    const progress = reading.purpose === 'writes-before' ? progressOf(reading) : null;
    return progress?.isOver === true && progress.pageCount <= QUIET_PAGES_MAX;
  });
  // Lookups by name would bring nothing but reads.
  const hasAllWrites = plan.some(
    (reading) => reading.purpose === 'oldest-writes' && progressOf(reading)?.isOver === true,
  );
  const seen = new Map<ReadingPurpose, number>();
  let best: { readonly reading: PlannedReading; readonly due: number } | null = null;
  for (const reading of plan) {
    const { purpose } = reading;
    const index = seen.get(purpose) ?? 0;
    seen.set(purpose, index + 1);
    const progress = progressOf(reading);
    if (progress?.isOver === true || (hasAllWrites && purpose === 'tied-resource')) continue;
    const { first, perReading, perPage } = turnOf(purpose, isQuiet, isFailing);
    const due = first + index * perReading + (progress?.pageCount ?? 0) * perPage;
    if (best === null || due < best.due) best = { reading, due };
  }
  return best?.reading ?? null;
}

function turnOf(purpose: ReadingPurpose, isQuiet: boolean, isFailing: boolean): Turn {
  if (isFailing && purpose === 'reads-after') return TURN_OF_FAILURES;
  return (isQuiet ? TURNS_WHERE_QUIET[purpose] : undefined) ?? TURNS[purpose];
}

/** The symptom asks for failing calls: something is refused or slowed down. */
export function isAboutFailures(onset: Onset | null): boolean {
  return (onset?.episodes ?? []).some(({ alarm }) =>
    symptomsOf(alarm).some((symptom) => symptom === 'denied' || symptom === 'throttled'),
  );
}

/** What a place is to the alarms; without alarms every place may be it. */
export function roleOf(onset: Onset | null, place: Place): PlaceRole {
  const alarms = (onset?.episodes ?? []).map(({ alarm }) => alarm);
  if (alarms.length === 0 || alarms.some((alarm) => isIn(alarm, place))) return 'alarms';
  const isGlobal = alarms.some(
    (alarm) => isSameAccount(alarm, place) && globalRegionOf(alarm.region) === place.region,
  );
  return isGlobal || alarms.some(isAboutAccount) ? 'global' : 'other';
}

/** Money is spent and rights are misused anywhere, wherever it is counted. */
function isAboutAccount(alarm: Alarm): boolean {
  return symptomsOf(alarm).some((symptom) => symptom === 'cost' || symptom === 'security');
}

function isIn(alarm: Alarm, place: Place): boolean {
  return alarm.region === place.region && isSameAccount(alarm, place);
}

/** An account that is not known yet may be any. */
function isSameAccount({ accountId }: Alarm, place: Place): boolean {
  return accountId === null || place.accountId === null || accountId === place.accountId;
}

/** CloudTrail's times are whole seconds: windows that touch share none. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}
