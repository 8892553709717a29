import type { AlarmQueueSettings, QueueReport } from '../../ports.ts';
import type { AwsClients } from '../clients.ts';
import { createMessageHandler, type HandleDependencies } from './handle-message.ts';
import { createQueueClient, type PollSettings } from './queue-client.ts';

const LIMITS = { retryFirstMs: 1_000, retryMaxMs: 60_000 } as const;
const POLL: PollSettings = { waitSeconds: 20, hiddenSeconds: 30 };

export interface ConsumeDependencies extends Pick<HandleDependencies, 'log' | 'take' | 'topics'> {
  readonly clients: Pick<AwsClients, 'withQueue'>;
  /** Rejects as long as nothing could be recorded: then nothing is received. */
  readonly ready: () => Promise<void>;
  /** Shorter for tests. */
  readonly poll?: Partial<PollSettings> | undefined;
  readonly retryFirstMs?: number | undefined;
}

export interface QueueConsumer {
  report(): QueueReport;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/** Receives alarms from one queue until it is stopped, whatever AWS answers. */
export function consumeQueue(deps: ConsumeDependencies, queue: AlarmQueueSettings): QueueConsumer {
  const log = deps.log.child({ queue: queue.name, region: queue.target.region });
  const stopping = new AbortController();
  const client = createQueueClient(deps.clients, queue, {
    ...POLL,
    ...deps.poll,
    signal: stopping.signal,
  });
  const handler = createMessageHandler({ ...deps, client, log });
  let trouble: string | null = null;
  let isListening = false;

  /** Each trouble is told once, not with every try. */
  const note = (explanation: string | null): void => {
    if (explanation !== null && explanation !== trouble) {
      log.warn('alarms cannot be received', { why: explanation });
    }
    if (explanation === null && trouble !== null) log.info('alarms are received again');
    trouble = explanation;
    isListening = explanation === null;
  };
  const receiveOnce = async (): Promise<boolean> => {
    try {
      await deps.ready();
    } catch {
      note('What arrives could not be recorded now: the store does not answer.');
      return false;
    }
    try {
      const messages = await client.receive();
      note(null);
      for (const message of messages) {
        // The rest comes again, to whoever listens then.
        if (stopping.signal.aborted) break;
        await handler.handle(message);
      }
      return true;
    } catch (error) {
      if (!stopping.signal.aborted) note(client.explain(error));
      return false;
    }
  };
  const run = async (): Promise<void> => {
    const firstMs = deps.retryFirstMs ?? LIMITS.retryFirstMs;
    for (let failures = 0; !stopping.signal.aborted; ) {
      failures = (await receiveOnce()) ? 0 : failures + 1;
      const pauseMs = Math.min(firstMs * 2 ** (failures - 1), LIMITS.retryMaxMs);
      if (failures > 0) await pause(pauseMs, stopping.signal);
    }
  };
  const loop = run();
  return {
    report: () => ({ queue: queue.name, isListening, trouble, ...handler.counts }),
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
