import { setTimeout as pause } from 'node:timers/promises';
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../ports.ts';
import { guardFrames } from './guard-frames.ts';
import { toSlackLogger } from './slack-logger.ts';
import { type Unanswered, watchUnanswered } from './unanswered.ts';

/**
 * Slack closes every Socket Mode connection now and then and wants a new one. It sends each payload
 * to one of the open connections, so a second one covers the gap of the first.
 */
const SOCKET_COUNT = 2;
const CLIENT_PING_TIMEOUT_MS = 3_000;
/** For the call that asks for an address, and for everything up to the greeting on the socket. */
const PATIENCE: ConnectPatience = { addressMs: 10_000, greetingMs: 30_000 };
/** For Slack's farewell: a process that ends without it may take its last acknowledgements along. */
const FAREWELL_MS = 1_000;
const RECONNECT_PAUSE_MS = 500;
const RECONNECT_PAUSE_MAX_MS = 30_000;

export interface TwinSocketReceiver extends Receiver {
  readonly connectedCount: () => number;
}

/** How long an attempt may take before it is given up and made anew. */
export interface ConnectPatience {
  readonly addressMs: number;
  readonly greetingMs: number;
}

export interface TwinSocketOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
  /** Shorter for tests. */
  readonly patience?: ConnectPatience;
}

interface Socket {
  readonly receiver: SocketModeReceiver;
  readonly unanswered: Unanswered;
  readonly greetingMs: number;
  isConnected: boolean;
}

export function createTwinSocketReceiver(options: TwinSocketOptions): TwinSocketReceiver {
  const sockets = Array.from({ length: SOCKET_COUNT }, () => createSocket(options));
  const stopping = new AbortController();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(sockets.map(close));
  };
  return {
    connectedCount: () => sockets.filter((socket) => socket.isConnected).length,
    init: (app: App) => {
      for (const socket of sockets) socket.receiver.init(app);
    },
    start: async () => {
      const outcomes = await Promise.allSettled(sockets.map((socket) => connect(socket)));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) {
        await stop();
        throw failed.reason;
      }
      for (const socket of sockets) void keepConnected(socket, options.log, stopping.signal);
    },
    stop,
  };
}

/**
 * The client's own reconnecting is off: it gives up after some failures, cannot be asked whether it
 * still tries, and an attempt of ours beside its own would leave a connection that nobody closes.
 */
function createSocket(options: TwinSocketOptions): Socket {
  const { addressMs, greetingMs } = options.patience ?? PATIENCE;
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: toSlackLogger(options.log),
    clientPingTimeout: CLIENT_PING_TIMEOUT_MS,
    autoReconnectEnabled: false,
    // Without an address the receiver asks https://slack.com whatever the app's own setting is.
    installerOptions: {
      clientOptions: {
        slackApiUrl: options.apiUrl,
        timeout: addressMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  const { client } = receiver;
  const unanswered = watchUnanswered(client);
  const socket: Socket = { receiver, unanswered, greetingMs, isConnected: false };
  let connections = 0;
  client.on('connected', () => {
    socket.isConnected = true;
    connections += 1;
  });
  client.on('disconnected', () => {
    socket.isConnected = false;
  });
  const mayClose = async (): Promise<boolean> => {
    const connection = connections;
    await unanswered.none();
    return socket.isConnected && connection === connections;
  };
  guardFrames(client, { log: options.log, mayClose });
  return socket;
}

/** Closes it in a moment in which everything that came over it is acknowledged. */
async function close(socket: Socket): Promise<void> {
  await socket.unanswered.none();
  const closed = socket.isConnected ? disconnection(socket) : Promise.resolve();
  await socket.receiver.stop();
  await Promise.race([closed, pause(FAREWELL_MS, undefined, { ref: false })]);
}

/** @throws what Slack's client says when Slack does not give or greet a connection in time. */
async function connect({ receiver, greetingMs }: Socket): Promise<void> {
  const ended = new AbortController();
  const tooLate = pause(greetingMs, undefined, { signal: ended.signal }).then(async () => {
    await receiver.stop();
    throw new Error('Slack did not greet the connection in time');
  });
  try {
    await Promise.race([receiver.start(), tooLate]);
  } finally {
    ended.abort();
    tooLate.catch(() => undefined);
  }
}

/** One attempt at a time, for as long as the bot runs. */
async function keepConnected(socket: Socket, log: Logger, stopping: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    if (socket.isConnected) await disconnection(socket);
    const pauseMs = Math.min(RECONNECT_PAUSE_MS * 2 ** failures, RECONNECT_PAUSE_MAX_MS);
    await pause(pauseMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
    if (stopping.aborted) return;
    try {
      await connect(socket);
      failures = 0;
    } catch (error) {
      failures += 1;
      log.warn('no connection to Slack, trying again', { failures, problem: String(error) });
    }
  }
  // It may have opened while the bot was told to stop.
  await socket.receiver.stop();
}

function disconnection({ receiver }: Socket): Promise<void> {
  return new Promise((resolve) => {
    receiver.client.once('disconnected', () => resolve());
  });
}
