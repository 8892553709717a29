import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const QUIET_MS = 2_500;

/** When nobody does anything, people are reminded once, with ways out, and never while they talk. */
describe('reminders', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('unowned', 'talking', 'stopped', 'tomorrow') },
      pauses: {
        nudges: {
          noOwner: QUIET_MS,
          quiet: { sev1: 2 * QUIET_MS, sev2: QUIET_MS, sev3: null, sev4: null },
        },
        nudgeEveryMs: 200,
      },
    });
  });
  afterAll(() => world.close());

  const nudges = async (incidentId: string) =>
    (await world.store().readEvents(incidentId)).filter(({ event }) => event.type === 'nudge-sent');
  const asleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
  const open = (person: TestPerson, title: string) => openSession(person, title);

  it('say that nobody owns it, offer to take it, and come once, also after a restart', async () => {
    const ana = world.person('ana', 'unowned');
    const { incidentId } = await open(ana, 'checkout returns 5xx sev1');
    const card = await ana.seeMessage('Nobody owns this SEV1 yet');
    expect(ana.textOf(card)).toMatch(
      new RegExp(`@${ana.id}.*Waiting for:.*Take it.*Snooze 30 min`),
    );
    await world.restartBot();
    await asleep(3 * QUIET_MS);
    expect(await nudges(incidentId)).toHaveLength(1);
    await ana.tap('Take it', 'Nobody owns this SEV1 yet');
    await ana.seeMessage(/Reminded .*went on/);
    await ana.seeMessage('It has been quiet here');
    await ana.tap('Snooze 30 min', 'It has been quiet here');
    await ana.seeMessage(/Reminded .*put it off until/);
    await asleep(3 * QUIET_MS);
    expect(await nudges(incidentId)).toHaveLength(2);
  });

  it('do not come while people talk in the thread', async () => {
    const ana = world.person('ana', 'talking');
    const { incidentId, rootTs } = await open(ana, 'checkout returns 5xx sev2');
    for (let count = 0; count < 5; count += 1) {
      await ana.say(`still looking ${count}`, rootTs);
      await asleep(QUIET_MS / 2);
    }
    await until('the nudge', async () => (await nudges(incidentId)).length === 1);
    await ana.say('back again', rootTs);
    await until('another one', async () => (await nudges(incidentId)).length === 2);
    const talkedAtMs = ana
      .messages()
      .filter((row) => row.threadTs === rootTs && /still looking|back again/.test(row.text))
      .map(({ ts }) => Number(ts) * 1_000);
    for (const { atMs } of await nudges(incidentId)) {
      const lastMs = Math.max(...talkedAtMs.filter((talked) => talked < atMs));
      expect(atMs - lastMs).toBeGreaterThanOrEqual(QUIET_MS);
    }
  });

  it('stop when somebody says so, and say so to the next one', async () => {
    const ana = world.person('ana', 'stopped');
    const { incidentId } = await open(ana, 'checkout returns 5xx sev2');
    await ana.seeMessage('Nobody owns this SEV2 yet');
    world.demo.workspace.faults.deliverTwice(1);
    await ana.tap('Stop nudging');
    await ana.seeMessage(/has stopped reminders/);
    await ana.say(`/triage note we are ${incidentId}`);
    await asleep(2 * QUIET_MS);
    expect(await nudges(incidentId)).toHaveLength(1);
    expect((await stateOf(world, incidentId)).nudging.isStopped).toBe(true);
  });

  it('wait until tomorrow morning where that was asked for', async () => {
    const ana = world.person('ana', 'tomorrow');
    const { incidentId } = await open(ana, 'checkout returns 5xx sev2');
    await ana.seeMessage('Nobody owns this SEV2 yet');
    await ana.tap('Until tomorrow');
    const { nudging } = await until('the snooze', async () => {
      const state = await stateOf(world, incidentId);
      return state.nudging.snoozedUntilMs === null ? null : state;
    });
    expect(nudging.snoozedUntilMs).toBeGreaterThan(Date.now());
    await ana.say(`/triage close ${incidentId} enough`);
    await told(ana, /Closed/);
    expect(await nudges(incidentId)).toHaveLength(1);
    // Who is not in the thread sees that it is over, and no more: the reminder called Ana.
    await until('the closing in the channel', () =>
      ana.messages().some((row) => row.isBroadcast && /Closed/.test(ana.textOf(row))),
    );
    expect(ana.messages().filter(({ isBroadcast }) => isBroadcast)).toHaveLength(1);
  });
});
