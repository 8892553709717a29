import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AwsFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';

export interface ReplayQueue {
  readonly region: string;
  /** How long a received message is hidden from others; 30 s by default. */
  readonly visibilitySeconds?: number;
  /** A message received more often goes to the dead letters; without it, never. */
  readonly receivesMax?: number;
}

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
}

/** What a test or a demo does with queues from outside. */
export interface ReplayQueues {
  urlOf(name: string): string;
  /** `copies` of one message are what "at least once" may deliver. */
  send(name: string, body: string, options?: { readonly copies?: number }): string;
  /** Those that were not deleted, the hidden ones included. */
  messages(name: string): readonly QueueMessage[];
  deadLetters(name: string): readonly QueueMessage[];
}

interface Held extends QueueMessage {
  readonly receipt: string | null;
  readonly visibleAtMs: number;
}

interface Shelf {
  readonly name: string;
  readonly settings: ReplayQueue;
  held: readonly Held[];
  dead: readonly QueueMessage[];
}

const VISIBILITY_SECONDS = 30;
const RECEIVED_MAX = 10;
const POLL_MS = 20;

const receiveSchema = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(RECEIVED_MAX).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).default(0),
});
const handleSchema = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });
const visibilitySchema = handleSchema.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });
const nameSchema = z.object({ QueueName: z.string() });

type Operation = (caller: Caller, parameters: unknown) => object;

/** Queues of SQS: at least once, in no order, hidden while somebody works on them. */
export function createQueues(world: {
  readonly queues: Readonly<Record<string, ReplayQueue>>;
  readonly account: string;
  readonly endpointUrl: () => string;
  readonly nowMs: () => number;
}) {
  const shelves = Object.entries(world.queues).map(
    ([name, settings]): Shelf => ({ name, settings, held: [], dead: [] }),
  );
  const urlOf = (name: string) => `${world.endpointUrl()}/${world.account}/${name}`;
  const shelfOf = (name: string): Shelf => {
    const shelf = shelves.find((one) => one.name === name);
    if (shelf === undefined) throw new Error(`No queue is named ${name}`);
    return shelf;
  };
  const asked = (url: string, caller: Caller | null): Shelf => {
    const name = url.split('/').at(-1);
    const shelf = shelves.find(
      (one) => one.name === name && one.settings.region === (caller?.region ?? one.settings.region),
    );
    if (shelf === undefined) throw missing();
    return shelf;
  };
  const replace = (shelf: Shelf, receipt: string, visibleAtMs: number | null): object => {
    shelf.held = shelf.held.flatMap((one) => {
      if (one.receipt !== receipt) return [one];
      return visibleAtMs === null ? [] : [{ ...one, visibleAtMs }];
    });
    return {};
  };
  const operations: Readonly<Record<string, Operation>> = {
    'sqs.GetQueueUrl': (caller, parameters) => {
      const { QueueName } = nameSchema.parse(parameters);
      return { QueueUrl: urlOf(asked(QueueName, caller).name) };
    },
    'sqs.ReceiveMessage': (caller, parameters) => {
      const request = receiveSchema.parse(parameters);
      return receive(asked(request.QueueUrl, caller), request, world.nowMs());
    },
    'sqs.DeleteMessage': (caller, parameters) => {
      const { QueueUrl, ReceiptHandle } = handleSchema.parse(parameters);
      return replace(asked(QueueUrl, caller), ReceiptHandle, null);
    },
    'sqs.ChangeMessageVisibility': (caller, parameters) => {
      const request = visibilitySchema.parse(parameters);
      const atMs = world.nowMs() + request.VisibilityTimeout * 1_000;
      return replace(asked(request.QueueUrl, caller), request.ReceiptHandle, atMs);
    },
  };
  const outside: ReplayQueues = {
    urlOf,
    send(name, body, { copies = 1 } = {}) {
      const shelf = shelfOf(name);
      const message = { messageId: randomUUID(), body, receiveCount: 0, receipt: null };
      const copy = () => ({ ...message, visibleAtMs: world.nowMs() });
      shelf.held = [...shelf.held, ...Array.from({ length: copies }, copy)];
      return message.messageId;
    },
    messages: (name) => shelfOf(name).held,
    deadLetters: (name) => shelfOf(name).dead,
  };
  return {
    operations,
    outside,
    /** Long polling: answers are held back until there is something to receive. */
    async untilReceivable(headers: IncomingHttpHeaders, body: string, signal: AbortSignal) {
      if (headers['x-amz-target'] !== 'AmazonSQS.ReceiveMessage') return;
      const request = receiveSchema.safeParse(parseJson(body));
      if (!request.success) return;
      const giveUpAtMs = Date.now() + request.data.WaitTimeSeconds * 1_000;
      const shelf = shelves.find(({ name }) => request.data.QueueUrl.endsWith(`/${name}`));
      while (shelf !== undefined && !signal.aborted && Date.now() < giveUpAtMs) {
        if (shelf.held.some(({ visibleAtMs }) => visibleAtMs <= world.nowMs())) return;
        await wait(POLL_MS, undefined, { ref: false });
      }
    },
  };
}

function receive(
  shelf: Shelf,
  request: z.infer<typeof receiveSchema>,
  nowMs: number,
): { readonly Messages?: readonly object[] } {
  const { settings } = shelf;
  const isDue = ({ visibleAtMs }: Held) => visibleAtMs <= nowMs;
  const isSpent = (one: Held) => one.receiveCount >= (settings.receivesMax ?? Infinity);
  shelf.dead = [...shelf.dead, ...shelf.held.filter((one) => isDue(one) && isSpent(one))];
  shelf.held = shelf.held.filter((one) => !(isDue(one) && isSpent(one)));
  const due = new Set(shelf.held.filter(isDue).slice(0, request.MaxNumberOfMessages));
  const hiddenSeconds =
    request.VisibilityTimeout ?? settings.visibilitySeconds ?? VISIBILITY_SECONDS;
  const taken = new Map(
    [...due].map((one): [Held, Held] => [
      one,
      {
        ...one,
        receipt: randomUUID(),
        receiveCount: one.receiveCount + 1,
        visibleAtMs: nowMs + hiddenSeconds * 1_000,
      },
    ]),
  );
  shelf.held = shelf.held.map((one) => taken.get(one) ?? one);
  if (taken.size === 0) return {};
  return {
    Messages: [...taken.values()].map(({ messageId, body, receipt, receiveCount }) => ({
      MessageId: messageId,
      ReceiptHandle: receipt,
      Body: body,
      MD5OfBody: createHash('md5').update(body).digest('hex'),
      Attributes: { ApproximateReceiveCount: String(receiveCount) },
    })),
  };
}

function missing(): AwsFailure {
  return new AwsFailure(
    'com.amazonaws.sqs#QueueDoesNotExist',
    'The specified queue does not exist.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
