import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from '../../src/intake/verify-signature.ts';
import { eventBridgeMessage } from '../support/alarm-messages.ts';
import {
  ALARM_QUEUE,
  ALARM_QUEUES,
  ALARM_SECRET,
  alarmConfigFile,
} from '../support/e2e/alarm-world.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { until } from '../support/poll.ts';
import { freePort } from '../support/redis-server.ts';

interface Ready {
  readonly alarmQueues: readonly { readonly isListening: boolean; readonly trouble: string }[];
}

describe('an alarm that is posted', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    world = await startBotWorld({
      world: { queues: ALARM_QUEUES, rateLimits: 'off' },
      environment: (demo) => ({
        REDTHREAD_CONFIG: alarmConfigFile(demo.workspace.channelId('incidents')),
        ALARM_SIGNING_SECRET: ALARM_SECRET,
        PORT: String(port),
      }),
      pauses: { alarmPoll: { waitSeconds: 1, hiddenSeconds: 2 } },
    });
    ana = world.person('ana');
  });
  afterAll(() => world.close());

  async function post(body: string, secret = ALARM_SECRET) {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const answer = await fetch(`${origin}/alarms`, {
      method: 'POST',
      body,
      headers: {
        'x-redthread-timestamp': timestamp,
        'x-redthread-signature': sign(timestamp, body, secret),
      },
    });
    const told = (await answer.json()) as { readonly incidentId?: string };
    return { status: answer.status, body: told };
  }

  const ready = async () => (await (await fetch(`${origin}/readyz`)).json()) as Ready;

  it('opens an incident when it is signed, once, whichever way it comes as well', async () => {
    const body = eventBridgeMessage({ name: 'posted', atMs: Date.now() - 60_000 });
    expect(await post(body, 'the secret of somebody else')).toMatchObject({ status: 401 });
    const first = await post(body);
    expect(first).toMatchObject({ status: 200, body: { outcome: 'opened' } });
    expect(await post(body)).toMatchObject({
      status: 200,
      body: { outcome: 'known', incidentId: first.body.incidentId },
    });
    world.demo.aws.queues.send(ALARM_QUEUE, body);
    await until(
      'the queue is empty',
      () => world.demo.aws.queues.messages(ALARM_QUEUE).length === 0,
    );
    await ana.seeMessage(/Alarm posted .*RT-/);
    expect(await world.store().listIncidents({ limit: 10 })).toHaveLength(1);
  });

  it('is taken only where it is posted', async () => {
    const asked = await fetch(`${origin}/alarms`);
    expect(asked.status).toBe(404);
  });

  it('shows in the health of the bot how it stands with the queues', async () => {
    const release = world.demo.aws.faults.deny('ReceiveMessage');
    await until('the trouble shows', async () => {
      const { alarmQueues } = await ready();
      return String(alarmQueues[0]?.trouble).includes('sqs:ReceiveMessage');
    });
    const answer = await fetch(`${origin}/readyz`);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { ready: true, alarmQueues: [{ queue: ALARM_QUEUE, isListening: false }] },
    ]);
    release();
    await until('it listens again', async () => {
      const { alarmQueues } = await ready();
      return alarmQueues[0]?.isListening;
    });
  });
});
