import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

describe('closing with something missing', () => {
  let world: BotWorld;
  let ana: TestPerson;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('gate') } });
    ana = world.person('ana', 'gate');
  });
  afterAll(() => world.close());

  it('offers each missing part beside its sentence, and mends it on the spot', async () => {
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await ana.say('/triage close');
    await ana.seeForm('Close the incident');
    const shown = textIn(ana.view().modal?.view['blocks']);
    expect(shown).toContain('The problem has not been stated. State it');
    expect(shown).toContain(
      'No solution has been reported as implemented and still in place. Plan it',
    );
    expect(shown).toContain('Nobody has verified that the problem is gone. Go to step 6');

    await ana.tapInForm('State it');
    await ana.seeForm('State the problem');
    await ana.submit({ 'What exactly is wrong?': 'Every request fails.' });
    const stated = await until(
      'the problem',
      async () => (await stateOf(world, incidentId)).problem,
    );
    expect(stated.symptoms).toBe('Every request fails.');

    await ana.say('/triage close');
    await ana.seeForm('Close the incident');
    expect(textIn(ana.view().modal?.view['blocks'])).not.toContain('has not been stated');
    await ana.tapInForm('Name it');
    await ana.seeForm('Name the component');
  });
});
