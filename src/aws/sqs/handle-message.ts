import type { AlarmChange } from '../../domain/alarm/alarm-change.ts';
import type { Logger } from '../../ports.ts';
import { parseAlarmMessage } from '../alarm-messages/parse-alarm-message.ts';
import type { QueueClient, ReceivedMessage } from './queue-client.ts';

const LIMITS = {
  postponeFirstSeconds: 5,
  postponeMaxSeconds: 300,
  /** Without dead letters a message that nobody understands would come back for days. */
  receivesMax: 10,
  /** Messages whose trouble is told once each. */
  toldMax: 1_000,
} as const;

export interface HandleDependencies {
  readonly client: QueueClient;
  readonly log: Logger;
  /** Of SNS, that messages may come from; null: any. */
  readonly topics?: readonly string[] | null;
  /** Records what the change leads to. Rejects when it could not: the message is received again. */
  readonly take: (
    change: AlarmChange,
  ) => Promise<{ readonly kind: string; readonly incidentId?: string }>;
}

export interface MessageHandler {
  readonly counts: { readonly takenCount: number; readonly unreadableCount: number };
  /** Never rejects. */
  handle(message: ReceivedMessage): Promise<void>;
}

/**
 * A message is deleted when its effect is on record. One that was not understood stays, for the
 * queue's dead letters: it might be an alarm in a form of its own, which deleting would lose.
 */
export function createMessageHandler({
  client,
  log,
  take,
  topics,
}: HandleDependencies): MessageHandler {
  const told = new Set<string>();
  const counts = { takenCount: 0, unreadableCount: 0 };
  const quietly = async (done: string, call: () => Promise<void>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      // What is not deleted comes again, and is known then.
      log.warn(`a message could not be ${done}`, { why: client.explain(error) });
    }
  };
  const remove = (message: ReceivedMessage) => quietly('deleted', () => client.delete(message));

  const record = async (message: ReceivedMessage, change: AlarmChange): Promise<void> => {
    const { messageId, receiveCount } = message;
    try {
      const { kind, incidentId } = await take(change);
      counts.takenCount += 1;
      log.info('an alarm was taken', { messageId, to: change.to, outcome: kind, incidentId });
    } catch (error) {
      log.error('an alarm could not be recorded and is received again', error, { messageId });
      const seconds = LIMITS.postponeFirstSeconds * 2 ** Math.min(receiveCount - 1, 10);
      await quietly('postponed', () =>
        client.postpone(message, Math.min(seconds, LIMITS.postponeMaxSeconds)),
      );
      return;
    }
    await remove(message);
  };

  const leave = async (message: ReceivedMessage, why: string): Promise<void> => {
    const { messageId, receiveCount } = message;
    const fields = { messageId, why, characters: message.body.length, receiveCount };
    if (!told.has(messageId)) {
      counts.unreadableCount += 1;
      log.warn('a message was not understood and stays in the queue', fields);
      if (told.size >= LIMITS.toldMax) told.clear();
      told.add(messageId);
    }
    if (receiveCount < LIMITS.receivesMax) return;
    log.warn('a message that nobody understands was dropped', fields);
    await remove(message);
  };

  return {
    counts,
    async handle(message) {
      const parsed = parseAlarmMessage(message.body, topics);
      switch (parsed.kind) {
        case 'unreadable':
          return leave(message, parsed.why);
        case 'other':
          log.info('a message about no alarm was dropped', { what: parsed.what });
          return remove(message);
        case 'alarm':
          return record(message, parsed.change);
      }
    },
  };
}
