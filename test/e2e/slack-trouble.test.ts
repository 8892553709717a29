import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, postedSlots, rootsOf, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const ROOMS = [
  'limited',
  'beside',
  'unsaid',
  'hung',
  'renewed',
  'late',
  'inactive',
  'invalid',
  'scope',
  'removed',
  'deleted',
  'thread',
  'long',
  'answer',
  'stray',
] as const;

const HOUR_MS = 60 * 60_000;

/** What Slack refuses, limits, delays and repeats: somebody is told, and what was recorded is shown later. */
describe('trouble with Slack', () => {
  let world: BotWorld;
  let aheadMs = 0;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed(...ROOMS) },
      pauses: {
        unknownOutcomeWaitMs: 1_500,
        tokenRetryMs: 300,
        nowMs: () => Date.now() + aheadMs,
      },
    });
  });
  afterEach(() => world.demo.workspace.faults.clear());
  afterAll(() => world.close());

  const faults = () => world.demo.workspace.faults;
  const heard = (person: TestPerson, words: RegExp) =>
    toldTo(person).filter((text) => words.test(text)).length;
  const pins = async (incidentId: string) =>
    (await stateOf(world, incidentId)).capturedMessages.length;

  it('lets a channel that Slack limits hold up neither another nor a form', async () => {
    const ana = world.person('ana', 'limited');
    const ben = world.person('ben', 'beside');
    faults().limitChannel(ana.channelId);
    await ana.say('/triage checkout is down');
    await told(ana, /is open/);
    const { incidentId } = await openSession(ben, 'search is slow');
    await ben.tap('State the problem', incidentId);
    await ben.seeForm('State the problem');
    expect(ana.messages().filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    faults().limitChannel(ana.channelId, false);
    await ana.seeMessage('checkout is down');
  });

  it('waits when Slack limits it without a word of how long', async () => {
    const ana = world.person('ana', 'unsaid');
    const pause = { kind: 'rate-limit', retryAfterSeconds: null } as const;
    faults().nextCalls('chat.postMessage', pause);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    const slots = await postedSlots(world, ana.channelId, incidentId);
    expect(slots).toEqual([...new Set(slots)]);
    expect(world.logLines.filter(({ message }) => message === 'work failed')).toEqual([]);
  });

  it('posts one card when Slack takes it and never answers', async () => {
    const ana = world.person('ana', 'hung');
    faults().nextCalls('chat.postMessage', { kind: 'hang', isApplied: true });
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.seeMessage('i-0c4e8d21f6ab97530');
    expect(rootsOf(ana, incidentId)).toHaveLength(1);
  });

  it('takes an event once that comes again under another id', async () => {
    const ana = world.person('ana', 'renewed');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await ana.say('it began at ten', rootTs);
    const said = await ana.seeMessage('it began at ten');
    const before = toldTo(ana).length;
    faults().renewEventIds(1);
    await ana.react(said.ts, 'pushpin');
    await until('the capture', async () => (await pins(incidentId)) === 1);
    faults().renewEventIds(2);
    await ana.react(said.ts, 'pushpin', false);
    await until('it is taken off', async () => (await pins(incidentId)) === 0);
    await ana.react(said.ts, 'pushpin');
    await until('it is there again', async () => (await pins(incidentId)) === 1);
    expect(toldTo(ana).slice(before)).toEqual([]);
    await ana.say(`<@${world.demo.workspace.botUserId}> status`, rootTs);
    await told(ana, /Step 1/);
    const mention = (row: object) => JSON.stringify(row).includes('> status');
    const deliveries = () => world.demo.workspace.journal.envelopes('events_api').filter(mention);
    faults().renewEventIds(1);
    await ana.say(`<@${world.demo.workspace.botUserId}> note by hand`, rootTs);
    await until('the note', async () => (await stateOf(world, incidentId)).notes.length > 0);
    await until('all is acknowledged', () =>
      deliveries().every(({ outcome }) => outcome === 'acked'),
    );
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).notes).toHaveLength(1);
  });

  it('takes an event that comes an hour late', async () => {
    const ana = world.person('ana', 'late');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await ana.say('it began at ten', rootTs);
    const said = await ana.seeMessage('it began at ten');
    await untilQuiet(world);
    faults().holdEvents();
    await ana.react(said.ts, 'pushpin');
    await ana.say(`<@${world.demo.workspace.botUserId}> note in time`, rootTs);
    aheadMs = HOUR_MS;
    faults().holdEvents(false);
    await until('the capture', async () => (await pins(incidentId)) === 1);
    await until('the note', async () => (await stateOf(world, incidentId)).notes.length === 1);
    aheadMs = 0;
  });

  it.each([
    ['inactive', 'account_inactive', /removed from the workspace/],
    ['invalid', 'invalid_auth', /Check SLACK_BOT_TOKEN/],
  ] as const)('says once in #%s that Slack answers %s, keeps its work, and goes on after a restart', async (room, code, words) => {
    const ana = world.person('ana', room);
    const lines = () => world.logLines.filter((line) => words.test(JSON.stringify(line))).length;
    const { incidentId } = await openSession(ana, `checkout answers ${code}`);
    await untilQuiet(world);
    faults().revokeToken(code);
    await ana.say('/triage take');
    await told(ana, /You own it/);
    await until('it is in the log', () => lines() > 0);
    await world.bot().stop();
    await expect(world.startBot()).rejects.toThrow(words);
    expect(lines()).toBe(1);
    faults().revokeToken(false);
    await world.restartBot();
    await until('the owner on the card', () =>
      rootsOf(ana, incidentId).some((root) => ana.textOf(root).includes(`Owner: @${ana.id}`)),
    );
    expect(rootsOf(ana, incidentId)).toHaveLength(1);
  });

  it.each([
    ['scope', 'missing_scope', /lacks a scope/],
    ['deleted', 'channel_not_found', /cannot see this channel/],
  ] as const)('tells the owner once in #%s when Slack answers %s', async (room, error, words) => {
    const ana = world.person('ana', room);
    const ben = world.person('ben', room);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ben.tap('Take it', incidentId);
    await untilQuiet(world);
    faults().nextCalls('chat.update', { kind: 'error', error }, 20);
    faults().nextCalls('chat.postMessage', { kind: 'error', error }, 20);
    await ana.say('/triage escalate network: the first call');
    await told(ben, words);
    await ana.say('/triage escalate database: the second call');
    await untilQuiet(world);
    expect([heard(ben, words), heard(ana, words)]).toEqual([1, 0]);
    faults().clear();
    await ana.say('/triage take');
    await ana.seeMessage(`Owner: @${ana.id}`);
    await ana.seeMessage('the first call');
  });

  it('says once that it was taken out of the channel, and shows all when it is let in again', async () => {
    const ana = world.person('ana', 'removed');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    faults().removeBot(ana.channelId);
    await ana.say('/triage escalate network: the first call');
    await ana.say('/triage escalate database: the second call');
    await told(ana, /\/invite @redthread/);
    await untilQuiet(world);
    expect(heard(ana, /\/invite @redthread/)).toBe(1);
    const { channelId } = ana;
    await world.demo.workspace.perform(ana.id, { type: 'invite-bot', channelId, invite: true });
    await ana.seeMessage('the second call');
    expect(rootsOf(ana, incidentId)).toHaveLength(1);
  });

  it('says once that the message a thread began with is gone, and leaves no stray reply', async () => {
    const ana = world.person('ana', 'thread');
    await ana.say('is checkout slow for you?');
    const { ts } = await ana.seeMessage('is checkout slow');
    await ana.say(`<@${world.demo.workspace.botUserId}> checkout is slow`, ts);
    const [, incidentId = ''] = /(RT-\w{5}) is open/.exec(await told(ana, /is open/)) ?? [];
    await untilQuiet(world);
    faults().forgetMessage(ana.channelId, ts);
    await ana.say('/triage escalate network: the first call');
    await told(ana, /thread began with was deleted/);
    await ana.say('/triage escalate database: the second call');
    await untilQuiet(world);
    expect(heard(ana, /thread began with was deleted/)).toBe(1);
    const topLevel = ana.messages().filter((one) => one.threadTs === null && !one.ephemeral);
    expect(topLevel.filter((one) => ana.textOf(one).includes(incidentId))).toEqual([]);
  });

  it('says in one line what Slack does not take in any form', async () => {
    const ana = world.person('ana', 'long');
    faults().nextCalls('chat.postMessage', { kind: 'error', error: 'msg_too_long' }, 2);
    await openSession(ana, 'checkout is down');
    const line = await ana.seeMessage(/Slack does not take this part of RT-/);
    expect(ana.textOf(line)).toContain('/triage export RT-');
  });

  it('says an answer that Slack does not take in a plainer form', async () => {
    const ana = world.person('ana', 'answer');
    faults().nextCalls('chat.postEphemeral', { kind: 'error', error: 'invalid_blocks' }, 1);
    faults().nextCalls('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 1);
    await ana.say(`<@${world.demo.workspace.botUserId}> status`);
    await told(ana, /No incident is open/);
  });
});
