import type { AlarmPlace } from '../alarm/alarm-change.ts';
import { listSome } from '../text/list-words.ts';
import { durationWords, utcClock } from '../text/time-words.ts';
import type { IncidentState } from './state.ts';
import { alarmsToWatch, currentWatch, isWatched, okSince } from './watch.ts';

const NAMES_MAX = 5;

/**
 * What the alarms say to somebody who is about to say that it works, or to close the incident, in
 * plain text with names that others chose; null where none is watched any more.
 */
export function watchCaution(state: IncidentState, doing: 'verify' | 'close'): string | null {
  if (!isWatched(state)) return null;
  const watch = currentWatch(state);
  if (watch === null) {
    return alarmsToWatch(state).length === 0 ? null : 'The alarms have not been looked at yet.';
  }
  const alarming = watch.alarms.filter((alarm) => alarm.state === 'ALARM');
  const sinceMs = okSince(watch);
  const until =
    sinceMs === null
      ? `until all have stayed OK for ${durationWords(watch.agreedMs)}`
      : `until ${utcClock(sinceMs + watch.agreedMs)} UTC`;
  const end = doing === 'close' ? '; closing ends that' : ', also while you write';
  return [
    ...sentence(alarming, 'is still in alarm', 'are still in alarm'),
    ...sentence(watch.unread, 'could not be read', 'could not be read'),
    `The alarms are watched ${until}${end}.`,
  ].join(' ');
}

function sentence(alarms: readonly AlarmPlace[], one: string, several: string): readonly string[] {
  if (alarms.length === 0) return [];
  const names = alarms.map(({ name }): string => name);
  return [`${listSome(names, NAMES_MAX)} ${alarms.length === 1 ? one : several}.`];
}
