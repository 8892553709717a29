import { type CustomRoute, HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../ports.ts';
import { guardRequests } from './guard-requests.ts';
import { keepSignature } from './refuse-replays.ts';
import { toSlackLogger } from './slack-logger.ts';

/** Slack's payloads are far smaller; Bolt's own default is 4 MB. */
const BODY_MAX = '1mb';

export const SLACK_HTTP_PATH = '/slack/events';

export function createHttpReceiver(options: {
  readonly signingSecret: string;
  readonly port: number;
  readonly routes: CustomRoute[];
  readonly log: Logger;
}): HTTPReceiver {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    endpoints: SLACK_HTTP_PATH,
    port: options.port,
    bodyLimit: BODY_MAX,
    customRoutes: options.routes,
    customPropertiesExtractor: keepSignature,
    logger: toSlackLogger(options.log),
  });
  guardRequests(receiver, { log: options.log, nowMs: () => Date.now() });
  return receiver;
}
