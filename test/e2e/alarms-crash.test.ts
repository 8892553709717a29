import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { eventBridgeMessage } from '../support/alarm-messages.ts';
import { ALARM_QUEUE, ALARM_QUEUES, alarmConfigFile } from '../support/e2e/alarm-world.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { hasNoWorkNow, postedSlots } from '../support/e2e/sessions.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const NAMES = ['one', 'two', 'three', 'four'];
/** A message that was received by a killed bot is hidden for half a minute, as is its work. */
const AGAIN_WITHIN_MS = 90_000;

describe('alarms, with two bots on one Redis', () => {
  let redis: RedisServer;
  let world: DemoWorld;
  let bots: readonly BotProcess[];
  let store: Store;
  let ana: TestPerson;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    redis = await startRedisServer();
    world = await startDemoWorld({ port: 0, queues: ALARM_QUEUES, rateLimits: 'off' });
    const channelId = world.workspace.channelId('incidents');
    environment = { REDIS_URL: redis.url, REDTHREAD_CONFIG: alarmConfigFile(channelId) };
    bots = [
      await startBotProcess(world, environment),
      await startBotProcess(world, environment, { botsBefore: 1 }),
    ];
    store = await openStore({ redisUrl: redis.url, dataDirectory: '' }, createKeptLog());
    ana = createPerson(world.workspace, 'ana', channelId);
  });
  afterAll(async () => {
    await store.close();
    await Promise.all(bots.map((bot) => bot.stop()));
    await world.close();
    await redis.close();
  });

  const queues = () => world.aws.queues;
  const untilTaken = () =>
    until('the queue is empty', () => queues().messages(ALARM_QUEUE).length === 0, AGAIN_WITHIN_MS);
  const titles = async () =>
    (await store.listIncidents({ limit: 100 })).map(({ title }) => title).sort();

  it('open one incident each, however many copies are delivered to whom', async () => {
    const atMs = Date.now() - 60_000;
    for (const name of NAMES) {
      queues().send(ALARM_QUEUE, eventBridgeMessage({ name, atMs }), { copies: 4 });
    }
    await untilTaken();
    await until('no work is left', () => hasNoWorkNow(store));
    expect(await titles()).toEqual(NAMES.map((name) => `Alarm ${name}`).sort());
    for (const { incidentId } of await store.listIncidents({ limit: 100 })) {
      const slots = await postedSlots({ demo: world }, ana.channelId, incidentId);
      expect(slots).toEqual([...new Set(slots)]);
    }
  });

  it('open no second one when everything was killed before the message could be deleted', async () => {
    const release = world.aws.faults.add({ kind: 'internal-error', operation: 'DeleteMessage' });
    queues().send(ALARM_QUEUE, eventBridgeMessage({ name: 'killed', atMs: Date.now() - 60_000 }));
    await until('it is on record', async () => (await titles()).includes('Alarm killed'));
    await Promise.all(bots.map((bot) => bot.kill9()));
    await until('Slack noticed', () => ana.view().appConnections === 0);
    expect(queues().messages(ALARM_QUEUE)).toHaveLength(1);
    release();
    bots = [await startBotProcess(world, environment)];
    await untilTaken();
    await until('the card is there', () => ana.findMessage('Alarm killed'), AGAIN_WITHIN_MS);
    await until('no work is left', () => hasNoWorkNow(store), AGAIN_WITHIN_MS);
    const killed = (await store.listIncidents({ limit: 100 })).filter(
      ({ title }) => title === 'Alarm killed',
    );
    expect(killed).toHaveLength(1);
    const slots = await postedSlots({ demo: world }, ana.channelId, killed[0]?.incidentId ?? '');
    expect(slots).toEqual([...new Set(slots)]);
  }, 240_000);
});
