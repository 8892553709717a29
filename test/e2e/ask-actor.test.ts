import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Statement } from '../../src/domain/incident/evidence.ts';
import { northwindSeed, type WorkspaceSeed } from '../../src/simulator/workspace/seed.ts';
import { inDirect, openFilledForm } from '../support/e2e/asked.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { INSTANCE } from '../support/e2e/demo-steps.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const NOT_MEMBERS = [
  { name: 'gus', realName: 'Gus Guest', email: 'gus@partner.example', isGuest: true },
  { name: 'sid', realName: 'Sid Elsewhere', email: 'sid@other.example', teamId: 'T0OTHER' },
  { name: 'lea', realName: 'Lea Gone', email: 'lea@northwind.example', isDeactivated: true },
].map((person) => ({ timeZone: 'Europe/Paris', ...person }));

const SEED: WorkspaceSeed = {
  ...northwindSeed,
  people: [...northwindSeed.people, ...NOT_MEMBERS],
  channels: [
    ...northwindSeed.channels,
    ...['one', 'two', 'alone', 'others', 'late'].map((name) => ({ name, hasBot: true })),
  ],
};

const ANSWER = 'Sure who?';
const QUESTION = `/trail who stopped ${INSTANCE} since 2d`;

describe('asking the person behind a call', () => {
  let world: BotWorld;
  let noor: TestPerson;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: SEED } });
    noor = inDirect(world, 'noor');
  });
  afterAll(() => world.close());

  const statementsOf = async (incidentId: string): Promise<readonly Statement[]> =>
    (await stateOf(world, incidentId)).evidence.filter((row) => row.kind === 'statement');
  const answered = (incidentId: string, verdict: string | null) =>
    until(`${verdict} is on the record of ${incidentId}`, async () =>
      (await statementsOf(incidentId)).find(({ answer }) => answer?.verdict === verdict),
    );
  const personId = (name: string) => world.demo.workspace.personId(name);

  it('finds them by e-mail, sends nothing before it is confirmed, and puts what they say on the record', async () => {
    const ana = world.person('ana', 'one');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await ana.say(QUESTION);
    const form = await openFilledForm(ana, 'Ask the actor', ANSWER);
    expect(textIn(form.view['blocks'])).toMatch(
      /noor\.haddad@northwind\.example.*stopped.*Found in Slack by noor\.haddad@northwind\.example/,
    );
    expect(JSON.stringify(form.view['blocks'])).toContain(`"initial_user":"${personId('noor')}"`);
    expect(noor.messages()).toEqual([]);
    expect(await ana.submit({})).toEqual({});

    await noor.seeMessage(
      new RegExp(`@${ana.id} , working on incident ${incidentId}.*stopped.*Was this you`),
    );
    await ana.seeMessage(`Asked @${personId('noor')} , no answer yet`);
    await noor.tap('Not me');
    await answered(incidentId, 'not-me');
    await noor.seeMessage('Your answer: Not me');
    await ana.seeMessage(/Not me , asked by @\w+.*breach playbook/);
    const card = await ana.seeMessage(`Statement of @${personId('noor')}`);
    expect(ana.textOf(card)).toMatch(/Not me.*not proof.*breach playbook/);
  });

  it('lets them change the answer and write something, and nobody else', async () => {
    const [{ incidentId = '' } = {}] = await world.store().listIncidents({ limit: 1 });
    await noor.tap('Yes, by mistake');
    await answered(incidentId, 'mistake');
    await noor.fill('Comment…', { 'What should they know?': 'I took it for i-0f1a <!channel>' });
    const kept = await until('the comment', async () =>
      (await statementsOf(incidentId)).find(({ answer }) => answer?.comment?.includes('i-0f1a')),
    );
    expect(kept.answer?.verdict).toBe('mistake');
    await noor.tap('Yes, planned');
    await answered(incidentId, 'planned');
    expect(await statementsOf(incidentId)).toHaveLength(1);
    const events = await world.store().readEvents(incidentId);
    const said = events.flatMap(({ event, actor }) =>
      event.type === 'evidence-recorded' && event.evidence.kind === 'statement'
        ? [[actor.kind === 'person' ? actor.userId : 'bot', event.evidence.answer?.verdict ?? null]]
        : [],
    );
    expect(said).toEqual([
      [personId('ana'), null],
      [personId('noor'), 'not-me'],
      [personId('noor'), 'mistake'],
      [personId('noor'), 'mistake'],
      [personId('noor'), 'planned'],
    ]);
  });

  it('does not ask the same twice, and gives the next one who asks the answer there is', async () => {
    const ben = world.person('ben', 'two');
    const { incidentId } = await openSession(ben, 'checkout again');
    await ben.say(QUESTION);
    const before = noor.messages().length;
    const form = await openFilledForm(ben, 'Ask the actor', ANSWER);
    expect(textIn(form.view['blocks'])).toMatch(/was asked about this call already.*Yes, planned/);
    await ben.submit({ 'What do you ask?': 'And you?' });
    const info = await until('what was answered', () =>
      /Nothing was sent again/.test(textIn(ben.view().modal?.view)) ? ben.view().modal : null,
    );
    expect(textIn(info?.view)).toMatch(/Yes, planned.*This is what they say, not proof/);
    await answered(incidentId, 'planned');
    await untilQuiet(world);
    expect(noor.messages()).toHaveLength(before);
  });

  it('tells whoever asked outside an incident, as often as the answer changes', async () => {
    const chidi = world.person('chidi', 'alone');
    await chidi.say(QUESTION);
    await openFilledForm(chidi, 'Ask the actor', ANSWER);
    await chidi.submit({});
    await told(chidi, /You asked @\w+ about a call in AWS.*Yes, planned/);
    await noor.tap('Not me');
    await told(chidi, /Not me.*not proof.*breach playbook/);
  });

  it('survives a restart between question and answer', async () => {
    const ana = world.person('ana', 'others');
    const { incidentId } = await openSession(ana, 'listener changed');
    await openFilledForm(ana, /marek\.dvorak.*access key/);
    await ana.submit({ 'What do you ask?': 'Did you mean production?' });
    const marek = inDirect(world, 'marek');
    await marek.seeMessage('Did you mean production?');
    await untilQuiet(world);
    await world.restartBot();
    await until('the bot is back', () => world.demo.botConnected());
    await marek.tap('Yes, planned');
    await answered(incidentId, 'planned');
  });

  it('warns of a guest and of another organisation, and refuses apps and deactivated accounts', async () => {
    const dora = world.person('dora', 'late');
    await dora.say(QUESTION);
    await openFilledForm(dora, 'Ask the actor', ANSWER);
    for (const [name, sentence] of [
      [world.demo.workspace.personId('lea'), /Lea Gone has a deactivated account/],
      [world.demo.workspace.personId('redthread'), /is an app/],
    ] as const) {
      await dora.submit({ 'Who is it in Slack?': name });
      expect(fieldErrors(dora)).toMatch(sentence);
    }
    await dora.submit({ 'Who is it in Slack?': personId('sid') });
    const warning = await until('the warning', () =>
      /Sid Elsewhere belongs to another organisation/.test(textIn(dora.view().modal?.view)),
    );
    expect(warning).toBe(true);
    await dora.submit({ 'Who is it in Slack?': personId('gus') });
    await until('the other warning', () =>
      /Gus Guest is a guest here/.test(textIn(dora.view().modal?.view)),
    );
    expect(inDirect(world, 'gus').messages()).toEqual([]);
    await dora.submit({});
    await inDirect(world, 'gus').seeMessage(`@${dora.id} in`);
  });
});

