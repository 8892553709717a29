import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';

const LIMITS = {
  /** Alarms of one incident go off within this of each other: periods of minutes, several of them. */
  clusterGapMs: 60 * 60_000,
  /** An alarm that went off this often lately says little when it goes off again. */
  flapsMin: 3,
  flapWindowMs: 3 * 24 * 3_600_000,
  periodDefaultMs: 60_000,
} as const;

/** One time that an alarm went off. */
export interface Episode {
  readonly alarm: Alarm;
  readonly atMs: number;
  /** Start of the period of the first datapoint that breached. */
  readonly breachedFromMs: number;
  readonly periodMs: number;
}

/** When the trouble began, as far as the alarms can tell: within one period of a metric. */
export interface Onset {
  readonly earliestMs: number;
  readonly latestMs: number;
  /** What went off, first breach first; these are the alarms that matter. */
  readonly episodes: readonly [Episode, ...Episode[]];
  /** Left out: they go off all the time, or went off long before. */
  readonly flapping: readonly Alarm[];
  readonly stale: readonly Alarm[];
}

/**
 * From all alarms and their history, the onset of what happens now; null when nothing went off.
 * Not the time of the alarms: an alarm needs several periods and a delay before it goes off.
 */
export function findOnset(
  alarms: readonly Alarm[],
  transitions: readonly AlarmTransition[],
  nowMs: number,
): Onset | null {
  const all = alarms
    .filter(({ kind }) => kind === 'metric')
    .flatMap((alarm) => episodesOf(alarm, transitions))
    .filter(({ atMs }) => atMs <= nowMs)
    .sort((a, b) => b.atMs - a.atMs);
  const flapping = alarms.filter((alarm) => isFlapping(alarm, all, nowMs));
  const steady = all.filter(({ alarm }) => !flapping.includes(alarm));
  const [newest, ...older] = steady.length > 0 ? steady : all;
  if (newest === undefined) return null;
  const cluster: [Episode, ...Episode[]] = [newest];
  for (const episode of older) {
    const last = cluster.at(-1) ?? newest;
    if (last.atMs - episode.atMs > LIMITS.clusterGapMs) break;
    cluster.push(episode);
  }
  cluster.sort((a, b) => a.breachedFromMs - b.breachedFromMs || a.periodMs - b.periodMs);
  const matters = new Set(cluster.map(({ alarm }) => alarm));
  const [first] = cluster;
  return {
    earliestMs: first.breachedFromMs,
    latestMs: first.breachedFromMs + first.periodMs,
    episodes: cluster,
    flapping: flapping.filter((alarm) => !matters.has(alarm)),
    stale: alarms.filter(
      (alarm) =>
        alarm.kind === 'metric' &&
        alarm.state !== 'OK' &&
        !matters.has(alarm) &&
        !flapping.includes(alarm),
    ),
  };
}

/** From its history; without one, from what the alarm says about its present state. */
function episodesOf(alarm: Alarm, transitions: readonly AlarmTransition[]): readonly Episode[] {
  const periodMs =
    alarm.periodSeconds === null ? LIMITS.periodDefaultMs : alarm.periodSeconds * 1_000;
  const fromHistory = transitions
    .filter(({ alarmName, region, to }) => {
      const isIts = alarmName === alarm.name && region === alarm.region;
      return isIts && to !== 'OK';
    })
    .map(({ atMs, evaluation, evaluatedFromMs }) => ({
      alarm,
      atMs,
      breachedFromMs: evaluation?.breachedFromMs ?? evaluatedFromMs ?? atMs,
      periodMs: evaluation?.periodSeconds == null ? periodMs : evaluation.periodSeconds * 1_000,
    }));
  if (fromHistory.length > 0 || alarm.state === 'OK' || alarm.transitionedAtMs === null) {
    return fromHistory;
  }
  const { transitionedAtMs: atMs, evaluation } = alarm;
  return [{ alarm, atMs, breachedFromMs: evaluation?.breachedFromMs ?? atMs, periodMs }];
}

function isFlapping(alarm: Alarm, episodes: readonly Episode[], nowMs: number): boolean {
  const own = episodes.filter(
    (episode) => episode.alarm === alarm && nowMs - episode.atMs < LIMITS.flapWindowMs,
  );
  return own.length >= LIMITS.flapsMin;
}
