import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../ports.ts';
import { toSlackLogger } from './slack-logger.ts';

/**
 * Slack closes every Socket Mode connection now and then and wants a new one; the client leaves
 * about 5 s without a socket each time (fixed in @slack/socket-mode 3.2). Slack sends each payload
 * to one of the open connections, so a second one covers the gap of the first.
 */
const SOCKET_COUNT = 2;
/** Also the pause before a reconnect, times the failures in a row. */
const CLIENT_PING_TIMEOUT_MS = 3_000;
const WATCHDOG_INTERVAL_MS = 10_000;
/** A socket that stayed away this long is restarted: a failed reconnect is not tried again by itself. */
const DISCONNECTED_MAX_MS = 120_000;

export interface TwinSocketReceiver extends Receiver {
  readonly connectedCount: () => number;
}

interface Socket {
  readonly receiver: SocketModeReceiver;
  disconnectedSinceMs: number | null;
}

export function createTwinSocketReceiver(options: {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
  readonly nowMs: () => number;
}): TwinSocketReceiver {
  const sockets = Array.from({ length: SOCKET_COUNT }, () => createSocket(options));
  let watchdog: NodeJS.Timeout | null = null;
  return {
    connectedCount: () => sockets.filter((socket) => socket.disconnectedSinceMs === null).length,
    init: (app: App) => {
      for (const socket of sockets) socket.receiver.init(app);
    },
    start: async () => {
      await Promise.all(sockets.map((socket) => socket.receiver.start()));
      watchdog = setInterval(() => {
        for (const socket of sockets) restartIfGone(socket, options);
      }, WATCHDOG_INTERVAL_MS).unref();
    },
    stop: async () => {
      if (watchdog !== null) clearInterval(watchdog);
      await Promise.all(sockets.map((socket) => socket.receiver.stop()));
    },
  };
}

function createSocket(options: {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
  readonly nowMs: () => number;
}): Socket {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: toSlackLogger(options.log),
    clientPingTimeout: CLIENT_PING_TIMEOUT_MS,
    // Without these the receiver asks https://slack.com whatever the app's own setting is.
    installerOptions: { clientOptions: { slackApiUrl: options.apiUrl } },
  });
  const socket: Socket = { receiver, disconnectedSinceMs: options.nowMs() };
  receiver.client.on('connected', () => {
    socket.disconnectedSinceMs = null;
  });
  for (const gone of ['close', 'reconnecting', 'disconnected']) {
    receiver.client.on(gone, () => {
      socket.disconnectedSinceMs ??= options.nowMs();
    });
  }
  return socket;
}

function restartIfGone(
  socket: Socket,
  options: { readonly log: Logger; readonly nowMs: () => number },
): void {
  const since = socket.disconnectedSinceMs;
  if (since === null || options.nowMs() - since < DISCONNECTED_MAX_MS) return;
  socket.disconnectedSinceMs = options.nowMs();
  options.log.warn('socket to Slack was away too long, restarting it');
  socket.receiver.start().catch((error: unknown) => {
    options.log.error('socket to Slack could not be restarted', error);
  });
}
