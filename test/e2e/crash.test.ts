import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import type { RecordedEvent } from '../../src/domain/incident/events.ts';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { openSession, postedSlots } from '../support/e2e/sessions.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

/** After a kill, work is taken up again when its lease (30 s) has ended. */
const RESUMED_WITHIN_MS = 90_000;
/** How long after the last acknowledgement of a round the bot is killed. */
const KILLED_AFTER_MS = [0, 4, 23, 90];
const NOTES_PER_ROUND = 6;
/** What the cards say while evidence is still being gathered. */
const GATHERING = /evidence from AWS, asked for/;

interface Place {
  readonly environment: Readonly<Record<string, string>>;
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

const PLACES: Readonly<Record<string, () => Promise<Place>>> = {
  'the embedded store': async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-crash-'));
    return {
      environment: { REDTHREAD_DATA: dataDirectory },
      open: () => openStore({ redisUrl: null, dataDirectory }, createKeptLog()),
      remove: () => rm(dataDirectory, { recursive: true }),
    };
  },
  Redis: async () => {
    const redis: RedisServer = await startRedisServer();
    return {
      environment: { REDIS_URL: redis.url },
      open: () => openStore({ redisUrl: redis.url, dataDirectory: '' }, createKeptLog()),
      remove: () => redis.close(),
    };
  },
};

const notesIn = (events: readonly RecordedEvent[]) =>
  events.flatMap(({ event }) => (event.type === 'note-added' ? [event.text] : []));

/** The notes whose command the bot acknowledged, in the workspace's own words. */
function acknowledgedNotes(world: DemoWorld): readonly string[] {
  return world.workspace.journal
    .envelopes('slash_commands')
    .filter((row) => row.outcome === 'acked')
    .map((row) => /^note (.*)$/.exec(String(row.payload['text']))?.[1] ?? '')
    .filter((text) => text !== '');
}

describe.concurrent.each(Object.keys(PLACES))('a bot that is killed, with %s', (name) => {
  let world: DemoWorld;
  let place: Place;
  let bot: BotProcess;
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    world = await startDemoWorld({ port: 0, rateLimits: 'off', timings: { ackMs: 1_500 } });
    place = await (PLACES[name] as () => Promise<Place>)();
    bot = await startBotProcess(world, place.environment);
    const channelId = world.workspace.channelId('incidents');
    ana = createPerson(world.workspace, 'ana', channelId);
    ben = createPerson(world.workspace, 'ben', channelId);
  });
  afterAll(async () => {
    await bot.stop();
    await world.close();
    await place.remove();
  });

  it('has every acknowledged action once, posts everything once and finishes what it began', async ({
    expect,
  }) => {
    const { incidentId } = await openSession(ana, 'checkout is down');
    await bot.kill9();
    for (const [round, killAfterMs] of KILLED_AFTER_MS.entries()) {
      await until('Slack noticed', () => ana.view().appConnections === 0);
      bot = await startBotProcess(world, place.environment);
      const said = Array.from({ length: NOTES_PER_ROUND }, (_, index) =>
        [ana, ben][index % 2]?.say(`/triage note round ${round} number ${index}`),
      );
      await said[round];
      await delay(killAfterMs);
      await bot.kill9();
      await Promise.all(said);
    }
    await until('Slack noticed', () => ana.view().appConnections === 0);
    bot = await startBotProcess(world, place.environment);
    await ana.say('/triage note the last one');
    await ana.say('/triage take');
    const acknowledged = acknowledgedNotes(world);
    const expected = [/Changes · .*[67]\d changes/, /Alarms · /, /owns it now/];
    await until(
      'everything is shown',
      () => expected.every((words) => ana.findMessage(words)) && !ana.findMessage(GATHERING),
      RESUMED_WITHIN_MS,
    );
    expect(await bot.stop()).toBe(0);

    const store = await place.open();
    const events = await store.readEvents(incidentId);
    const state = await store.readState(incidentId);
    const messages = await store.readMessages(incidentId);
    await store.close();
    expect(events.map((event) => event.version)).toEqual(events.map((_, index) => index + 1));
    expect(state?.version).toBe(events.length);
    const notes = notesIn(events);
    expect(notes).toEqual([...new Set(notes)]);
    expect(acknowledged.filter((text) => !notes.includes(text))).toEqual([]);
    // A slow machine may acknowledge nothing in a round; the last note always is.
    expect(acknowledged.length).toBeGreaterThan(KILLED_AFTER_MS.length / 2);
    expect(state?.gatherings.map((one) => one.finishedAtMs === null)).toEqual([false]);
    expect(state?.evidence.map((one) => one.kind).sort()).toEqual(['alarms', 'changes']);
    const slots = await postedSlots({ demo: world }, ana.channelId, incidentId);
    expect(slots).toEqual([...new Set(slots)]);
    expect(slots).toEqual(messages.map((message) => message.slot).sort());
  }, 180_000);
});
