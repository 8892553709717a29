import { WebClient } from '@slack/web-api';
import type { Logger } from '../../ports.ts';
import { toSlackLogger } from './slack-logger.ts';

export interface SlackClients {
  /** For what must happen while a trigger_id lives (3 s): short time-out, no second try. */
  readonly interactive: WebClient;
  /** For workers: the work queue does the waiting and the retrying. */
  readonly background: WebClient;
  /** For reading history: a 429 pauses a whole WebClient, and reading must not hold up writing. */
  readonly history: WebClient;
}

const INTERACTIVE_TIMEOUT_MS = 2_000;
const BACKGROUND_TIMEOUT_MS = 10_000;
const BACKGROUND_CALLS_AT_ONCE_MAX = 5;

export function createSlackClients(options: {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
}): SlackClients {
  const create = (timeout: number) =>
    new WebClient(options.botToken, {
      slackApiUrl: options.apiUrl,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      maxRequestConcurrency: BACKGROUND_CALLS_AT_ONCE_MAX,
      logger: toSlackLogger(options.log),
    });
  return {
    interactive: create(INTERACTIVE_TIMEOUT_MS),
    background: create(BACKGROUND_TIMEOUT_MS),
    history: create(BACKGROUND_TIMEOUT_MS),
  };
}
