import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inDirect } from '../support/e2e/asked.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { GUEST, roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** Who goes on with an incident gets what is on the record, once, or somebody hears that they did not. */
describe('handing an incident over', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('shift', 'form', 'lost', 'gone', 'first', 'guest') },
      pauses: { watchMs: 600_000, watchEveryMs: 300_000, unknownOutcomeWaitMs: 500 },
    });
  });
  afterAll(() => world.close());

  const briefs = (person: TestPerson) =>
    person.messages().filter((row) => person.textOf(row).includes('You own this incident now'));

  async function started(room: string): Promise<{ ana: TestPerson; incidentId: string }> {
    const ana = world.person('ana', room);
    const { incidentId } = await openSession(ana, `${room} returns 5xx since 10 minutes ago sev2`);
    return { ana, incidentId };
  }

  it('in the middle, with a running watch, gives the new owner all of it', async () => {
    const { ana, incidentId } = await started('shift');
    const ben = inDirect(world, 'ben');
    await until('alarms in evidence', async () =>
      (await stateOf(world, incidentId)).evidence.some(({ kind }) => kind === 'alarms'),
    );
    await ana.fill('State the problem', {
      wrong: 'Checkout answers 503.',
      'Who and what is affected': 'All customers in the EU.',
    });
    await ana.tap('More');
    await ana.fill('Add a hypothesis', { 'What could explain': 'The certificate has expired.' });
    await untilQuiet(world);
    const own = (await stateOf(world, incidentId)).hypotheses.find(
      ({ by }) => by.kind === 'person',
    );
    await ana.tapAbout(own?.hypothesisId ?? '', 'Rule out', /./);
    await ana.submit({ 'How do you know': 'It is valid until May.' });
    await ana.say('/triage escalate Network team: we need somebody who knows the firewall');
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'verify', Why: 'Fixed by hand.' });
    await ana.seeMessage('Watching until all');
    await ana.say(`/triage handoff <@${ben.id}>`);
    await told(ana, /Handed over/);

    const brief = ben.textOf(await ben.seeMessage('You own this incident now'));
    expect(brief).toContain(`handed over by @${ana.id}`);
    for (const fact of [
      incidentId,
      'Checkout answers 503.',
      'All customers in the EU.',
      'Since:',
      'checkout-5xx',
      'Step 6 of 7',
      'The certificate has expired. : It is valid until May.',
      'open hypothes',
      'Next test:',
      'Watch after the fix',
      'Watching until all',
      'in alarm since',
      'Network team',
      'firewall',
      'Who was active',
      `@${ana.id}`,
    ]) {
      expect(brief, fact).toContain(fact);
    }
    await ana.seeMessage(/owns it now , named by .*Step 6 of 7.*alarms are watched.*Waiting for/);
  });

  it('by the form gives it too, and catching up says the same in short', async () => {
    const { ana } = await started('form');
    const ben = inDirect(world, 'ben');
    const before = briefs(ben).length;
    await ana.tap('Take it');
    await ana.seeMessage('owns it now');
    await ana.tap('More');
    await ana.fill('Hand over', { 'Who owns': ben.id });
    await until('the brief', () => briefs(ben).length === before + 1);
    await ana.say('/triage status');
    expect(await told(ana, /Last activity/)).toMatch(/Since:.*Waiting for:/);
  });

  it('sends one brief, through a lost answer of Slack and a restart', async () => {
    const { ana } = await started('lost');
    const chidi = inDirect(world, 'chidi');
    await untilQuiet(world);
    world.demo.workspace.faults.nextCalls('chat.postMessage', { kind: 'drop-reply' }, 2);
    await ana.say(`/triage handoff <@${chidi.id}>`);
    await until('the brief', () => briefs(chidi).length > 0);
    await world.restartBot();
    await untilQuiet(world);
    expect(briefs(chidi)).toHaveLength(1);
  });

  it('to somebody who cannot be reached is told to who handed it over, once', async () => {
    const { ana, incidentId } = await started('gone');
    await untilQuiet(world);
    const fault = { kind: 'error', error: 'user_disabled' } as const;
    world.demo.workspace.faults.nextCalls('conversations.open', fault);
    await ana.say(`/triage handoff <@${world.demo.workspace.personId('dora')}>`);
    await told(
      ana,
      /could not send @\w+ the brief.*account is deactivated.*make sure that they know/,
    );
    await untilQuiet(world);
    expect(toldTo(ana).filter((text) => text.includes('could not send'))).toHaveLength(1);
    expect((await stateOf(world, incidentId)).ownerId).toBe(world.demo.workspace.personId('dora'));
    expect(briefs(inDirect(world, 'dora'))).toEqual([]);
  });

  it('to somebody who may not use the bot is refused before anything is recorded', async () => {
    const { ana, incidentId } = await started('guest');
    const guest = world.demo.workspace.personId(GUEST);
    await ana.tap('Take it', incidentId);
    await ana.seeMessage('owns it now');
    await ana.say(`/triage handoff <@${guest}>`);
    await told(ana, /Nothing was handed over\. They are a guest of this workspace/);
    await ana.tap('More');
    await ana.tap('Hand over');
    await ana.submit({ 'Who owns': guest });
    expect(fieldErrors(ana)).toMatch(/They are a guest .* Choose somebody else/);
    await ana.closeForm();
    expect((await stateOf(world, incidentId)).ownerId).toBe(ana.id);
  });

  it('is not what happens when the first owner takes it', async () => {
    const { ana, incidentId } = await started('first');
    await ana.tap('Take it', incidentId);
    await until('the owner', async () => (await stateOf(world, incidentId)).ownerId === ana.id);
    await untilQuiet(world);
    expect(briefs(inDirect(world, 'ana'))).toEqual([]);
  });
});
