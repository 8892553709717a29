import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const SORRY = /I cannot record this right now/;

describe('a bot whose Redis goes away', () => {
  let redis: RedisServer;
  let world: BotWorld;

  beforeAll(async () => {
    redis = await startRedisServer();
    world = await startBotWorld({
      environment: { REDIS_URL: redis.url },
      world: { timings: { eventRetryDelaysMs: [0, 1_000, 3_000, 5_000, 10_000] } },
    });
  });
  afterAll(async () => {
    await world.close();
    await redis.close();
  });

  it('says so for a command, a button and a form, keeps what was typed, and takes the next try', async () => {
    const ana = world.person('ana');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.tap('State the problem', incidentId);
    const form = await ana.seeForm('State the problem');
    await redis.kill9();

    await ana.say('/triage note while it is away');
    await told(ana, SORRY);
    await ana.tap('Take it', incidentId);
    await until(
      'the second apology',
      () => toldTo(ana).filter((text) => SORRY.test(text)).length === 2,
    );
    await ana.submit({ 'What exactly is wrong?': 'Every request fails.' });
    expect(fieldErrors(ana)).toMatch(SORRY);
    expect(ana.view().modal?.id).toBe(form.id);
    await ana.say('/trail who stopped i-0c4e8d21f6ab97530');
    await until(
      'the third apology',
      () => toldTo(ana).filter((text) => SORRY.test(text)).length === 3,
    );

    await redis.restart();
    await until('the bot has Redis again', () =>
      world
        .store()
        .ping()
        .then(
          () => true,
          () => false,
        ),
    );
    expect(await ana.submit({ 'What exactly is wrong?': 'Every request fails.' })).toEqual({});
    await ana.tap('Take it', incidentId);
    await ana.say('/triage note it is back');
    const state = await stateOf(world, incidentId);
    expect(state.problem?.symptoms).toBe('Every request fails.');
    expect(state.ownerId).toBe(ana.id);
    expect(state.notes.map((note) => note.text)).toEqual(['it is back']);
    await ana.seeMessage('Step 2 of 7');
  });

  it('takes a pin that came meanwhile when Slack brings it again', async () => {
    const ana = world.person('ana');
    const root = await ana.seeMessage('Step 2 of 7');
    await ana.say('the queue is full', root.threadTs);
    const said = await ana.seeMessage('the queue is full');
    await redis.kill9();
    await ana.react(said.ts, 'pushpin');
    const { journal } = world.demo.workspace;
    await until('the bot left it unacknowledged', () =>
      journal.envelopes('events_api').some(({ outcome }) => outcome === 'timeout'),
    );
    await redis.restart();
    const incidentId = /RT-[0-9A-Z]{5}/.exec(JSON.stringify(ana.messages()))?.[0] ?? '';
    await until('the pin is on record', async () =>
      (await stateOf(world, incidentId)).capturedMessages.some(
        ({ messageTs }) => messageTs === said.ts,
      ),
    );
  });
});
