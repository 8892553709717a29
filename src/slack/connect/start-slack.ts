import { App, type CustomRoute, type Receiver } from '@slack/bolt';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { InteractionReport, Logger, Store } from '../../ports.ts';
import { slackFailureOf } from '../send/slack-failure.ts';
import type { SlackClients } from './clients.ts';
import { createHttpReceiver } from './http-receiver.ts';
import { acknowledgeEventsWhenDone } from './late-acknowledgement.ts';
import { measureAcks } from './measure-acks.ts';
import { refuseReplays } from './refuse-replays.ts';
import { toSlackLogger } from './slack-logger.ts';
import { createTwinSocketReceiver } from './twin-socket-receiver.ts';

export interface SlackIdentity {
  readonly teamId: string;
  readonly teamName: string;
  readonly botId: string;
  readonly botUserId: string;
}

const authTest = z.object({
  team_id: z.string(),
  team: z.string(),
  bot_id: z.string(),
  user_id: z.string(),
});

/**
 * Asks Slack who the token belongs to.
 * @throws AppError `slack-refused` (the token) or `slack-unavailable`, with what to do.
 */
export async function identify(clients: SlackClients): Promise<SlackIdentity> {
  try {
    const answer = authTest.parse(await clients.background.auth.test());
    return {
      teamId: answer.team_id,
      teamName: answer.team,
      botId: answer.bot_id,
      botUserId: answer.user_id,
    };
  } catch (cause) {
    const failure = slackFailureOf(cause);
    if (failure.kind === 'credentials-refused') {
      throw new AppError('slack-refused', failure.sentence, { cause });
    }
    throw new AppError(
      'slack-unavailable',
      'Slack could not be reached to check the bot token. Check the network (and SLACK_API_URL if you set it), then start again.',
      { cause },
    );
  }
}

export interface SlackReceiver {
  readonly receiver: Receiver;
  /** False while no payload from Slack could reach the bot. */
  readonly ready: () => boolean;
  /** Open connections; null where Slack opens one for each payload. */
  readonly socketCount: () => number | null;
}

export type ReceiverOptions =
  | { readonly kind: 'socket'; readonly appToken: string; readonly apiUrl: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly port: number;
      readonly routes: CustomRoute[];
    };

export function createSlackReceiver(
  options: ReceiverOptions,
  deps: { readonly log: Logger },
): SlackReceiver {
  switch (options.kind) {
    case 'socket': {
      const receiver = createTwinSocketReceiver({ ...options, ...deps });
      const socketCount = () => receiver.connectedCount();
      return { receiver, ready: () => socketCount() > 0, socketCount };
    }
    case 'http':
      return {
        receiver: createHttpReceiver({ ...options, log: deps.log }),
        ready: () => true,
        socketCount: () => null,
      };
  }
}

export function createApp(options: {
  readonly receiver: Receiver;
  readonly identity: SlackIdentity;
  readonly botToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
  readonly store: Pick<Store, 'schedule'>;
  readonly onInteraction?: (report: InteractionReport) => void;
}): App {
  const { identity, log, onInteraction } = options;
  const app = new App({
    receiver: options.receiver,
    // With the identity known, Bolt asks Slack nothing at start or at an event.
    authorize: async () => ({
      botToken: options.botToken,
      botId: identity.botId,
      botUserId: identity.botUserId,
    }),
    clientOptions: { slackApiUrl: options.apiUrl, retryConfig: { retries: 0 } },
    convoStore: false,
    logger: toSlackLogger(log),
    extendedErrorHandler: true,
  });
  const failed = new WeakSet<object>();
  app.error(async ({ error, body }: { readonly error: Error; readonly body: object }) => {
    failed.add(body);
    log.error('an interaction failed outside its listener', error);
  });
  acknowledgeEventsWhenDone(app, (body) => failed.has(body));
  refuseReplays(app, options);
  // Last, so that what it sees is what Slack gets.
  if (onInteraction !== undefined) measureAcks(app, onInteraction);
  return app;
}

/** Why the sockets could not be opened, and what to do. */
export function connectTrouble(cause: unknown): AppError {
  const failure = slackFailureOf(cause);
  if (failure.kind === 'unknown' || failure.kind === 'rate-limited') {
    return new AppError(
      'slack-unavailable',
      'The connection to Slack could not be opened. Check the network, then start again.',
      { cause },
    );
  }
  return new AppError(
    'slack-refused',
    'Slack refuses the app-level token. Check SLACK_APP_TOKEN (xapp-…, with the scope connections:write) and that Socket Mode is switched on.',
    { cause },
  );
}