describe('a question that cannot be put or is not answered', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let incidentId: string;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: SEED }, pauses: { answerWaitMs: 1_500 } });
    ana = world.person('ana', 'one');
    ({ incidentId } = await openSession(ana, 'checkout is down'));
    await ana.say(QUESTION);
  });
  afterAll(() => world.close());

  const sent = () =>
    world.demo.workspace.journal
      .calls('chat.postMessage')
      .filter(({ args }) => String(args['text']).includes('asks you about a call'));
  const statements = async () =>
    (await stateOf(world, incidentId)).evidence.filter((row) => row.kind === 'statement');

  it.each([
    ['user_disabled', /Their account is deactivated/],
    ['cannot_dm_bot', /That is an app/],
    ['missing_scope', /lacks a scope/],
    ['user_not_visible', /does not let me see/],
    ['something_new', /refused the message \(something_new\)/],
  ])('is withdrawn where Slack says %s, and the asker is told', async (error, sentence) => {
    await openFilledForm(ana, 'Ask the actor', ANSWER);
    world.demo.workspace.faults.nextCalls('conversations.open', { kind: 'error', error });
    await ana.submit({});
    // A question that was withdrawn before is no question that was asked before.
    expect(ana.view().modal).toBeNull();
    await told(ana, new RegExp(`I could not ask.*${sentence.source}.*Nothing was sent`));
    await untilQuiet(world);
    expect(sent()).toEqual([]);
    expect(await statements()).toEqual([]);
  });

  it('says who could not be looked up when the scope is missing, and lets the asker choose', async () => {
    const fault = { kind: 'error', error: 'missing_scope' } as const;
    world.demo.workspace.faults.nextCalls('users.lookupByEmail', fault);
    const form = await openFilledForm(ana, 'Ask the actor', ANSWER);
    expect(textIn(form.view['blocks'])).toMatch(
      /could not look up noor\.haddad@northwind\.example.*lacks a scope.*Choose who it was/,
    );
    expect(JSON.stringify(form.view['blocks'])).not.toContain('initial_user');
    await ana.submit({});
    expect(fieldErrors(ana)).not.toBe('');
  });

  it('can be put after all, through a throttle and a lost answer, and is told once when nobody answers', async () => {
    const { faults } = world.demo.workspace;
    faults.nextCalls('conversations.open', { kind: 'rate-limit', retryAfterSeconds: 1 });
    faults.nextCalls('chat.postMessage', { kind: 'drop-reply' });
    await openFilledForm(ana, 'Ask the actor', ANSWER);
    await ana.submit({});
    await told(ana, /has not answered in \d+ minutes whether this was them: stopped/);
    const overdue = toldTo(ana).filter((text) => text.includes('I do not ask again'));
    expect(overdue).toHaveLength(1);
    // Where Slack’s answer was lost it is sent again: twice is better than never.
    expect(sent()).toHaveLength(2);
    expect(await statements()).toMatchObject([{ answer: null, askedBy: ana.id }]);
  });

  it('is answered once when the tap is delivered twice', async () => {
    world.demo.workspace.faults.deliverTwice(1);
    await inDirect(world, 'noor').tap('Yes, planned');
    await until('the answer is on the record', async () => (await statements())[0]?.answer != null);
    await untilQuiet(world);
    const events = await world.store().readEvents(incidentId);
    const said = events.filter(
      ({ event }) =>
        event.type === 'evidence-recorded' && event.evidence.evidenceId.startsWith('statement-'),
    );
    expect(said).toHaveLength(2);
  });

  it('is told to the asker when the incident was closed before the answer came', async () => {
    await ana.say(`/triage close ${incidentId} enough for today`);
    await until('it is closed', async () => (await stateOf(world, incidentId)).status === 'closed');
    await inDirect(world, 'noor').tap('Not me');
    await told(ana, /You asked @\w+ about a call.*Not me/);
    await told(ana, new RegExp(`not on the record of ${incidentId}.*reopen`));
    expect(await statements()).toMatchObject([{ answer: { verdict: 'planned' } }]);
  });
});
