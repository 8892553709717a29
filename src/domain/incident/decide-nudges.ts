import { accept, type Handler, reject } from './decision.ts';

const MINUTE_MS = 60_000;
const SNOOZE_MAX_MS = 7 * 24 * 60 * MINUTE_MS;

/** Nothing when somebody has stopped them meanwhile, or was reminded and has not reacted yet. */
export const sendNudge: Handler<'send-nudge'> = ({ why, talkedAtMs }, { state: { nudging } }) => {
  const activeAtMs = Math.max(nudging.activeAtMs, talkedAtMs ?? 0);
  const isWaiting = nudging.sentAtMs !== null && nudging.sentAtMs >= activeAtMs;
  return nudging.isStopped || isWaiting ? accept() : accept({ type: 'nudge-sent', why });
};

export const snoozeNudges: Handler<'snooze-nudges'> = ({ untilMs }, { state, nowMs }) => {
  if (state.nudging.isStopped) return reject('already-done', STOPPED);
  if (untilMs <= nowMs || untilMs > nowMs + SNOOZE_MAX_MS) {
    return reject('not-now', 'Reminders can be put off by a week at most.');
  }
  return accept({ type: 'nudges-snoozed', untilMs });
};

export const stopNudges: Handler<'stop-nudges'> = (_command, { state }) =>
  state.nudging.isStopped ? reject('already-done', STOPPED) : accept({ type: 'nudges-stopped' });

const STOPPED = 'Nobody is reminded of this incident any more already.';
