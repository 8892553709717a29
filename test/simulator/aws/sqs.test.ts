import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReplayQueue } from '../../../src/simulator/aws/sqs/queues.ts';
import { alarm, startWorld } from './replay-support.ts';

const QUEUE = 'alarms';

async function aQueue(settings: Partial<ReplayQueue> = {}) {
  const world = await startWorld(
    { alarms: { MetricAlarms: [alarm('checkout-5xx')] } },
    { queues: { [QUEUE]: { region: 'eu-west-1', ...settings } }, alarmQueue: QUEUE },
  );
  const client = new SQSClient({
    region: 'eu-west-1',
    endpoint: world.endpointUrl,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
  });
  onTestFinished(() => client.destroy());
  const QueueUrl = world.queues.urlOf(QUEUE);
  const receive = async (changes: object = {}) => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...changes });
    return (await client.send(command)).Messages ?? [];
  };
  return { world, client, QueueUrl, receive };
}

describe('a replayed queue', () => {
  it('hides what was received, and shows it again when nobody deleted it in time', async () => {
    const { world, receive } = await aQueue();
    world.queues.send(QUEUE, 'one');
    expect((await receive()).map(({ Body }) => Body)).toEqual(['one']);
    expect(await receive()).toEqual([]);
    world.clock.nowMs += 30_001;
    expect(await receive()).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
  });

  it('forgets what was deleted, by the latest receipt only', async () => {
    const { world, client, QueueUrl, receive } = await aQueue({ visibilitySeconds: 5 });
    world.queues.send(QUEUE, 'one');
    const [first] = await receive();
    world.clock.nowMs += 5_001;
    const [second] = await receive();
    const remove = (ReceiptHandle: string | undefined) =>
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await remove(first?.ReceiptHandle);
    expect(world.queues.messages(QUEUE)).toHaveLength(1);
    await remove(second?.ReceiptHandle);
    expect(world.queues.messages(QUEUE)).toEqual([]);
  });

  it('shows a message again when it was asked to', async () => {
    const { world, client, QueueUrl, receive } = await aQueue();
    world.queues.send(QUEUE, 'one');
    const [message] = await receive();
    const ReceiptHandle = message?.ReceiptHandle;
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect(await receive()).toHaveLength(1);
  });

  it('delivers copies with one id, and puts what is received too often aside', async () => {
    const { world, receive } = await aQueue({ receivesMax: 1, visibilitySeconds: 0 });
    world.queues.send(QUEUE, 'one', { copies: 2 });
    const ids = (await receive()).map(({ MessageId }) => MessageId);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(await receive()).toEqual([]);
    expect(world.queues.deadLetters(QUEUE)).toHaveLength(2);
  });

  it('holds an answer back until there is a message', async () => {
    const { world, receive } = await aQueue();
    const waiting = receive({ WaitTimeSeconds: 20 });
    world.queues.send(QUEUE, 'late');
    expect((await waiting).map(({ Body }) => Body)).toEqual(['late']);
  });

  it('is found by its name in its Region, and no other is', async () => {
    const { client, QueueUrl } = await aQueue();
    const urlOf = (QueueName: string) => client.send(new GetQueueUrlCommand({ QueueName }));
    expect(await urlOf(QUEUE)).toMatchObject({ QueueUrl });
    await expect(urlOf('other')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('hears of alarms whose state is set, as EventBridge tells it', async () => {
    const { world, receive } = await aQueue();
    world.setAlarmState('checkout-5xx', 'ALARM', 'Threshold Crossed');
    const [message] = await receive();
    expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
      account: '111122223333',
      detail: { alarmName: 'checkout-5xx', state: { value: 'ALARM' }, previousState: {} },
    });
  });
});
