import type { Alarm } from '../domain/alarm/alarm.ts';
import { withContributors } from '../domain/alarm/with-contributors.ts';
import { isAnswered } from '../domain/coverage.ts';
import type { AlarmReading, AlarmSource, Asker, AwsTarget } from '../ports.ts';

const LIMITS = {
  /** Composite alarms of composite alarms: deeper ones are somebody's mistake. */
  levelsMax: 5,
  childrenMax: 300,
  /** Each costs a call. */
  queriesMax: 10,
  /** The alarms themselves wait to be shown. */
  followingMaxMs: 5_000,
} as const;

export interface FollowedAlarms {
  /** The given ones, with what breaches in them, and those that composite ones are made of. */
  readonly alarms: readonly Alarm[];
  /** What could not be told; the alarms themselves are an answer all the same. */
  readonly gaps: readonly string[];
}

interface Place {
  readonly source: AlarmSource;
  readonly target: AwsTarget;
  readonly asker: Asker;
}

/**
 * What lies behind alarms in ALARM: a composite one says neither when nor where, the alarms it is
 * made of do; one on a query watches many things, and its contributors are those that breach.
 */
export async function followAlarms(
  place: Place,
  alarms: readonly Alarm[],
  signal: AbortSignal,
): Promise<FollowedAlarms> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(LIMITS.followingMaxMs)]);
  const family = await withChildren(place, alarms, inTime);
  const queries = await readQueries(place, family.alarms, inTime);
  return { alarms: queries.alarms, gaps: [...family.gaps, ...queries.gaps] };
}

/** Level by level, each alarm once, so that alarms which name each other come to an end. */
async function withChildren(
  { source, target, asker }: Place,
  alarms: readonly Alarm[],
  signal: AbortSignal,
): Promise<FollowedAlarms> {
  const known = new Map<string, Alarm>(alarms.map((alarm) => [alarm.name, alarm]));
  const asked = new Set<string>();
  let parents = alarms;
  for (let level = 0; level < LIMITS.levelsMax; level += 1) {
    const names = parents
      .filter(({ kind, state }) => kind === 'composite' && state === 'ALARM')
      .flatMap(({ children }) => children)
      .filter((name) => !known.has(name) && !asked.has(name));
    const wanted = [...new Set(names)].slice(0, LIMITS.childrenMax - asked.size);
    if (wanted.length === 0) break;
    for (const name of wanted) asked.add(name);
    const reading = await source.readAlarms({ target, asker, names: wanted }, signal);
    for (const alarm of reading.items) known.set(alarm.name, alarm);
    if (!isAnswered(reading)) {
      return { alarms: [...known.values()], gaps: [gapOf('composite alarms', reading)] };
    }
    parents = reading.items;
  }
  const missing = [...asked].filter((name) => !known.has(name)).length;
  const gaps = missing > 0 ? [`${missing} of the alarms that composite ones are made of`] : [];
  return { alarms: [...known.values()], gaps };
}

/** Only an alarm on a query has no metric that could be drawn. */
async function readQueries(
  { source, target, asker }: Place,
  alarms: readonly Alarm[],
  signal: AbortSignal,
): Promise<FollowedAlarms> {
  const queries = alarms.filter(
    ({ kind, state, drawable }) => kind === 'metric' && state === 'ALARM' && drawable === null,
  );
  const found = new Map<Alarm, Alarm>();
  for (const alarm of queries.slice(0, LIMITS.queriesMax)) {
    const request = { target, asker, alarmName: alarm.name };
    const reading = await source.readContributors(request, signal);
    found.set(alarm, withContributors(alarm, reading.items));
    if (!isAnswered(reading)) {
      const gaps = [gapOf('alarms on queries', reading)];
      return { alarms: replaced(alarms, found), gaps };
    }
  }
  const more = queries.length - LIMITS.queriesMax;
  const gaps = more > 0 ? [`what breaches in ${more} more alarms on queries`] : [];
  return { alarms: replaced(alarms, found), gaps };
}

function replaced(alarms: readonly Alarm[], found: ReadonlyMap<Alarm, Alarm>): readonly Alarm[] {
  return alarms.map((alarm) => found.get(alarm) ?? alarm);
}

function gapOf(things: string, { explanation }: AlarmReading<unknown>): string {
  return `what lies behind ${things} (${explanation ?? 'AWS did not answer.'})`;
}
