import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventBridgeMessage } from '../support/alarm-messages.ts';
import { ALARM_QUEUE, ALARM_QUEUES, alarmConfigFile } from '../support/e2e/alarm-world.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn, walk } from '../support/e2e/person.ts';
import { stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

/** What stands in the fields of the form that is open. */
function textsIn(person: TestPerson): readonly unknown[] {
  return walk(person.view().modal?.view ?? {})
    .filter(({ type }) => type === 'plain_text_input')
    .map((element) => element['initial_value'] ?? '');
}

describe('forms that begin with what is known', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let incidentId: string;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { queues: ALARM_QUEUES, rateLimits: 'off' },
      environment: (demo) => ({
        REDTHREAD_CONFIG: alarmConfigFile(demo.workspace.channelId('incidents')),
      }),
      pauses: { alarmPoll: { waitSeconds: 1, hiddenSeconds: 2 } },
    });
    ana = world.person('ana');
    const message = eventBridgeMessage({ name: 'checkout-5xx', atMs: Date.now() - 60_000 });
    world.demo.aws.queues.send(ALARM_QUEUE, message, { copies: 1 });
    const card = await ana.seeMessage(/Alarm checkout-5xx .*RT-[0-9A-Z]{5}/);
    incidentId = /RT-[0-9A-Z]{5}/.exec(ana.textOf(card))?.[0] ?? '';
    await ana.seeMessage(/Changes · /);
    await untilQuiet(world);
  });
  afterAll(() => world.close());

  it('the form of the problem has the alarm, what it is on, and what the playbook asks', async () => {
    await ana.tap('Accept', incidentId);
    await until(
      'it is accepted',
      async () => (await stateOf(world, incidentId)).ownerId === ana.id,
    );
    await untilQuiet(world);
    await ana.tap('State the problem');
    const { view } = await ana.seeForm('State the problem');
    expect(textIn(view)).toContain('The playbook “Downtime” asks: • What do users see?');
    expect(textsIn(ana)).toEqual([
      expect.stringMatching(/^Alarm “checkout-5xx” fired .*HTTPCode_ELB_5XX_Count above 5\./),
      expect.stringContaining('LoadBalancer app/checkout/50dc6c495c0c9188'),
      expect.any(String),
    ]);
    await ana.closeForm();
  });

  it('is stated in one tap as the card has it, and the record says whose words they are', async () => {
    await ana.tap('State it like this');
    const state = await until('it is stated', async () => {
      const now = await stateOf(world, incidentId);
      return now.problem === null ? null : now;
    });
    expect(state.step).toBe('isolate');
    expect(state.problem?.drafted).toEqual(
      expect.arrayContaining([expect.stringContaining('Alarm “checkout-5xx” fired')]),
    );
    expect(ana.textOf(await ana.seeMessage(/Symptoms:/))).toMatch(/🤖 Alarm “checkout-5xx”/);
  });

  it('lines that people add are theirs', async () => {
    await untilQuiet(world);
    const { problem } = await stateOf(world, incidentId);
    const symptoms = `${problem?.symptoms}\nThe page is white.`;
    await ana.say(`/triage`);
    await ana.fill('State the problem', { 'What exactly is wrong?': symptoms });
    const state = await stateOf(world, incidentId);
    expect(state.problem?.symptoms).toContain('The page is white.');
    expect(state.problem?.drafted).toEqual(problem?.drafted);
  });

  it("a plan begins with a solution of the playbook in one tap, and the person's texts stay", async () => {
    await ana.tap('Name the component');
    await ana.seeForm('Name the component');
    await ana.submit({ 'Which component': 'checkout' });
    await ana.say(`/triage`);
    await ana.tap('Plan a solution');
    await ana.seeForm('Plan the fix');
    await ana.tapInForm(/^Roll back to the last version that worked/);
    const texts = await until('the form is filled', () => {
      const now = textsIn(ana);
      return now.includes('Deploy the new version again.') ? now : null;
    });
    expect(texts).toContain('Roll back to the last version that worked.');
    expect(await ana.submit({ 'What does it touch?': 'checkout' })).toEqual({});
    const { plans } = await stateOf(world, incidentId);
    expect(plans).toMatchObject([
      {
        solution: 'Roll back to the last version that worked.',
        rollback: 'Deploy the new version again.',
        resources: ['checkout'],
      },
    ]);
  });
});
