import {
  type FetchFunction,
  type WebAPICallResult,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Logger, SlackCallReport } from '../../ports.ts';
import { slackFailureOf } from '../send/slack-failure.ts';
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
  readonly onCall?: (report: SlackCallReport) => void;
  /** Breaks off calls that Slack does not answer while the bot stops: their outcome is unknown. */
  readonly breakOff?: AbortSignal;
}): SlackClients {
  const { onCall = () => undefined, breakOff } = options;
  const create = (timeout: number) =>
    new CountedClient(onCall, options.botToken, {
      slackApiUrl: options.apiUrl,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      maxRequestConcurrency: BACKGROUND_CALLS_AT_ONCE_MAX,
      logger: toSlackLogger(options.log),
      ...(breakOff === undefined ? {} : { fetch: fetchUntil(breakOff) }),
    });
  return {
    interactive: create(INTERACTIVE_TIMEOUT_MS),
    background: create(BACKGROUND_TIMEOUT_MS),
    history: create(BACKGROUND_TIMEOUT_MS),
  };
}

/** The library passes its time-out as a signal; whichever comes first ends the call. */
function fetchUntil(breakOff: AbortSignal): FetchFunction {
  return (url, { signal, ...request } = {}) => {
    const signals = signal == null ? [breakOff] : [signal, breakOff];
    return fetch(url, { ...request, signal: AbortSignal.any(signals) });
  };
}

/** Every method of the Web API goes through `apiCall`, those that upload files as well. */
class CountedClient extends WebClient {
  readonly #onCall: (report: SlackCallReport) => void;

  constructor(onCall: (report: SlackCallReport) => void, token: string, options: WebClientOptions) {
    super(token, options);
    this.#onCall = onCall;
  }

  override async apiCall(...call: Parameters<WebClient['apiCall']>): Promise<WebAPICallResult> {
    const fromMs = performance.now();
    const tell = (outcome: string) => {
      this.#onCall({ method: call[0], outcome, seconds: (performance.now() - fromMs) / 1_000 });
    };
    try {
      const answer = await super.apiCall(...call);
      tell('ok');
      return answer;
    } catch (error) {
      tell(slackFailureOf(error).kind);
      throw error;
    }
  }
}
