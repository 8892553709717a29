import { alarmKey } from '../alarm/alarm-change.ts';
import { cutText } from '../text/cut-text.ts';
import { utcClock } from '../text/time-words.ts';
import { failVerification } from './decide-verification.ts';
import { accept, type Handler, reject } from './decision.ts';
import { okSince, WATCH_LIMITS, type Watch, type WatchedAlarm, watchStart } from './watch.ts';

/** What was seen of the alarms. Nothing new is no event; an alarm that fired again ends the verification. */
export const recordWatch: Handler<'record-watch'> = (command, context) => {
  const { state, nowMs } = context;
  const startedAtMs = watchStart(state);
  if (startedAtMs === null) {
    return reject('not-now', 'Nothing is verified here yet, so there is nothing to watch.');
  }
  const before = state.watch?.startedAtMs === startedAtMs ? state.watch : null;
  if (before?.outcome === 'fired') return accept();
  const alarms = withUnread(command.readings, before?.alarms ?? []);
  const fired = alarms.filter((alarm) => isFired(alarm, before?.alarms ?? [], startedAtMs));
  const seen: Watch = {
    startedAtMs,
    agreedMs: command.agreedMs,
    alarms,
    outcome: 'watching',
    trouble:
      command.trouble === null ? null : cutText(command.trouble, WATCH_LIMITS.troubleCharactersMax),
  };
  const quietSinceMs = okSince(seen);
  const isQuiet =
    before?.outcome === 'quiet' || (quietSinceMs !== null && nowMs - quietSinceMs >= seen.agreedMs);
  const watch: Watch = {
    ...seen,
    outcome: fired.length > 0 ? 'fired' : isQuiet ? 'quiet' : 'watching',
  };
  const event = { type: 'watch-checked', watch } as const;
  if (fired.length > 0) {
    const failed = failVerification(
      { type: 'fail-verification', finding: firedWords(fired) },
      context,
    );
    return failed.kind === 'rejected' ? failed : accept(event, ...failed.events);
  }
  return JSON.stringify(watch) === JSON.stringify(before) ? accept() : accept(event);
};

/** What could not be read is as it was. */
function withUnread(
  readings: readonly WatchedAlarm[],
  before: readonly WatchedAlarm[],
): readonly WatchedAlarm[] {
  const all = new Map([...before, ...readings].map((alarm) => [alarmKey(alarm), alarm]));
  return [...all.values()].slice(0, WATCH_LIMITS.alarmsMax);
}

/** In ALARM again, or for the first time since the fix; one that never was OK has not fired again. */
function isFired(
  alarm: WatchedAlarm,
  before: readonly WatchedAlarm[],
  startedAtMs: number,
): boolean {
  if (alarm.state !== 'ALARM') return false;
  const was = before.find((row) => alarmKey(row) === alarmKey(alarm));
  return alarm.sinceMs > (was?.sinceMs ?? startedAtMs);
}

function firedWords(fired: readonly WatchedAlarm[]): string {
  const words = fired.map(({ name, sinceMs }) => `${name} at ${utcClock(sinceMs)} UTC`);
  return `Went off again while it was watched: ${words.join(', ')}.`;
}
