import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventBridgeMessage } from '../support/alarm-messages.ts';
import { ALARM_QUEUE, ALARM_QUEUES, alarmConfigFile } from '../support/e2e/alarm-world.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { rootsOf, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const NAMES = ['checkout', 'cart', 'search', 'login', 'orders', 'stock', 'prices', 'mail'];

/** One outage sets off many alarms: people get one incident, and one card that is kept up to date. */
describe('a storm of alarms', () => {
  let world: BotWorld;
  let ana: TestPerson;
  const firedAtMs = Date.now() - 120_000;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { queues: ALARM_QUEUES, rateLimits: 'off' },
      environment: (demo) => ({
        REDTHREAD_CONFIG: alarmConfigFile(demo.workspace.channelId('incidents'), 10),
      }),
      pauses: { alarmPoll: { waitSeconds: 1, hiddenSeconds: 2 } },
    });
    ana = world.person('ana');
  });
  afterAll(() => world.close());

  const send = (name: string, to: 'ALARM' | 'OK' = 'ALARM') =>
    world.demo.aws.queues.send(
      ALARM_QUEUE,
      eventBridgeMessage({
        name,
        to,
        from: to === 'OK' ? 'ALARM' : 'OK',
        atMs: firedAtMs + (to === 'OK' ? 90_000 : 0),
      }),
      { copies: 2 },
    );
  const incidents = () => world.store().listIncidents({ limit: 100 });
  const stormCards = () =>
    ana.messages().filter((row) => ana.textOf(row).includes('fired within minutes of the first'));

  it('opens one incident with one card for all that joined', async () => {
    for (const name of NAMES) send(name);
    const [{ incidentId } = { incidentId: '' }] = await until('all have joined', async () => {
      const all = await incidents();
      return all[0]?.alarmKeys.length === NAMES.length && all;
    });
    await untilQuiet(world);

    expect(await incidents()).toHaveLength(1);
    const [root] = rootsOf(ana, incidentId);
    expect(ana.textOf(root as never)).toMatch(/7 more alarms since .*, all in ALARM/);
    const [card, ...others] = stormCards();
    expect(others).toEqual([]);
    const state = await stateOf(world, incidentId);
    for (const { firing } of state.alarms.slice(1)) {
      expect(ana.textOf(card as never)).toContain(firing.name);
    }
    expect(ana.messages().filter((row) => /🔔 \w+ fires/.test(ana.textOf(row)))).toEqual([]);
  });

  it('lets people take one out, which then is on its own', async () => {
    const [storm] = await incidents();
    const stormId = storm?.incidentId ?? '';
    const joined = (await stateOf(world, stormId)).alarms[1]?.firing.name ?? '';
    await ana.fill('Own incident', { 'Which alarm': joined });
    const own = await until('its own incident', async () =>
      (await incidents()).find(({ incidentId }) => incidentId !== stormId),
    );
    await ana.seeMessage(`Alarm ${joined}`);
    await ana.seeMessage(new RegExp(`6 more alarms.*${joined} is worked on as ${own.incidentId}`));
    await untilQuiet(world);

    expect((await stateOf(world, own.incidentId)).alarms).toMatchObject([
      { firing: { name: joined } },
    ]);
    expect((await stateOf(world, stormId)).alarms).toHaveLength(NAMES.length - 1);
  });

  it('tells on the same card when alarms are OK again', async () => {
    const storm = await until('the storm', async () =>
      (await incidents()).find((row) => row.alarmKeys.length > 1),
    );
    const joined = (await stateOf(world, storm.incidentId)).alarms.slice(1);
    for (const { firing } of joined.slice(0, 5)) send(firing.name, 'OK');
    await ana.seeMessage(/6 more alarms since .*, 1 of them in ALARM now/);
    for (const { firing } of joined.slice(5)) send(firing.name, 'OK');
    await ana.seeMessage(/6 more alarms since .*, all OK again/);
    await untilQuiet(world);

    expect(stormCards()).toHaveLength(1);
    expect(ana.messages().filter((row) => / is OK/.test(ana.textOf(row)))).toEqual([]);
    expect((await stateOf(world, storm.incidentId)).status).toBe('open');
  });
});
