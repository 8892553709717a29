import { AppError } from '../../errors.ts';
import type { Logger } from '../../ports.ts';

/** Whether Slack takes the bot token, as the workers find out while they work. */
export interface TokenWatch {
  readonly works: () => boolean;
  /** Slack refused the token: says so once, whoever finds out first. */
  readonly refused: (sentence: string) => void;
  /** A call went through. */
  readonly accepted: () => void;
  /** When to try again what was refused. It is kept: a new token needs a restart, a restored one does not. */
  readonly retryMs: number;
}

export function createTokenWatch(options: {
  readonly log: Logger;
  readonly retryMs: number;
}): TokenWatch {
  const { log, retryMs } = options;
  let isRefused = false;
  return {
    retryMs,
    works: () => !isRefused,
    refused: (sentence) => {
      if (isRefused) return;
      isRefused = true;
      log.error(
        'Slack refuses the bot token, work is kept until it is accepted',
        new AppError('slack-refused', sentence),
      );
    },
    accepted: () => {
      if (!isRefused) return;
      isRefused = false;
      log.info('Slack accepts the bot token again');
    },
  };
}
