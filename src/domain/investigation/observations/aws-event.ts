import { normaliseEventName } from '../../trail/event-name.ts';
import type { TrailRecord } from '../../trail/record.ts';
import { shortName, tellingNames } from '../../trail/telling-names.ts';
import type { ChangeClass } from '../change-class.ts';
import type { Change } from '../change-set.ts';
import { classifyChange } from '../classify-change.ts';
import { oldestFirst } from '../oldest-first.ts';
import type { Point } from '../point.ts';
import type { Observation, Sight } from './observation.ts';
import {
  explainedPoint,
  fitPoint,
  oftenPoint,
  priorPoint,
  tiePoint,
  timePoint,
  whenWords,
} from './observation-points.ts';
import { OBSERVED } from './observation-weights.ts';

const LIMITS = {
  /** What AWS did earlier than this has shown by then; what it did later is a reaction. */
  beforeMs: 15 * 60_000,
  /** As many times more often than before: what AWS does all day it does without trouble. */
  riseMin: 4,
  namesShown: 3,
} as const;

/** Events of AWS itself, not calls: first fit decides. */
const OWN_EVENTS: readonly (readonly [RegExp, string])[] = [
  [/^BidEvictedEvent$|Spot\w*Interrupt/i, 'took spot instances back'],
  [/Retire/i, 'retired what this ran on'],
  [/Maintenance|Patch|ScheduledChange/i, 'did maintenance'],
  [/Degrad|Impair|HealthEvent|HardwareFail/i, 'reported a fault of its own'],
  [/^Rotation(?:Failed|Abandoned)$/, 'could not rotate a secret'],
];

/** What AWS takes away from what runs, mostly because it is ill. */
const TAKES_AWAY: ReadonlySet<ChangeClass> = new Set([
  'compute-stopped',
  'compute-replaced',
  'targets-changed',
]);

/** Whether AWS itself did this: nobody here called it, so it is no change to be blamed for. */
export function isDoneByAws({ record, kind }: Change): boolean {
  if (record.principal.kind !== 'service' || record.readOnly || record.errorCode !== null) {
    return false;
  }
  const takesAway = TAKES_AWAY.has(kind.changeClass) && kind.direction !== 'adding';
  return ownEvent(record) !== null || takesAway;
}

function ownEvent({ eventName }: TrailRecord): string | null {
  return OWN_EVENTS.find(([named]) => named.test(eventName))?.[1] ?? null;
}

/** What AWS did by itself close before the trouble began, as an explanation of it. */
export function observeAws(sight: Sight): readonly Observation[] {
  const { onset } = sight.scene;
  const fromMs = onset.earliestMs - LIMITS.beforeMs;
  const done = sight.records
    .filter(({ atMs, principal }) => principal.kind === 'service' && atMs <= onset.latestMs)
    .filter((record) => isDoneByAws({ record, kind: classifyChange(record) }))
    .sort(oldestFirst);
  const earliestMs = sight.records.reduce((least, { atMs }) => Math.min(least, atMs), fromMs);
  const spanBefore = (fromMs - earliestMs) / (onset.latestMs - fromMs);
  const byCall = Map.groupBy(
    done,
    ({ eventSource, eventName }) => `${eventSource} ${normaliseEventName(eventName)}`,
  );
  return [...byCall.values()].flatMap((records) => {
    const near = records.filter(({ atMs }) => atMs >= fromMs);
    const before = records.length - near.length;
    const hasRisen = before === 0 || near.length * spanBefore >= LIMITS.riseMin * before;
    return hasRisen ? (observationOf(near, before === 0, sight) ?? []) : [];
  });
}

function observationOf(
  records: readonly TrailRecord[],
  isNew: boolean,
  sight: Sight,
): Observation | null {
  const [first] = records;
  if (first === undefined) return null;
  const { scene } = sight;
  const names = tellingNames(records).map((name) => shortName(name, first.accountId));
  const own = ownEvent(first);
  const points: readonly Point[] = [
    priorPoint('aws-event'),
    tieOf(records, own !== null, sight),
    fitPoint('aws-event', scene),
    timePoint(scene.onset, first.atMs),
    oftenPoint(records.length, 'times in a row'),
    own === null
      ? { weight: OBSERVED.reaction, words: 'AWS mostly does so because something is ill already' }
      : { weight: 0, words: '' },
    own === null ? explainedPoint(sight, scene.symptoms) : { weight: 0, words: '' },
    { weight: isNew ? OBSERVED.isNew : 0, words: 'AWS did no such thing before' },
  ];
  const things = names.length === 0 ? '' : ` (${names.slice(0, LIMITS.namesShown).join(', ')})`;
  const times = records.length === 1 ? '' : `, ${records.length} times`;
  const did = own ?? `called ${normaliseEventName(first.eventName)} by itself`;
  const when = whenWords(first.atMs - scene.onset.earliestMs);
  return {
    kind: 'aws-event',
    statement: `AWS ${did}${things}${times}: ${first.eventSource.replace(/\.amazonaws\.com$/, '')}, ${when}.`,
    thing: names[0] ?? null,
    eventIds: records.map(({ eventId }) => eventId),
    atMs: first.atMs,
    points,
  };
}

function tieOf(records: readonly TrailRecord[], isOwn: boolean, { scene }: Sight): Point {
  const names = records.flatMap(({ resources }) => resources.map(({ name }): string => name));
  if (names.length === 0) return { weight: 0, words: '' };
  const tie = tiePoint(scene, names);
  return isOwn && tie.weight < 0 ? { ...tie, weight: OBSERVED.untiedMachine } : tie;
}
