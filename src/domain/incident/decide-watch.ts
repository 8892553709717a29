import { isSameAlarm } from '../alarm/alarm-change.ts';
import { cutText } from '../text/cut-text.ts';
import { failVerification } from './decide-verification.ts';
import { accept, type Handler, reject } from './decision.ts';
import { followSeen } from './follow-seen.ts';
import {
  alarmsToWatch,
  currentWatch,
  okSince,
  WATCH_LIMITS,
  type Watch,
  watchStart,
} from './watch.ts';

/** What was seen of the alarms. Nothing new is no event; an alarm that fired again ends the verification. */
export const recordWatch: Handler<'record-watch'> = (command, context) => {
  const { state, nowMs } = context;
  const startedAtMs = watchStart(state);
  if (startedAtMs === null) {
    return reject('not-now', 'Nothing is verified here yet, so there is nothing to watch.');
  }
  const before = currentWatch(state);
  if (before?.outcome === 'fired') return accept();
  const places = alarmsToWatch(state);
  const stillWatched = before?.alarms.filter((alarm) =>
    places.some((row) => isSameAlarm(row, alarm)),
  );
  const { alarms, finding } = followSeen(command.readings, stillWatched ?? [], startedAtMs);
  const seen: Watch = {
    startedAtMs,
    agreedMs: command.agreedMs,
    alarms: alarms.slice(0, WATCH_LIMITS.alarmsMax),
    unread: places.filter((place) => !command.readings.some((row) => isSameAlarm(row, place))),
    outcome: 'watching',
    trouble:
      command.trouble === null ? null : cutText(command.trouble, WATCH_LIMITS.troubleCharactersMax),
  };
  const quietSinceMs = okSince(seen);
  const isQuiet =
    before?.outcome === 'quiet' || (quietSinceMs !== null && nowMs - quietSinceMs >= seen.agreedMs);
  const watch: Watch = {
    ...seen,
    outcome: finding !== null ? 'fired' : isQuiet ? 'quiet' : 'watching',
  };
  const event = { type: 'watch-checked', watch } as const;
  if (finding !== null) {
    const failed = failVerification({ type: 'fail-verification', finding }, context);
    return failed.kind === 'rejected' ? failed : accept(event, ...failed.events);
  }
  return JSON.stringify(watch) === JSON.stringify(before) ? accept() : accept(event);
};
