import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../ports.ts';

/** Bolt refuses what is older; what was signed for later would stay fresh for longer than it should. */
const FUTURE_MAX_MS = 5 * 60_000;

/**
 * Refuses what Bolt lets through: requests signed in the future. And whatever was refused half-read
 * is not read to its end.
 */
export function guardRequests(
  receiver: HTTPReceiver,
  { log, nowMs }: { readonly log: Logger; readonly nowMs: () => number },
): void {
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    response.once('finish', () => closeUnread(request));
    if (!isFromTheFuture(request, nowMs())) return listen(request, response);
    log.warn('a request was refused', { why: 'signed in the future: compare the clocks' });
    refuse(response);
  };
}

function isFromTheFuture({ headers }: IncomingMessage, nowMs: number): boolean {
  const timestamp = Number(headers['x-slack-request-timestamp']);
  return timestamp * 1_000 - nowMs > FUTURE_MAX_MS;
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { connection: 'close' }).end();
}

/** The rest of the body would keep the connection, and be taken for the next request. */
function closeUnread({ complete, socket }: IncomingMessage): void {
  if (!complete) socket.destroySoon();
}
