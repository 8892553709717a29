import type { AlarmStateValue } from '../alarm/alarm.ts';
import { type AlarmPlace, alarmKey } from '../alarm/alarm-change.ts';
import type { IncidentState } from './state.ts';

/** An alarm as it was when it was last looked at. */
export interface WatchedAlarm extends AlarmPlace {
  readonly state: AlarmStateValue;
  /** In this state since then. */
  readonly sinceMs: number;
}

/**
 * `quiet`: every alarm has stayed OK for the agreed time. `fired`: one went off while it was
 * watched, so the solution did not hold.
 */
export type WatchOutcome = 'watching' | 'quiet' | 'fired';

/** The alarms of an incident after the fix, as the bot watches them. */
export interface Watch {
  /** When step 6 was entered. */
  readonly startedAtMs: number;
  /** How long they must stay OK. */
  readonly agreedMs: number;
  readonly alarms: readonly WatchedAlarm[];
  readonly outcome: WatchOutcome;
  /** Why they could not be looked at the last time; null: they were. */
  readonly trouble: string | null;
}

export const WATCH_LIMITS = { alarmsMax: 20, troubleCharactersMax: 300 } as const;

/** What told of the trouble: alarms that opened the incident, that people named, or that were in ALARM. */
export function alarmsToWatch(state: IncidentState): readonly AlarmPlace[] {
  const named = new Set(state.alarmNames);
  const seen = state.evidence
    .flatMap((row) => (row.kind === 'alarms' ? row.alarms : []))
    .filter((alarm) => alarm.state === 'ALARM' || named.has(alarm.name));
  const places = [...state.alarms.map(({ firing }) => firing), ...seen].map(
    ({ accountId, region, name }) => ({ accountId, region, name }),
  );
  const unique = new Map(places.map((place) => [alarmKey(place), place]));
  return [...unique.values()].slice(0, WATCH_LIMITS.alarmsMax);
}

/** When the watch began that runs now, or ran last; null: the incident was never in step 6. */
export function watchStart({ visits }: IncidentState): number | null {
  return visits.findLast(({ step }) => step === 'verify')?.enteredAtMs ?? null;
}

/** Also while people write: an alarm may fire again then. Quiet for the agreed time ends it. */
export function isWatched(state: IncidentState): boolean {
  const { status, step, watch } = state;
  const isVerifying = step === 'verify' || step === 'document';
  const isDecided =
    watch !== null && watch.startedAtMs === watchStart(state) && watch.outcome !== 'watching';
  return status === 'open' && isVerifying && !isDecided;
}

/** The last of them to become OK decides; null as long as one is not. */
export function okSince({ alarms, startedAtMs }: Watch): number | null {
  if (alarms.length === 0 || alarms.some(({ state }) => state !== 'OK')) return null;
  return Math.max(startedAtMs, ...alarms.map(({ sinceMs }) => sinceMs));
}
