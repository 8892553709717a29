import type { AlarmStateValue } from '../alarm/alarm.ts';
import { type AlarmPlace, isSameAlarm } from '../alarm/alarm-change.ts';
import { chooseWatched } from './choose-watched.ts';
import type { IncidentState } from './state.ts';

/** An alarm as CloudWatch tells it. */
export interface SeenAlarm extends AlarmPlace {
  readonly state: AlarmStateValue;
  /** In this state since then. */
  readonly sinceMs: number;
  /** When its rule was changed last, if that was while the incident was open; null: it was not. */
  readonly reconfiguredAtMs: number | null;
}

/** An alarm as it was when it was last looked at. */
export interface WatchedAlarm extends SeenAlarm {
  /** At some time since the fix. */
  readonly wasOk: boolean;
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
  /** Those that the last look told nothing about; some may have been read before. */
  readonly unread: readonly AlarmPlace[];
  readonly outcome: WatchOutcome;
  /** Why they could not be looked at the last time; null: they were. */
  readonly trouble: string | null;
}

export const WATCH_LIMITS = { alarmsMax: 20, troubleCharactersMax: 300 } as const;

/** What told of the trouble; of the alarms that were in ALARM, those that belong to it. */
export function alarmsToWatch(state: IncidentState): readonly AlarmPlace[] {
  return chooseWatched(state, currentWatch(state)?.alarms ?? []).watched.slice(
    0,
    WATCH_LIMITS.alarmsMax,
  );
}

/** When the watch began that runs now, or ran last; null: the incident was never in step 6. */
export function watchStart({ visits }: Pick<IncidentState, 'visits'>): number | null {
  return visits.findLast(({ step }) => step === 'verify')?.enteredAtMs ?? null;
}

/** What was seen since step 6 was entered last; null: nothing yet. */
export function currentWatch(state: Pick<IncidentState, 'watch' | 'visits'>): Watch | null {
  const { watch } = state;
  return watch !== null && watch.startedAtMs === watchStart(state) ? watch : null;
}

/** Also while people write: an alarm may fire again then. Quiet for the agreed time ends it. */
export function isWatched(state: IncidentState): boolean {
  const { status, step } = state;
  const isVerifying = step === 'verify' || step === 'document';
  const outcome = currentWatch(state)?.outcome ?? 'watching';
  return status === 'open' && isVerifying && outcome === 'watching';
}

/**
 * The last of them to become OK decides; null as long as one is not, or could not be read. That
 * CloudWatch has them in OK since then proves that they stayed so, looked at or not.
 */
export function okSince({ alarms, unread, trouble, startedAtMs }: Watch): number | null {
  if (alarms.length === 0 || unread.length > 0 || trouble !== null) return null;
  if (alarms.some(({ state }) => state !== 'OK')) return null;
  return Math.max(startedAtMs, ...alarms.map(({ sinceMs }) => sinceMs));
}

export function isUnread({ unread }: Watch, alarm: AlarmPlace): boolean {
  return unread.some((place) => isSameAlarm(place, alarm));
}

export function neverRead({ alarms, unread }: Watch): readonly AlarmPlace[] {
  return unread.filter((place) => !alarms.some((alarm) => isSameAlarm(alarm, place)));
}
