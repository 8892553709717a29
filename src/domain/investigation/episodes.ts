import type { Alarm, AlarmEvaluation, AlarmTransition } from '../alarm/alarm.ts';

const LIMITS = { periodDefaultMs: 60_000 } as const;

/** One time that an alarm went off. */
export interface Episode {
  readonly alarm: Alarm;
  readonly atMs: number;
  readonly state: 'ALARM' | 'INSUFFICIENT_DATA';
  /** Start of the period of the first datapoint that breached. */
  readonly breachedFromMs: number;
  readonly periodMs: number;
  /** Whether datapoints say when it began; else it is one period before the alarm. */
  readonly isMeasured: boolean;
  /** Data was missing, in whichever state: that is what it shows. */
  readonly isNoData: boolean;
}

/** What CloudWatch says of alarms that were made a moment ago: they have not been looked at yet. */
const UNCHECKED = /^Unchecked: Initial alarm creation/;
const MISSING_BREACHES = /no datapoints were received|treated as \[Breaching\]/i;

/**
 * All times that alarms went off, newest first. From their history; for an alarm without one, from
 * what it says about its present state; of an alarm that is in the history only, as far as that goes.
 */
export function findEpisodes(
  alarms: readonly Alarm[],
  transitions: readonly AlarmTransition[],
): readonly Episode[] {
  const changes = new Map<string, AlarmTransition[]>();
  for (const change of transitions) {
    const key = keyOf(change.alarmName, change.region);
    const known = changes.get(key);
    if (known === undefined) changes.set(key, [change]);
    else known.push(change);
  }
  const known = new Set(alarms.map(({ name, region }) => keyOf(name, region)));
  const gone = [...changes]
    .filter(([key]) => !known.has(key))
    .flatMap(([, [first]]) => (first === undefined ? [] : [goneAlarm(first)]));
  return [...alarms, ...gone]
    .flatMap((alarm) => episodesOf(alarm, changes.get(keyOf(alarm.name, alarm.region)) ?? []))
    .sort((a, b) => b.atMs - a.atMs || (a.alarm.name < b.alarm.name ? -1 : 1));
}

function episodesOf(alarm: Alarm, changes: readonly AlarmTransition[]): readonly Episode[] {
  const fromHistory = changes
    .filter(({ from, to, reason }) => from !== to && !UNCHECKED.test(reason))
    .flatMap(({ to: state, ...change }) =>
      state === 'OK' ? [] : episodeOf(alarm, { ...change, state }),
    );
  const { state, stateReason: reason, transitionedAtMs: atMs, evaluation } = alarm;
  if (fromHistory.length > 0 || state === 'OK' || atMs === null || UNCHECKED.test(reason)) {
    return fromHistory;
  }
  return [episodeOf(alarm, { atMs, evaluation, evaluatedFromMs: null, state, reason })];
}

interface StateChange {
  readonly atMs: number;
  readonly evaluation: AlarmEvaluation | null;
  readonly evaluatedFromMs: number | null;
  readonly state: Episode['state'];
  readonly reason: string;
}

function episodeOf(
  alarm: Alarm,
  { atMs, evaluation, evaluatedFromMs, state, reason }: StateChange,
): Episode {
  const seconds = evaluation?.periodSeconds ?? alarm.periodSeconds;
  const periodMs = seconds === null ? LIMITS.periodDefaultMs : seconds * 1_000;
  const measuredMs = evaluation?.breachedFromMs ?? evaluatedFromMs;
  return {
    alarm,
    atMs,
    state,
    // A datapoint is there when its period is over: it breached that much before, or earlier still.
    breachedFromMs: Math.min(measuredMs ?? atMs - periodMs, atMs),
    periodMs,
    isMeasured: measuredMs !== null,
    isNoData: state === 'INSUFFICIENT_DATA' || MISSING_BREACHES.test(reason),
  };
}

/** Deleted since, or not among those that were given: only its name is known. */
function goneAlarm({ alarmName: name, region }: AlarmTransition): Alarm {
  return {
    name,
    kind: 'metric',
    accountId: null,
    region,
    state: 'OK',
    stateReason: name,
    transitionedAtMs: null,
    namespace: null,
    metric: null,
    dimensions: [],
    threshold: null,
    comparison: null,
    periodSeconds: null,
    drawable: null,
    evaluation: null,
    children: [],
    contributors: [],
  };
}

function keyOf(name: string, region: string): string {
  return `${region} ${name}`;
}
