import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Workers } from './flows/run-work.ts';
import type { AlarmIntake } from './intake/alarm-intake.ts';
import type { Logger } from './ports.ts';
import type { RunningListeners } from './slack/connect/running-listeners.ts';

/** In all it takes ten seconds at most, which is what deployments grant at the least. */
const STOP_GRACE_MS = 8_000;
/** Slack's Web API has that long; what it has not answered then is looked for by whoever goes on. */
const SLACK_GRACE_MS = 6_000;

export interface RunningParts {
  readonly app: Pick<App, 'stop'>;
  readonly listeners: RunningListeners;
  readonly alarms: Pick<AlarmIntake, 'stop'>;
  readonly workers: Pick<Workers, 'stop'>;
}

export interface Stopping {
  /** True as soon as a stop was asked for. */
  readonly isBegun: () => boolean;
  /** Breaks off calls to Slack that hang. */
  readonly breakOff: AbortSignal;
  /**
   * Takes in nothing more, lets what runs come to its end, and gives back what does not: another
   * process goes on with it at once. Takes no longer than its limits, whatever hangs.
   */
  stop(parts: RunningParts): Promise<void>;
}

export function createStopping(log: Logger): Stopping {
  const breakingOff = new AbortController();
  let isBegun = false;
  return {
    isBegun: () => isBegun,
    breakOff: breakingOff.signal,
    async stop({ app, listeners, alarms, workers }) {
      isBegun = true;
      const tooLate = setTimeout(() => breakingOff.abort(), SLACK_GRACE_MS);
      const endings = await Promise.allSettled([
        inTime(endIntake(app, listeners)),
        inTime(alarms.stop()),
        workers.stop(STOP_GRACE_MS),
      ]);
      clearTimeout(tooLate);
      for (const ending of endings) {
        if (ending.status === 'rejected') log.error('a part did not stop well', ending.reason);
      }
    },
  };
}

/** Nothing more comes in from Slack, and what came in is dealt with. */
async function endIntake(app: RunningParts['app'], listeners: RunningListeners): Promise<void> {
  await app.stop();
  await listeners.ended();
}

async function inTime(ending: Promise<void>): Promise<void> {
  await Promise.race([ending, pause(STOP_GRACE_MS, undefined, { ref: false })]);
}
