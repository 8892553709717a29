import { type AlarmPlace, alarmKey, isSameAlarm } from '../alarm/alarm-change.ts';
import type { IncidentState } from './state.ts';

/** Why an alarm that was in ALARM is none of this incident's. */
export const LEFT_OUT_WORDS = {
  separated: 'has an incident of its own',
  flapping: 'goes on and off',
  stale: 'in alarm since long before',
  unrelated: 'not among those that tell when it began',
} as const;

export interface LeftOut {
  readonly alarm: AlarmPlace;
  readonly why: keyof typeof LEFT_OUT_WORDS;
}

export interface WatchChoice {
  /** Those that opened the incident or that people named first. */
  readonly watched: readonly AlarmPlace[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Watched are the alarms that were reported to the incident, that people named, and that tell when
 * it began; all in ALARM only where nothing tells that. `before` are watched already.
 */
export function chooseWatched(state: IncidentState, before: readonly AlarmPlace[]): WatchChoice {
  const onset = state.ranking?.onset ?? null;
  const named = new Set(state.alarmNames);
  const telling = new Set((onset?.alarms ?? []).map(({ name }): string => name));
  const own = state.alarms.filter(({ hasJoined }) => !hasJoined).map(({ firing }) => firing);
  const joined = state.alarms.filter(({ hasJoined }) => hasJoined).map(({ firing }) => firing);
  const seen = state.evidence
    .flatMap((row) => (row.kind === 'alarms' ? row.alarms : []))
    .filter(({ name, state: now }) => now === 'ALARM' || named.has(name) || telling.has(name));
  const isIn = (places: readonly AlarmPlace[], alarm: AlarmPlace) =>
    places.some((place) => isSameAlarm(place, alarm));
  const leftOutFor = (alarm: AlarmPlace): LeftOut['why'] | null => {
    if (state.separated.some((row) => isSameAlarm(row.alarm, alarm))) return 'separated';
    if (named.has(alarm.name) && !isIn(joined, alarm)) return null;
    if (isIn(own, alarm)) return null;
    if (onset?.flapping.includes(alarm.name)) return 'flapping';
    if (onset?.stale.includes(alarm.name)) return 'stale';
    const belongs =
      onset === null || telling.has(alarm.name) || isIn([...joined, ...before], alarm);
    return belongs ? null : 'unrelated';
  };
  const places = [...own, ...joined, ...seen, ...before].map(({ accountId, region, name }) => ({
    accountId,
    region,
    name,
  }));
  const unique = [...new Map(places.map((place) => [alarmKey(place), place])).values()];
  const rows = unique.map((alarm) => ({ alarm, why: leftOutFor(alarm) }));
  return {
    watched: rows.flatMap(({ alarm, why }) => (why === null ? [alarm] : [])),
    leftOut: rows.flatMap(({ alarm, why }) => (why === null ? [] : [{ alarm, why }])),
  };
}
