import type { Alarm, AlarmTransition } from '../alarm/alarm.ts';
import { type Episode, findEpisodes } from './episodes.ts';

const LIMITS = {
  /** Alarms of one incident go off within this of each other: periods of minutes, several of them. */
  clusterGapMs: 60 * 60_000,
  /** An alarm that went off this often lately says little when it goes off again. */
  flapsMin: 3,
  flapWindowMs: 3 * 24 * 3_600_000,
  /** To and fro within this is one trouble: a metric at its threshold. */
  boutMs: 2 * 3_600_000,
  /** An alarm in ALARM for no longer says more than another one without data. */
  alarmFirstMs: 24 * 3_600_000,
  /** CloudWatch's clock and the asker's may differ by so much. */
  skewMs: 2 * 60_000,
} as const;

/** When the trouble began, as far as the alarms can tell: within one period of a metric. */
export interface Onset {
  readonly earliestMs: number;
  readonly latestMs: number;
  /** When the alarm that showed it last began to breach: from the first one on, it spread until then. */
  readonly spreadToMs: number;
  /** What went off, each alarm once, first breach first; these are the alarms that matter. */
  readonly episodes: readonly [Episode, ...Episode[]];
  /** Composite alarms that went off, too: the alarms they are made of tell when and where. */
  readonly composites: readonly Alarm[];
  /** Left out: they go off all the time, went off long before, or only had nothing to measure. */
  readonly flapping: readonly Alarm[];
  readonly stale: readonly Alarm[];
  readonly withoutData: readonly Alarm[];
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
  const all = findEpisodes(alarms, transitions).filter(({ atMs }) => atMs <= nowMs + LIMITS.skewMs);
  const flapping = new Set(
    all.map(({ alarm }) => alarm).filter((alarm) => isFlapping(alarm, all, nowMs)),
  );
  const own = all.filter(({ alarm }) => !isToldByOthers(alarm, alarms, all));
  const steady = own.filter(({ alarm }) => !flapping.has(alarm));
  const cluster = clusterOf(steady.length > 0 ? steady : own);
  const [first, ...others] = cluster;
  if (first === undefined) return null;
  const matters = new Set(cluster.map(({ alarm }) => alarm));
  const aside = alarms.filter((alarm) => alarm.kind === 'metric' && !matters.has(alarm));
  const isLacking = (alarm: Alarm) => alarm.state === 'INSUFFICIENT_DATA';
  return {
    earliestMs: first.breachedFromMs,
    latestMs: first.breachedFromMs + first.periodMs,
    spreadToMs: others.at(-1)?.breachedFromMs ?? first.breachedFromMs,
    episodes: [first, ...others],
    composites: alarms.filter(({ kind, state }) => kind === 'composite' && state === 'ALARM'),
    flapping: aside.filter((alarm) => flapping.has(alarm) && !isLacking(alarm)),
    stale: aside.filter((alarm) => alarm.state === 'ALARM' && !flapping.has(alarm)),
    withoutData: aside.filter(isLacking),
  };
}

/** To and fro within two hours is one trouble; three troubles in three days are a habit. */
function isFlapping(alarm: Alarm, episodes: readonly Episode[], nowMs: number): boolean {
  let bouts = 0;
  let boutMs = Infinity;
  for (const { alarm: other, atMs } of episodes) {
    if (other !== alarm || nowMs - atMs >= LIMITS.flapWindowMs) continue;
    if (boutMs - atMs <= LIMITS.boutMs) continue;
    boutMs = atMs;
    bouts += 1;
  }
  return bouts >= LIMITS.flapsMin;
}

/** A composite alarm has neither metric nor datapoints: what it is made of tells more, once it went off. */
function isToldByOthers(
  alarm: Alarm,
  alarms: readonly Alarm[],
  episodes: readonly Episode[],
): boolean {
  if (alarm.kind === 'metric') return false;
  const parts = new Set<Alarm>([alarm]);
  for (const { children, region } of parts) {
    for (const part of alarms) {
      if (children.includes(part.name) && part.region === region) parts.add(part);
    }
  }
  return episodes.some((episode) => episode.alarm.kind === 'metric' && parts.has(episode.alarm));
}

/** Alarms that look every six hours, as those on bills do, may notice the same a look apart. */
function isNear(later: Episode | undefined, earlier: Episode | undefined): boolean {
  if (later === undefined || earlier === undefined) return false;
  const lookMs = Math.min(later.periodMs, earlier.periodMs);
  return later.atMs - earlier.atMs <= LIMITS.clusterGapMs + lookMs;
}

/** What went off together, each alarm once, first breach first. Episodes come newest first. */
function clusterOf(episodes: readonly Episode[]): readonly Episode[] {
  const [newest] = episodes;
  if (newest === undefined) return [];
  const isOn = ({ alarm, state, atMs }: Episode) =>
    state === 'ALARM' && alarm.state === 'ALARM' && newest.atMs - atMs <= LIMITS.alarmFirstMs;
  const core = newest.state === 'ALARM' ? 0 : Math.max(0, episodes.findIndex(isOn));
  let [from, to] = [core, core];
  while (isNear(episodes[from - 1], episodes[from])) from -= 1;
  while (isNear(episodes[to], episodes[to + 1])) to += 1;
  const seen = new Set<Alarm>();
  return episodes
    .slice(from, to + 1)
    .sort((a, b) => a.breachedFromMs - b.breachedFromMs || a.periodMs - b.periodMs)
    .filter(({ alarm }) => !seen.has(alarm) && seen.add(alarm));
}
