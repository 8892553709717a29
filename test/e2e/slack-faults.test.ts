import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { botPosts } from '../support/e2e/bot-posts.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import {
  hasNoWorkNow,
  openSession,
  postedSlots,
  rootsOf,
  stateOf,
  untilQuiet,
  versionsOf,
} from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { freePort } from '../support/redis-server.ts';

const ROOMS = [
  'twice',
  'twice-note',
  'twice-pin',
  'dropped',
  'dropped-lag',
  'failed',
  'updates',
  'limited',
  'refused',
  'deleted',
  'refresh',
  'sockets',
  'revoked',
  'trigger',
] as const;

/** What Slack does to a bot on a bad day: nothing is lost, nothing comes twice. */
describe('faults of Slack', () => {
  let world: BotWorld;
  let healthUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    healthUrl = `http://127.0.0.1:${port}/readyz`;
    world = await startBotWorld({
      world: { seed: roomsSeed(...ROOMS) },
      environment: { PORT: String(port) },
      pauses: { unknownOutcomeWaitMs: 1_500, tokenRetryMs: 300 },
    });
  });
  afterEach(() => world.demo.workspace.faults.clear());
  afterAll(() => world.close());

  const faults = () => world.demo.workspace.faults;
  const sessionsIn = ({ channelId }: TestPerson) =>
    world.store().listIncidents({ channelId, limit: 10 });
  const readiness = async () => (await fetch(healthUrl)).status;

  /** One card in the channel, every message of the session once, and a log without gaps. */
  async function expectShownOnce(person: TestPerson, incidentId: string) {
    await untilQuiet(world);
    expect(rootsOf(person, incidentId)).toHaveLength(1);
    const slots = await postedSlots(world, person.channelId, incidentId);
    expect(slots).toEqual([...new Set(slots)]);
    expect(slots).toEqual(
      (await world.store().readMessages(incidentId)).map((one) => one.slot).sort(),
    );
    const versions = await versionsOf(world, incidentId);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }

  it('opens one session for a command that arrives twice, and records one tap for two', async () => {
    const ana = world.person('ana', 'twice');
    faults().deliverTwice(1);
    const { incidentId } = await openSession(ana, 'checkout is down');
    expect(await sessionsIn(ana)).toHaveLength(1);
    faults().deliverTwice(1);
    await ana.tap('Take it', incidentId);
    await until('the owner', async () => (await stateOf(world, incidentId)).ownerId === ana.id);
    const events = await world.store().readEvents(incidentId);
    expect(events.filter(({ event }) => event.type === 'owner-changed')).toHaveLength(1);
    await expectShownOnce(ana, incidentId);
    expect(toldTo(ana).filter((text) => text.includes('is open'))).toHaveLength(1);
  });

  it('records one note for a command, a form and a mention that arrive twice', async () => {
    const ana = world.person('ana', 'twice-note');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    faults().deliverTwice(1);
    await ana.say('/triage note by command');
    await ana.tap(/^(Add a note|Note)$/, incidentId);
    await ana.seeForm();
    faults().deliverTwice(1);
    await ana.submit({ 'What should be on the record?': 'by form' });
    faults().deliverTwice(2);
    await ana.say(`<@${world.demo.workspace.botUserId}> note by mention`, rootTs);
    await until('three notes', async () => (await stateOf(world, incidentId)).notes.length >= 3);
    await expectShownOnce(ana, incidentId);
    const { notes } = await stateOf(world, incidentId);
    expect(notes.map((note) => note.text)).toEqual(['by command', 'by form', 'by mention']);
  });

  it('captures a message once for a pin that arrives twice, and does not scold', async () => {
    const ana = world.person('ana', 'twice-pin');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await ana.say('first complaint at 10:41', rootTs);
    const said = await ana.seeMessage('first complaint');
    const before = toldTo(ana).length;
    faults().deliverTwice(1);
    await ana.react(said.ts, 'pushpin');
    await until(
      'the capture',
      async () => (await stateOf(world, incidentId)).capturedMessages.length === 1,
    );
    // The bot's own mark is told of as well.
    const pins = () =>
      world.demo.workspace.journal
        .envelopes('events_api')
        .filter(({ payload }) => JSON.stringify(payload['event']).includes(said.ts))
        .filter(({ payload }) => JSON.stringify(payload).includes(`"user":"${ana.id}","reaction"`));
    await until(
      'both deliveries are acknowledged',
      () => pins().length === 2 && pins().every((row) => row.outcome === 'acked'),
    );
    await expectShownOnce(ana, incidentId);
    expect((await stateOf(world, incidentId)).capturedMessages).toHaveLength(1);
    expect(toldTo(ana).slice(before)).toEqual([]);
  });

  it.each([
    ['dropped', 'the answer is lost', 0, { kind: 'drop-reply' }],
    ['dropped-lag', 'the answer is lost and history lags', 900, { kind: 'drop-reply' }],
    ['failed', 'Slack says 500 but did it', 0, { kind: 'status', status: 500, isApplied: true }],
  ] as const)('posts one card in #%s when %s', async (room, _why, lagMs, fault) => {
    const ana = world.person('ana', room);
    faults().delayHistory(lagMs);
    faults().nextCalls('chat.postMessage', fault, 2);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.seeMessage('i-0c4e8d21f6ab97530');
    await expectShownOnce(ana, incidentId);
  });

  it('shows the newest state after updates that failed', async () => {
    const ana = world.person('ana', 'updates');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    faults().nextCalls('chat.update', { kind: 'status', status: 503, isApplied: false }, 3);
    await ana.tap('Take it', incidentId);
    await ana.seeMessage(`Owner: @${ana.id}`);
    await expectShownOnce(ana, incidentId);
  });

  it('shows everything once after rate limits', async () => {
    const ana = world.person('ana', 'limited');
    faults().nextCalls('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 }, 4);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.seeMessage('i-0c4e8d21f6ab97530');
    await expectShownOnce(ana, incidentId);
  });

  it('sends the plain form of a message whose blocks Slack refuses', async () => {
    const ana = world.person('ana', 'refused');
    faults().nextCalls('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 1);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.seeMessage('Owner: nobody yet');
    await expectShownOnce(ana, incidentId);
    expect(world.logLines.map((line) => line.message)).toContain(
      'Slack refused blocks, sending the plain form',
    );
  });

  it('posts the session again, once, when somebody deleted its card', async () => {
    const ana = world.person('ana', 'deleted');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    const { apiUrl, botToken } = world.demo.workspace;
    await fetch(`${apiUrl}chat.delete`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${botToken}` },
      body: JSON.stringify({ channel: ana.channelId, ts: rootTs }),
    });
    await ana.say('/triage take');
    const root = await until('the new card', () =>
      rootsOf(ana, incidentId).find((message) => message.ts !== rootTs),
    );
    await untilQuiet(world);
    expect(rootsOf(ana, incidentId).map((message) => message.ts)).toEqual([root.ts]);
    await ana.fill('State the problem', { 'What exactly is wrong?': 'Every request fails.' });
    await until('the next step in the new thread', () =>
      ana
        .messages()
        .some(
          (message) => message.threadTs === root.ts && ana.textOf(message).includes('Step 2 of 7'),
        ),
    );
  });

  it('loses no command while Slack refreshes both sockets one after the other', async () => {
    const ana = world.person('ana', 'refresh');
    const { incidentId } = await openSession(ana, 'checkout is down');
    const connections = () => ana.view().appConnections;
    await until('both sockets', () => connections() === 2);
    for (let index = 0; index < 30; index += 1) {
      if (index === 5 || index === 15) faults().disconnectSockets('refresh_requested', 'one');
      await ana.say(`/triage note number ${index}`);
      if (index === 14) await until('both sockets again', () => connections() === 2);
    }
    const { notes } = await stateOf(world, incidentId);
    expect(notes.map((note) => note.text)).toEqual(
      Array.from({ length: 30 }, (_, index) => `number ${index}`),
    );
    expect(ana.view().notices).toEqual([]);
    await until('both sockets at the end', () => connections() === 2);
  });

  it('comes back by itself after both sockets were cut', async () => {
    const ana = world.person('ana', 'sockets');
    const { incidentId } = await openSession(ana, 'checkout is down');
    faults().dropSockets('all');
    await until('nothing is connected', () => ana.view().appConnections === 0);
    expect(await readiness()).toBe(503);
    await until('both sockets', () => ana.view().appConnections === 2, 60_000);
    await until('it is ready', async () => (await readiness()) === 200);
    await ana.say('/triage note after the cut');
    expect((await stateOf(world, incidentId)).notes).toHaveLength(1);
  });

  it('keeps its work while the token is revoked, is not ready, and goes on when it is restored', async () => {
    const ana = world.person('ana', 'revoked');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    faults().revokeToken();
    await ana.say('/triage take');
    await told(ana, /You own it/);
    await until('it is not ready', async () => (await readiness()) === 503);
    expect(await hasNoWorkNow(world.store())).toBe(false);
    const refusals = world.logLines.filter((line) =>
      line.message.includes('refuses the bot token'),
    );
    expect(refusals).toHaveLength(1);
    expect(JSON.stringify(refusals)).toContain('was revoked');
    faults().revokeToken(false);
    await ana.seeMessage(`Owner: @${ana.id}`);
    await until('it is ready again', async () => (await readiness()) === 200);
    await expectShownOnce(ana, incidentId);
    expect((await world.store().workCounts()).dead).toBe(0);
  });

  it('tells the person when Slack no longer opens the form they asked for', async () => {
    const ana = world.person('ana', 'trigger');
    const { incidentId } = await openSession(ana, 'checkout is down');
    faults().nextCalls('views.open', { kind: 'error', error: 'expired_trigger_id' }, 2);
    await ana.tap('State the problem', incidentId);
    await told(ana, /too slow.*try again/);
    await botPosts(world, ana, [{ actionId: 'tap:open-start-form', value: '|', label: 'Start' }]);
    const before = toldTo(ana).length;
    await ana.tap('Start');
    expect(await until('the answer', () => toldTo(ana)[before])).toMatch(/too slow.*try again/);
    await ana.tap('State the problem', incidentId);
    await ana.seeForm('State the problem');
  });
});
