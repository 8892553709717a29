import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const ROOMS = [
  'buttons',
  'edit',
  'help',
  'slip',
  'pages',
  'progress',
  'limit',
  'thread',
  'attach',
  'restart',
] as const;
const STOPPED = /noor\.haddad@northwind\.example stopped i-0c4e8d21f6ab97530/;
/** Matches nothing, and can only be answered by reading every call of days that nobody asked for yet. */
const longQuestion = (days: number) => `who did agent:nobody-has-this since ${days}d`;

/** Everything that can be done with an answer, in a real workspace, with real AWS clients. */
describe('an answer to /trail in Slack', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed(...ROOMS), deliveryLagMs: 0 },
      pauses: { progressAfterMs: 700, lookupTimeMaxMs: 9_000, freshMs: 0 },
    });
  });
  afterEach(() => {
    world.demo.aws.faults.clear();
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  });
  afterAll(() => world.close());

  const newAnswer = async (person: TestPerson, act: () => Promise<unknown>, wanted: RegExp) => {
    const before = toldTo(person).length;
    await act();
    return until(`a new answer ${wanted}`, () =>
      toldTo(person)
        .slice(before)
        .findLast((text) => wanted.test(text)),
    );
  };
  const slowly = (delayMs: number) =>
    world.demo.aws.faults.add({ kind: 'slow', operation: 'LookupEvents', delayMs });

  it('is shared, told by its record, its session and its role, each by one tap', async () => {
    const ana = world.person('ana', 'buttons');
    const text = await newAnswer(
      ana,
      () => ana.say('/trail who stopped i-0c4e8d21f6ab97530 since 3h'),
      STOPPED,
    );
    expect(text).toContain('Understood: stopped · resource i-0c4e8d21f6ab97530');

    await ana.tap('Share here', STOPPED);
    const shared = await until('the shared answer', () =>
      ana.messages().find((message) => !message.ephemeral && STOPPED.test(ana.textOf(message))),
    );
    expect(JSON.stringify(shared.blocks)).not.toContain('tap:');

    await newAnswer(ana, () => ana.tap('Show the record', STOPPED), /StopInstances/);
    await newAnswer(ana, () => ana.tap('Whole session', STOPPED), /DescribeInstance|Also/);
    await newAnswer(ana, () => ana.tap('Who assumed this role', STOPPED), /assumed|role/i);
    await untilQuiet(world);
  });

  it.each(['/trail', '/trail help'])('is what `%s` teaches to ask for', async (typed) => {
    const ana = world.person('ana', 'help');
    const help = await newAnswer(ana, () => ana.say(typed), /Who did that in AWS\?/);
    expect(help).toContain('/trail who stopped i-0abc1234');
    expect(help).not.toContain('opens an incident');
  });

  it('is edited in a form that says what it does not understand, and asked anew', async () => {
    const ana = world.person('ana', 'edit');
    await newAnswer(
      ana,
      () => ana.say('/trail who terminated i-0c4e8d21f6ab97530 since 3h'),
      /No call that matches/,
    );
    await ana.tap('Edit');
    const form = await ana.seeForm('Edit the question');
    expect(JSON.stringify(form.view)).toContain('who terminated i-0c4e8d21f6ab97530 since 3h');
    await ana.submit({ 'Who did what?': 'who stopped i-0c4e8d21f6ab97530 sicne 3h' });
    expect(fieldErrors(ana)).toContain('did you mean `since`?');
    await ana.submit({ 'Who did what?': ' ' });
    expect(fieldErrors(ana)).toContain('missing');
    const errors = { 'Who did what?': 'who stopped i-0c4e8d21f6ab97530 since 3h' };
    const answer = await newAnswer(
      ana,
      async () => expect(await ana.submit(errors)).toEqual({}),
      STOPPED,
    );
    expect(answer).toMatch(/today|yesterday/);
  });

  it('marks the slip in a question and asks what was probably meant', async () => {
    const ben = world.person('ben', 'slip');
    await newAnswer(
      ben,
      () => ben.say('/trail who stopped i-0c4e8d21f6ab97530 sicne 3h'),
      /did you mean/,
    );
    const [message] = ben.messages().filter(({ ephemeral }) => ephemeral);
    expect(JSON.stringify(message?.blocks)).toContain(
      '"text":"sicne","style":{"bold":true,"code":true}',
    );
    await newAnswer(ben, () => ben.tap('Ask that'), STOPPED);
  });

  it('is turned over page by page in place, and says which part of how many it shows', async () => {
    const ana = world.person('ana', 'pages');
    const first = await newAnswer(
      ana,
      () => ana.say('/trail is:write since 30h'),
      /Also · 1–8 of \d+/,
    );
    const count = toldTo(ana).length;
    await ana.tap('More matches');
    const second = await told(ana, /Other matches of is:write since 30h.*Also · 9–16 of \d+/);
    expect(toldTo(ana)).toHaveLength(count);
    expect(second).not.toContain('Sure who?');
    await ana.tap('Newer');
    expect(await told(ana, /Also · 1–8 of/)).toContain(first.slice(0, 60));
    expect(toldTo(ana)).toHaveLength(count);
  });

  it('says how far a long lookup is, and ends with what was found when it is cancelled', async () => {
    const ana = world.person('ana', 'progress');
    slowly(1_500);
    await ana.say(`/trail ${longQuestion(40)}`);
    await told(ana, /Looking/);
    const calls = world.demo.aws.calls.length;
    await ana.tap('Cancel');
    const answer = await told(ana, /You cancelled this before it was through/);
    expect(answer).toContain('Nothing that matches was found until then.');
    expect(answer).not.toMatch(/Looking|no answer in time/);
    await told(ana, /^Cancelled/);
    expect(toldTo(ana).filter((text) => text.includes('Looking'))).toEqual([]);
    await untilQuiet(world);
    expect(world.demo.aws.calls.length - calls).toBeLessThan(4);
  });

  it('says when a lookup took too long, with what was found until then', async () => {
    const ana = world.person('ana', 'limit');
    slowly(4_000);
    await ana.say(`/trail ${longQuestion(60)}`);
    expect(await told(ana, /took too long, so I stopped/)).toContain('Found until then');
    const before = toldTo(ana).length;
    await ana.tap('Cancel');
    await told(ana, /ended already/);
    expect(toldTo(ana)).toHaveLength(before);
  });

  it('is given by the next process when the bot is stopped in the middle of a lookup', async () => {
    const ana = world.person('ana', 'restart');
    slowly(1_500);
    await ana.say(`/trail ${longQuestion(88)}`);
    await told(ana, /Looking/);
    await world.restartBot();
    world.demo.aws.faults.clear();
    expect(await told(ana, /No call that matches/)).not.toMatch(/Not checked|cancelled|too long/);
  });

  it('does the same for a mention in a thread, where there is nothing to reply to', async () => {
    const ana = world.person('ana', 'thread');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    const mention = `<@${world.demo.workspace.botUserId}>`;
    slowly(6_000);
    await ana.say(`${mention} ${longQuestion(80)}`, rootTs);
    await told(ana, /Looking/);
    await ana.tap('Cancel');
    await told(ana, /You cancelled this/);
    world.demo.aws.faults.clear();
    await ana.say(`${mention} who stopped i-0c4e8d21f6ab97530 since 3h`, rootTs);
    await told(ana, STOPPED);
    await ana.tap('Edit', STOPPED);
    await ana.seeForm('Edit the question');
    await ana.submit({ 'Who did what?': 'is:write since 30h' });
    await told(ana, /Also · 1–8 of/);
    await ana.tap('More matches');
    await told(ana, /Also · 9–16 of/);
    const own = ana.messages().filter(({ ephemeral }) => ephemeral);
    expect(own.slice(-3).map(({ threadTs }) => threadTs)).toEqual([rootTs, rootTs, rootTs]);
    expect((await stateOf(world, incidentId)).notes).toEqual([]);
  });

  it('is attached once, however often it is tapped', async () => {
    const ana = world.person('ana', 'attach');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    await newAnswer(ana, () => ana.say('/trail who stopped i-0c4e8d21f6ab97530 since 3h'), STOPPED);
    await ana.tap('Attach as evidence', STOPPED);
    await told(ana, /Attached to RT-/);
    await ana.tap('Attach as evidence', STOPPED);
    await until(
      'the second word',
      () => toldTo(ana).filter((text) => /Attached to/.test(text)).length === 2,
    );
    const { evidence } = await stateOf(world, incidentId);
    expect(evidence.filter(({ kind }) => kind === 'lookup')).toHaveLength(1);
  });
});
