import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../ports.ts';

/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
const disconnectFrame = z.object({ type: z.literal('disconnect'), reason: z.string().catch('') });
/** An hour of so many events that Slack holds some back. It has no event inside. */
const heldBackFrame = z.object({
  type: z.literal('events_api'),
  payload: z.object({ type: z.literal('app_rate_limited') }),
});
/** What the library can read: it takes an event apart without looking whether there is one. */
const readableFrame = z
  .looseObject({ type: z.string() })
  .refine(({ type, payload }) => type !== 'events_api' || eventPayload.safeParse(payload).success);
const eventPayload = z.looseObject({ event: z.looseObject({ type: z.string() }) });

/**
 * Stands between a socket and @slack/socket-mode 3.1, which fails on frames without an event and
 * closes a socket that Slack wants renewed before what came over it is acknowledged.
 */
export function guardFrames(
  client: SocketModeReceiver['client'],
  deps: {
    readonly log: Logger;
    /** Resolves when the socket may be closed; false: it is gone already. */
    readonly mayClose: () => Promise<boolean>;
  },
): void {
  const { log, mayClose } = deps;
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  const pass = async (...message: unknown[]): Promise<void> => {
    try {
      for (const listener of listeners) await listener.apply(client, message);
    } catch (error) {
      log.error('a frame from Slack could not be read', error);
    }
  };
  client.on('ws_message', async (data: unknown, isBinary: unknown) => {
    const frame = parsed(data);
    const disconnect = disconnectFrame.safeParse(frame);
    if (disconnect.success) {
      log.info('Slack wants a new connection', { reason: disconnect.data.reason });
      if (await mayClose()) await pass(data, isBinary);
    } else if (heldBackFrame.safeParse(frame).success) {
      log.warn('Slack holds back events: there were too many of them in an hour');
    } else if (readableFrame.safeParse(frame).success) {
      await pass(data, isBinary);
    } else {
      log.warn('a frame from Slack that makes no sense was skipped');
    }
  });
}

/** Undefined for what is no JSON. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
