import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';

/** The card is in the channel and in its thread: what only one person sees comes as a window over both. */
describe('a window opened from a card', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('acts', 'late', 'start') } });
  });
  afterAll(() => world.close());

  it('acts by its buttons, and then shows the state after that', async () => {
    const ana = world.person('ana', 'acts');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('More', incidentId);
    expect(await ana.seeWindow(/What you can do now/)).toContain('nobody yet');
    await ana.tap('Take it', /What you can do now/);

    await ana.seeWindow(new RegExp(`@${ana.id}`));
    expect((await stateOf(world, incidentId)).ownerId).toBe(ana.id);
    await ana.tap('Catch me up', /What you can do now/);
    await ana.seeWindow(/Where it stands.*Last activity/);
  });

  it('says above what it shows why a tap did nothing', async () => {
    const ana = world.person('ana', 'late');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('More', incidentId);
    const ben = world.person('ben', 'late');
    await ben.say(`/triage close ${incidentId} enough`);
    await ana.seeMessage(/Closed ·/);
    await ana.tap('Take it', /What you can do now/);

    await ana.seeWindow(/closed by.*Reopen/);
  });

  it('starts another incident where the one is that it shows', async () => {
    const ana = world.person('ana', 'start');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('More', incidentId);
    await ana.tap('Start another', /What you can do now/);
    await ana.seeForm('Start an incident');
    await ana.submit({ 'What is wrong': 'mail is late' });

    await ana.seeMessage(/SEV\d · mail is late/);
  });
});
