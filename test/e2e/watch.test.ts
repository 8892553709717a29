import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

/** After a fix the bot watches the alarms: restarts do not end it, and a new firing is said at once. */
describe('watching after a fix', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('calm', 'again') },
      pauses: { watchMs: 4_000, watchEveryMs: 300 },
    });
  });
  afterAll(() => world.close());

  /** All that were in ALARM when the incident was opened. */
  async function turnAll(incidentId: string, to: 'OK' | 'ALARM'): Promise<void> {
    const { watch } = await stateOf(world, incidentId);
    for (const { name } of watch?.alarms ?? []) world.demo.aws.setAlarmState(name, to, 'by hand');
  }

  async function fixed(ana: TestPerson): Promise<string> {
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await until('alarms in evidence', async () =>
      (await stateOf(world, incidentId)).evidence.some(({ kind }) => kind === 'alarms'),
    );
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'verify', Why: 'It was fixed by hand.' });
    return incidentId;
  }

  it('says when all have stayed OK for the agreed time, also after a restart', async () => {
    const ana = world.person('ana', 'calm');
    const incidentId = await fixed(ana);
    await ana.seeMessage('Watching until all');
    await turnAll(incidentId, 'OK');
    await ana.seeMessage(/All OK; watching for 4 s/);
    await world.restartBot();
    await ana.seeMessage('The alarms have stayed OK for 4 s');
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).watch?.outcome).toBe('quiet');
    expect(
      ana.messages().filter((row) => ana.textOf(row).includes('Does it work for people, too?')),
    ).toHaveLength(1);
  });

  it('goes back to the hypotheses, with a line, when one fires again', async () => {
    const ana = world.person('ana', 'again');
    world.demo.aws.moveTo(Date.now());
    const incidentId = await fixed(ana);
    await ana.seeMessage('Watching until all');
    await turnAll(incidentId, 'OK');
    await ana.seeMessage(/All OK; watching/);
    world.demo.aws.setAlarmState('checkout-5xx', 'ALARM', 'by hand');
    await ana.seeMessage('Went off again while it was watched: checkout-5xx');
    await until('step 3', async () => (await stateOf(world, incidentId)).step === 'hypothesize');
  });
});
