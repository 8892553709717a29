import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { textIn } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors } from '../support/e2e/told.ts';

describe('escalating with a prepared text', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('support', 'colleague') } });
  });
  afterAll(() => world.close());

  it('to AWS Support comes with what a case needs, and the text stands in the thread', async () => {
    const ana = world.person('ana', 'support');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx since 10 minutes ago');
    await ana.seeMessage('Changes');
    await untilQuiet(world);
    await ana.tap('More');
    await ana.tap('Ask AWS Support');
    const form = JSON.stringify((await ana.seeForm('Escalate')).view);
    expect(form).toContain('"initial_value":"AWS Support"');
    expect(form).toMatch(/Problem: checkout returns 5xx.*Started: .*Region: .*Account: .*event /);
    expect(await ana.submit({})).not.toEqual({});
    expect(fieldErrors(ana)).toContain('required field');
    await ana.submit({ 'what do you need': 'Is ELB in eu-west-1 healthy?' });
    await ana.seeMessage(/Escalated to AWS Support by .*: Is ELB in eu-west-1 healthy\?\s*$/);
    const card = ana.textOf(await ana.seeMessage('To copy, for AWS Support'));
    expect(card).toMatch(/Is ELB in eu-west-1 healthy\?[\s\S]*Calls on record that may matter/);
    expect((await stateOf(world, incidentId)).escalations).toMatchObject([{ to: 'AWS Support' }]);
  });

  it('to a colleague keeps whom the command named, and what was changed in the text', async () => {
    const ana = world.person('ana', 'colleague');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await ana.say(`/triage escalate ${incidentId} Network team`);
    const form = (await ana.seeForm('Escalate')).view;
    expect(JSON.stringify(form)).toContain('"initial_value":"Network team"');
    expect(textIn(form['blocks'])).toContain('Prepared from the record');
    await ana.submit({ 'what do you need': 'A firewall expert.', 'should know': 'Own words.' });
    await ana.seeMessage('To copy, for Network team');
    expect((await stateOf(world, incidentId)).escalations).toMatchObject([
      { to: 'Network team', reason: 'A firewall expert.\n\nOwn words.' },
    ]);
  });
});
