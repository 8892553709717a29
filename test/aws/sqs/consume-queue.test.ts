import { afterEach, describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { type ConsumeDependencies, consumeQueue } from '../../../src/aws/sqs/consume-queue.ts';
import type { AlarmChange } from '../../../src/domain/alarm/alarm-change.ts';
import type { AlarmQueueSettings } from '../../../src/ports.ts';
import type { ReplayQueue } from '../../../src/simulator/aws/sqs/queues.ts';
import { startWorld, type World } from '../../simulator/aws/replay-support.ts';
import { eventBridgeMessage, inEnvelope, rawNotification } from '../../support/alarm-messages.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { until } from '../../support/poll.ts';
import { setExampleCredentials } from '../support.ts';

const QUEUE = 'alarms';
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Listening {
  readonly world: World;
  readonly taken: readonly AlarmChange[];
  readonly log: ReturnType<typeof createKeptLog>;
  readonly consumer: ReturnType<typeof consumeQueue>;
  readonly left: () => number;
}

/** A consumer of one queue over the wire; the queue's clock runs with the real one. */
async function listen(
  changes: Partial<ConsumeDependencies> = {},
  queue: Partial<ReplayQueue> & { readonly settings?: Partial<AlarmQueueSettings> } = {},
  arrange: (world: World) => void = () => undefined,
): Promise<Listening> {
  setExampleCredentials();
  const { settings, ...shelf } = queue;
  const queues = { [QUEUE]: { region: 'eu-west-1', ...shelf } };
  const world = await startWorld({}, { queues, nowMs: Date.now });
  arrange(world);
  const clients = createAwsClients({
    endpoint: world.endpointUrl,
    attemptsMax: 1,
    queueTimeoutMs: 1_500,
  });
  const taken: AlarmChange[] = [];
  const log = createKeptLog();
  const consumer = consumeQueue(
    {
      clients,
      log,
      take: async (change) => {
        taken.push(change);
        return { kind: 'opened' };
      },
      ready: async () => undefined,
      poll: { waitSeconds: 1, hiddenSeconds: 1 },
      retryFirstMs: 20,
      ...changes,
    },
    {
      target: { accountId: null, region: 'eu-west-1' },
      url: world.queues.urlOf(QUEUE),
      name: QUEUE,
      ...settings,
    },
  );
  cleanups.push(async () => {
    await consumer.stop();
    clients.close();
  });
  return { world, taken, log, consumer, left: () => world.queues.messages(QUEUE).length };
}

const untilEmpty = ({ left }: Listening) => until('the queue is empty', () => left() === 0);
const warnings = ({ log }: Listening) => log.lines.filter(({ level }) => level === 'warn');

describe('a queue of alarms', () => {
  it('is read in every form, and what was taken is deleted', async () => {
    const listening = await listen();
    listening.world.queues.send(QUEUE, eventBridgeMessage());
    listening.world.queues.send(QUEUE, inEnvelope(rawNotification({ name: 'in-envelope' })));
    listening.world.queues.send(QUEUE, rawNotification({ name: 'raw', to: 'OK' }));
    await untilEmpty(listening);
    expect(listening.taken.map(({ name, to }) => `${name} ${to}`).sort()).toEqual([
      'checkout-5xx ALARM',
      'in-envelope ALARM',
      'raw OK',
    ]);
    expect(listening.consumer.report()).toEqual({
      queue: QUEUE,
      isListening: true,
      trouble: null,
      takenCount: 3,
      unreadableCount: 0,
    });
  });

  it('is found by its name', async () => {
    const listening = await listen({}, { settings: { url: null } });
    listening.world.queues.send(QUEUE, eventBridgeMessage());
    await untilEmpty(listening);
    expect(listening.world.calls[0]?.operation).toBe('GetQueueUrl');
  });

  it('gives every copy of a message: whoever takes it has to know it', async () => {
    const listening = await listen();
    listening.world.queues.send(QUEUE, eventBridgeMessage(), { copies: 3 });
    await untilEmpty(listening);
    expect(listening.taken).toHaveLength(3);
  });

  it('keeps a message whose effect could not be recorded, and gives it again', async () => {
    let tries = 0;
    const listening = await listen({
      take: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the store is away');
        return { kind: 'opened' };
      },
    });
    listening.world.queues.send(QUEUE, eventBridgeMessage());
    await untilEmpty(listening);
    expect(tries).toBe(2);
    const operations = listening.world.calls.map(({ operation }) => operation);
    expect(operations.indexOf('ChangeMessageVisibility')).toBeGreaterThan(0);
    expect(operations.filter((name) => name === 'DeleteMessage')).toHaveLength(1);
  });

  it('is not read while nothing could be recorded', async () => {
    let isAway = true;
    const listening = await listen({
      ready: async () => {
        if (isAway) throw new Error('away');
      },
    });
    listening.world.queues.send(QUEUE, eventBridgeMessage());
    await until('the trouble is known', () => listening.consumer.report().trouble);
    expect(listening.world.calls).toEqual([]);
    isAway = false;
    await untilEmpty(listening);
    expect(listening.taken).toHaveLength(1);
  });

  it('leaves what is not understood for the dead letters, told once and without its content', async () => {
    const listening = await listen({}, { receivesMax: 3 });
    const { queues } = listening.world;
    queues.send(QUEUE, 'Hello, this is the secret of somebody');
    await until('it is a dead letter', () => queues.deadLetters(QUEUE).length === 1);
    expect(listening.taken).toEqual([]);
    expect(warnings(listening)).toHaveLength(1);
    expect(JSON.stringify(listening.log.lines)).not.toContain('secret of somebody');
    expect(listening.consumer.report()).toMatchObject({ unreadableCount: 1, isListening: true });
  });

  it('is not blocked by what is not understood where there are no dead letters', async () => {
    const listening = await listen({ poll: { waitSeconds: 1, hiddenSeconds: 0 } });
    listening.world.queues.send(QUEUE, 'Hello');
    await untilEmpty(listening);
    expect(warnings(listening).map(({ message }) => message)).toEqual([
      'a message was not understood and stays in the queue',
      'a message that nobody understands was dropped',
    ]);
  });

  it('takes from known topics only where they are named', async () => {
    const known = 'arn:aws:sns:eu-west-1:111122223333:known';
    const listening = await listen({ topics: [known] }, { receivesMax: 1 });
    const { queues } = listening.world;
    queues.send(QUEUE, inEnvelope(rawNotification()));
    queues.send(QUEUE, inEnvelope(rawNotification(), { TopicArn: known }));
    queues.send(QUEUE, eventBridgeMessage());
    await until('both others are taken', () => listening.taken.length === 2);
    await until('it is a dead letter', () => queues.deadLetters(QUEUE).length === 1);
    expect(JSON.stringify(warnings(listening))).toContain('does not name');
  });

  it('drops events of EventBridge that are about something else', async () => {
    const listening = await listen();
    const other = eventBridgeMessage().replace('CloudWatch Alarm State Change', 'Something');
    listening.world.queues.send(QUEUE, other);
    await untilEmpty(listening);
    expect(listening.taken).toEqual([]);
  });

  it.each([
    [
      'denied',
      (world: World) => void world.faults.deny('ReceiveMessage'),
      /need the permission sqs:ReceiveMessage/,
    ],
    [
      'silent',
      (world: World) => void world.faults.add({ kind: 'hang', operation: 'ReceiveMessage' }),
      /No answer from AWS in eu-west-1 in time/,
    ],
    [
      'broken',
      (world: World) => void world.faults.add({ kind: 'internal-error', service: 'sqs' }),
      /AWS had a fault of its own/,
    ],
  ])('that is %s says so once, and goes on when that is over', async (_what, arrange, why) => {
    const listening = await listen({}, {}, arrange);
    await until('it is told', () => warnings(listening).length > 0);
    expect(listening.consumer.report()).toMatchObject({
      isListening: false,
      trouble: expect.stringMatching(why),
    });
    const { world } = listening;
    await until('it tried again', () => world.calls.length > 2);
    expect(warnings(listening)).toHaveLength(1);
    world.faults.clear();
    world.queues.send(QUEUE, eventBridgeMessage());
    await untilEmpty(listening);
    expect(listening.consumer.report()).toMatchObject({ isListening: true, trouble: null });
  });

  it('that does not exist is said to be missing', async () => {
    const listening = await listen({}, { settings: { url: null, name: 'other' } });
    await until('it is told', () => warnings(listening).length > 0);
    expect(listening.consumer.report().trouble).toBe(
      'There is no queue other in eu-west-1, or its policy does not let the bot see it.',
    );
  });

  it('stops at once, in the middle of waiting', async () => {
    const listening = await listen({ poll: { waitSeconds: 20, hiddenSeconds: 30 } });
    await until('it listens', () => listening.world.calls.length >= 0);
    await listening.consumer.stop();
    expect(warnings(listening)).toEqual([]);
  });
});
