import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { until } from '../support/poll.ts';

/** The demo incident from `/triage` to the document, through Slack's own wire in both directions. */
describe('a whole incident', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    world = await startBotWorld();
    ana = world.person('ana');
    ben = world.person('ben');
  });
  afterAll(() => world.close());

  it('opens from words in the channel, with evidence from CloudTrail and CloudWatch in the thread', async () => {
    await ana.say('/triage checkout returns 5xx sev2');
    const root = await ana.seeMessage('Owner: nobody yet');
    expect(root.threadTs).toBeNull();
    const alarms = await ana.seeMessage('checkout-5xx');
    expect(alarms.threadTs).toBe(root.ts);
    const changes = await ana.seeMessage('i-0c4e8d21f6ab97530');
    expect(changes.threadTs).toBe(root.ts);
    expect(ana.textOf(changes)).toContain('noor.haddad@northwind.example');
  });

  it('answers who stopped the instance, to the asker alone', async () => {
    await ana.say('/trail who stopped i-0c4e8d21f6ab97530');
    const answer = await until('the answer', () =>
      ana
        .messages()
        .find((message) => message.ephemeral && ana.textOf(message).includes('noor.haddad')),
    );
    expect(ana.textOf(answer)).toContain('stopped');
    expect(ben.messages().some((message) => message.ephemeral && message.ts === answer.ts)).toBe(
      false,
    );
  });

  it('shows the whole session behind the answer, again to the asker alone', async () => {
    await ana.tap('Whole session');
    const session = await until('the session', () =>
      ana
        .messages()
        .find((message) => message.ephemeral && ana.textOf(message).includes('access key')),
    );
    expect(ana.textOf(session)).toContain('noor.haddad@northwind.example');
  });

  it('goes through the first four steps by its buttons', async () => {
    await ana.tap('Take it');
    await ana.seeMessage(`Owner: @${ana.id}`);
    await ana.fill('State the problem', {
      'What exactly is wrong?': 'Checkout answers 503 to every request.',
      'Who and what is affected?': 'All customers in Europe.',
      'Since when?': String(Math.floor(Date.now() / 1_000) - 15 * 60),
      'What changed recently?': 'Nothing that we know of.',
    });
    await ana.fill('Name the component', {
      'Which component or resource': 'i-0c4e8d21f6ab97530',
      'What points to it?': 'The target group has no healthy host.',
    });
    await ben.fill('Add a hypothesis', {
      'What could explain the problem?': 'The instance was stopped by hand.',
      'How likely is it?': 'high',
      'How much of the problem': 'high',
    });
    await ben.fill('Test a hypothesis', {
      'Which one test': 'Look at the state of the instance.',
    });
    await ben.fill('Record the verdict', {
      'What does it say?': 'confirmed',
      'What was found?': 'It is stopped, since the minute the errors began.',
    });
    await ana.seeMessage('5. Plan and implement the solution');
  });

  it('lets nobody approve their own plan, and goes on when another person does', async () => {
    await ana.fill('Plan a solution', {
      'What will be done?': 'Start the instance again.',
      'What could go wrong?': 'It may come up with old code.',
      'What keeps the risk small?': 'Check the version before traffic.',
      'What is the way back?': 'Stop it again.',
    });
    await ana.tap('Approve the plan');
    await ana.seeWindow(/another person has to approve it/);
    await ana.closeForm();
    await ben.tap('Approve the plan');
    await ana.fill('It is implemented', { 'What was done?': 'Started i-0c4e8d21f6ab97530.' });
    await ana.fill('It works', {
      'How do you know?': 'Both alarms are OK and a purchase went through.',
    });
  });

  it('keeps a pinned message with its own author, and forgets it when the pin is taken off', async () => {
    const root = await ana.seeMessage('Owner:');
    await ben.say('I saw the first complaint at 10:41', root.ts);
    const said = await ben.seeMessage('first complaint');
    await ana.react(said.ts, 'pushpin');
    const { store } = await openRecord(world);
    const captured = () => store().then((state) => state?.capturedMessages ?? []);
    await until('the capture', async () => (await captured()).length === 1);
    expect((await captured())[0]?.authorId).toBe(ben.id);
    await ana.react(said.ts, 'pushpin', false);
    await until('the release', async () => (await captured()).length === 0);
  });

  it('closes, and uploads the document into the thread', async () => {
    await ana.fill('Record the findings', {
      'What was the root cause?': 'A person stopped the only checkout host, believing it idle.',
      'What did we learn?': 'Hosts need a tag that says what they serve.',
      'What keeps it from happening again?': 'Tag hosts; two hosts behind checkout.',
    });
    await ana.fill('Close', {});
    const published = await until('the document', () =>
      ana.messages().find((message) => message.files.some((file) => file.name.endsWith('.md'))),
    );
    const preview = published.files[0]?.preview ?? '';
    expect(preview).toContain('# ');
    expect(preview).toContain('checkout returns 5xx');
    await ana.seeMessage('Closed');
    await ana.say('/triage export');
    await until('the answer', () =>
      ana
        .messages()
        .find((message) => message.ephemeral && /nothing has changed/.test(ana.textOf(message))),
    );
  });

  it('logged nothing above info and no secret', () => {
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
    expect(JSON.stringify(world.logLines)).not.toMatch(/xoxb-|xapp-|ASIA[A-Z0-9]{16}/);
  });
});

async function openRecord(world: BotWorld) {
  const incidentId = await until('the incident id', () => {
    const text = JSON.stringify(world.demo.workspace.view(world.demo.workspace.personId('ana')));
    return /RT-[0-9A-Z]{5}/.exec(text)?.[0];
  });
  return { store: () => world.readState(incidentId) };
}
