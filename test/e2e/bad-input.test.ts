import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { botPosts } from '../support/e2e/bot-posts.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { ODD_NAME, roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, rootsOf, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const FAR_TOO_LONG = 'checkout is down '.repeat(2_400).trim();

const STALE_BUTTONS = [
  ['tap:take-ownership', 'RT-0000Z|'],
  ['tap:approve-plan', 'RT-0000Z|plan-1'],
  ['tap:show-status', 'RT-0000Z|'],
  ['tap:show-menu', 'RT-0000Z|'],
  ['tap:gather-again', 'RT-0000Z|'],
  ['tap:publish-again', 'RT-0000Z|'],
  ['open:problem', 'RT-0000Z|'],
  ['open:close', 'not a target of ours'],
  ['tap:take-ownership', 'not a target of ours'],
  ['tap:attach-trail', '|61a5e29f-1180-46e1-b308-729fd62ac61c'],
].map(([actionId = '', value = '']) => ({ actionId, value, label: `${actionId} of ${value}` }));

/** What people get wrong is answered with a sentence to them alone, and the bot goes on. */
describe('bad input', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('words', 'long', 'closed', 'stale', 'archive', 'forms', 'guests') },
    });
    await botPosts(world, world.person('ana', 'stale'), STALE_BUTTONS);
  });
  afterEach(() => {
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  });
  afterAll(() => world.close());

  const openIn = (channelName: string) =>
    world.store().listIncidents({
      channelId: world.demo.workspace.channelId(channelName),
      limit: 10,
    });

  it.each([
    ['/triage statsu', /status/],
    ['/triage checkout is down since 25:99', /25:99/],
    ['/triage note', /note/],
    ['/triage handoff somebody', /handoff|person/],
    ['/triage close "unfinished', /quote|No incident/],
    ['/triage reopen RT-0000Z because', /RT-0000Z/],
    ['/triage status RT-0000Z', /RT-0000Z/],
    ['/triage take', /No incident is open/],
    ['/trail who stopped i-0c4e8d21f6ab97530 since 25:99', /25:99/],
    ['/trail who', /who/],
    ['/trail user: since', /./],
  ])('answers %s to the person and opens nothing', async (line, sentence) => {
    const ana = world.person('ana', 'words');
    const before = toldTo(ana).length;
    await ana.say(line);
    const answer = await until('the answer', () => toldTo(ana).slice(before).at(-1));
    expect(answer).toMatch(sentence);
    expect(answer).not.toMatch(/undefined|\[object|Error:|went wrong/);
    expect(await openIn('words')).toEqual([]);
    expect(ana.messages().filter((message) => !message.ephemeral)).toEqual([]);
  });

  it('refuses 40,000 characters in a command, in a thread and in a form, and keeps the session whole', async () => {
    const chidi = world.person('chidi', 'long');
    await chidi.say(`/triage ${FAR_TOO_LONG}`);
    await told(chidi, /longer than/);
    await chidi.say(`/trail who stopped ${FAR_TOO_LONG}`);
    await until('the second refusal', () => toldTo(chidi).length === 2);
    expect(await openIn('long')).toEqual([]);

    const { incidentId, rootTs } = await openSession(chidi, 'checkout is down');
    const mention = `<@${world.demo.workspace.botUserId}> note ${FAR_TOO_LONG}`;
    const before = toldTo(chidi).length;
    await chidi.say(mention, rootTs);
    expect(await until('the answer', () => toldTo(chidi)[before])).toMatch(/longer than/);

    await chidi.tap('State the problem', incidentId);
    await chidi.seeForm();
    const errors = await chidi.submit({ 'What exactly is wrong?': FAR_TOO_LONG });
    expect(Object.keys(errors)).toHaveLength(1);
    const state = await stateOf(world, incidentId);
    expect([state.problem, state.notes]).toEqual([null, []]);
  });

  it('keeps a title that is too long whole, as the first note', async () => {
    const ben = world.person('ben', 'long');
    const words = `checkout is down ${'and nobody knows why '.repeat(20)}`.trim();
    await ben.say(`/triage ${words}`);
    const [, incidentId = ''] = /(RT-\w{5}) is open/.exec(await told(ben, /is open/)) ?? [];
    const state = await stateOf(world, incidentId);
    expect(state.title.length).toBeLessThanOrEqual(150);
    expect(state.notes.map((note) => note.text)).toEqual([words]);
  });

  it('says what to do when a session is closed already, by command and by an old button', async () => {
    const ana = world.person('ana', 'closed');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.say('/triage close "false alarm"');
    await told(ana, /^Closed|Closed\./);
    await ana.say(`/triage close ${incidentId} again`);
    await told(ana, /closed (already|\d|by|at)|is closed|already closed/i);
    await ana.say('/triage take');
    await told(ana, /No incident is open/);
    await ana.say(`/triage escalate ${incidentId} to: ops reason: help`);
    await botPosts(world, ana, [
      { actionId: 'tap:take-ownership', value: `${incidentId}|`, label: 'Old button' },
    ]);
    await ana.tap('Old button');
    expect(await ana.seeWindow(/./)).toMatch(/closed/i);
    const state = await stateOf(world, incidentId);
    expect([state.status, state.ownerId, state.escalations]).toEqual(['closed', null, []]);
  });

  it.each(
    STALE_BUTTONS.map((button) => [button.label]),
  )('tells who taps the stale button %s that it leads nowhere', async (label) => {
    const ana = world.person('ana', 'stale');
    await ana.tap(label);
    expect(await ana.seeWindow(/./)).toMatch(
      /do not know|no incident|do not understand|no such incident/i,
    );
    expect(await openIn('stale')).toEqual([]);
    await untilQuiet(world);
  });

  it('records in a channel it is not in, says so once, and appears by itself when invited', async () => {
    const ana = world.person('ana', 'payments-team');
    await ana.say('/triage renewals are slow');
    const [, incidentId = ''] = /(RT-\w{5}) is open/.exec(await told(ana, /is open/)) ?? [];
    await told(ana, /\/invite @redthread/);
    await until('the evidence is in', async () =>
      (await stateOf(world, incidentId)).gatherings.every((one) => one.finishedAtMs !== null),
    );
    await untilQuiet(world);
    expect(toldTo(ana).filter((text) => text.includes('/invite @redthread'))).toHaveLength(1);
    expect(rootsOf(ana, incidentId)).toEqual([]);

    const channelId = world.demo.workspace.channelId('payments-team');
    await world.demo.workspace.perform(ana.id, { type: 'invite-bot', channelId, invite: true });
    await until('the card', () => rootsOf(ana, incidentId).length === 1);
    await ana.seeMessage('checkout-5xx');
  });

  it('keeps what is submitted after the channel was archived, and says that it cannot be shown', async () => {
    const ana = world.person('ana', 'archive');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    await ana.tap('State the problem', incidentId);
    await ana.seeForm();
    world.demo.workspace.faults.archiveChannel(world.demo.workspace.channelId('archive'));
    const errors = await ana.submit({ 'What exactly is wrong?': 'Every request fails.' });
    expect(errors).toEqual({});
    expect((await stateOf(world, incidentId)).problem?.symptoms).toBe('Every request fails.');
    await told(ana, /archived/);
  });

  it('puts a sentence on the field of an empty form and takes the next try', async () => {
    const ana = world.person('ana', 'forms');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('State the problem', incidentId);
    await ana.seeForm();
    await ana.submit({ 'What exactly is wrong?': '' });
    expect(fieldErrors(ana)).not.toBe('');
    await ana.submit({ 'What exactly is wrong?': ' \n\t ' });
    expect(fieldErrors(ana)).toMatch(/missing|needed|say|write|empty/i);
    expect((await stateOf(world, incidentId)).problem).toBeNull();
    expect(await ana.submit({ 'What exactly is wrong?': 'Every request fails.' })).toEqual({});
    expect((await stateOf(world, incidentId)).problem?.symptoms).toBe('Every request fails.');
  });

  it('works with somebody whose name is emoji and markup', async () => {
    const gus = world.person(ODD_NAME, 'guests');
    const { incidentId } = await openSession(gus, 'uploads fail :fire: 🔥');
    await gus.tap('Take it', incidentId);
    await until('the owner', async () => (await stateOf(world, incidentId)).ownerId === gus.id);
    await gus.say('/triage close "not ours"');
    const document = await until('the document', () =>
      gus
        .messages()
        .flatMap(({ files }) => files)
        .find(({ name }) => name.endsWith('.md')),
    );
    expect(document.preview).toContain('gus🦄');
    expect(document.preview).not.toContain('<!here>');
  });
});
