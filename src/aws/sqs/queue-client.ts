import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { AlarmQueueSettings, Asker } from '../../ports.ts';
import { explainTrouble } from '../answer-trouble.ts';
import type { AwsClients } from '../clients.ts';

const LIMITS = {
  /** The most that one call gives. */
  messagesMax: 10,
  /** Others wait for it, and what was not deleted is known when it comes again. */
  settleMaxMs: 5_000,
} as const;

const LISTENER: Asker = { userId: null, urgency: 'background' };

export interface ReceivedMessage {
  readonly messageId: string;
  readonly receipt: string;
  readonly body: string;
  readonly receiveCount: number;
}

/** What is asked of one queue. Rejects with what the SDK throws; `explain` says what that means. */
export interface QueueClient {
  receive(): Promise<readonly ReceivedMessage[]>;
  delete(message: ReceivedMessage): Promise<void>;
  /** Shows the message again after so many seconds. */
  postpone(message: ReceivedMessage, seconds: number): Promise<void>;
  explain(error: unknown): string;
}

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string().catch(''),
  Attributes: z
    .object({ ApproximateReceiveCount: z.coerce.number() })
    .catch({ ApproximateReceiveCount: 1 }),
});

export interface PollSettings {
  /** How long SQS holds an answer back for a message to come. */
  readonly waitSeconds: number;
  /** How long a message is hidden from others while it is worked on. */
  readonly hiddenSeconds: number;
}

export function createQueueClient(
  clients: Pick<AwsClients, 'withQueue'>,
  queue: AlarmQueueSettings,
  { waitSeconds, hiddenSeconds, signal }: PollSettings & { readonly signal: AbortSignal },
): QueueClient {
  const place = { target: queue.target, asker: LISTENER };
  let knownUrl = queue.url;
  let asking = 'sqs:GetQueueUrl';
  const urlOf = async (): Promise<string> => {
    if (knownUrl !== null) return knownUrl;
    asking = 'sqs:GetQueueUrl';
    const command = new GetQueueUrlCommand({ QueueName: queue.name });
    const answer = await clients.withQueue(place, (client) =>
      client.send(command, { abortSignal: signal }),
    );
    knownUrl = answer.QueueUrl ?? null;
    return knownUrl ?? '';
  };
  return {
    async receive() {
      const QueueUrl = await urlOf();
      asking = 'sqs:ReceiveMessage';
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: LIMITS.messagesMax,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: hiddenSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      });
      const answer = await clients.withQueue(place, (client) =>
        client.send(command, { abortSignal: signal }),
      );
      return (answer.Messages ?? []).flatMap(readMessage);
    },
    async delete({ receipt }) {
      const command = new DeleteMessageCommand({
        QueueUrl: knownUrl ?? '',
        ReceiptHandle: receipt,
      });
      await settle((abortSignal) =>
        clients.withQueue(place, (client) => client.send(command, { abortSignal })),
      );
    },
    async postpone({ receipt }, seconds) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: knownUrl ?? '',
        ReceiptHandle: receipt,
        VisibilityTimeout: seconds,
      });
      await settle((abortSignal) =>
        clients.withQueue(place, (client) => client.send(command, { abortSignal })),
      );
    },
    explain(error) {
      if (isMissing(error)) {
        return `There is no queue ${queue.name} in ${queue.target.region}, or its policy does not let the bot see it.`;
      }
      return explainTrouble(error, { target: queue.target, permission: asking, signal })
        .explanation;
    },
  };
}

async function settle(call: (inTime: AbortSignal) => Promise<unknown>): Promise<void> {
  await call(AbortSignal.timeout(LIMITS.settleMaxMs));
}

const MISSING: readonly string[] = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

function isMissing(error: unknown): boolean {
  return error instanceof Error && MISSING.includes(error.name);
}

/** A message without an id or a receipt could be neither told apart nor deleted. */
function readMessage(message: unknown): readonly ReceivedMessage[] {
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success) return [];
  const { MessageId, ReceiptHandle, Body, Attributes } = parsed.data;
  const receiveCount = Attributes.ApproximateReceiveCount;
  return [{ messageId: MessageId, receipt: ReceiptHandle, body: Body, receiveCount }];
}
