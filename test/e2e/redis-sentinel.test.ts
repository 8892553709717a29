import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import {
  checkActions,
  checkLog,
  checkShown,
  createPostLedger,
  type DoneAction,
} from '../support/e2e/check-history.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { hasNoWorkNow, openSession } from '../support/e2e/sessions.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { type SentinelGroup, startSentinels } from '../support/redis-group.ts';

const SENTINEL_PASSWORD = 'of-the-sentinels';
const QUIET_WITHIN_MS = 90_000;
const NOTED = /Noted\./;
/** Not recorded, or nobody can say yet. */
const TOLD = /I cannot record this right now|takes me longer than it should/;

describe('a bot whose Redis has sentinels', () => {
  let group: SentinelGroup;
  let world: DemoWorld;
  let bot: BotProcess;

  beforeAll(async () => {
    const password = 'of-the-servers';
    group = await startSentinels({ password, sentinelPassword: SENTINEL_PASSWORD });
    world = await startDemoWorld({ port: 0, rateLimits: 'off' });
    bot = await startBotProcess(world, {
      REDIS_URL: group.url,
      REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD,
      REDIS_REPLICAS: '1',
      LOG_LEVEL: 'debug',
    });
  });
  afterAll(async () => {
    await bot.stop();
    await world.close();
    await group.close();
  });

  /** What the person was answered. */
  const note = async (person: TestPerson, text: string): Promise<string> => {
    await person.say(`/triage note ${text}`);
    const envelope = world.workspace.journal
      .envelopes('slash_commands')
      .findLast(({ payload }) => payload['text'] === `note ${text}`);
    return JSON.stringify(envelope?.ackPayload ?? '');
  };

  it('keeps each note that it took while the primary dies, once, and tells of every other', async () => {
    const channelId = world.workspace.channelId('incidents');
    const people = ['ana', 'ben'].map((name) => createPerson(world.workspace, name, channelId));
    const { incidentId } = await openSession(people[0]!, 'checkout is down');
    const ledger = createPostLedger(world.workspace);
    const answers = new Map<string, string>();
    let isOver = false;
    const writing = people.map(async (person) => {
      for (let count = 0; !isOver; count += 1) {
        const text = `${person.id} ${count}`;
        answers.set(text, await note(person, text));
        // Before the workspace forgets what came first.
        if (count % 20 === 0) ledger.collect();
      }
    });
    const noted = () => [...answers.values()].filter((answer) => NOTED.test(answer)).length;
    await until('some notes are there', () => noted() >= 10);
    const before = await group.primary();
    await before.kill9();
    await until('another one is the primary', async () => (await group.primary()) !== before);
    const notedBefore = noted();
    await until('people go on', () => noted() >= notedBefore + 10);
    isOver = true;
    await Promise.all(writing);

    const actions = [...answers].map(
      ([text, answer]): DoneAction => ({
        name: text,
        isAcknowledged: NOTED.test(answer),
        isIn: ({ event }) => event.type === 'note-added' && event.text === text,
      }),
    );
    const untold = [...answers].filter(([, answer]) => !NOTED.test(answer) && !TOLD.test(answer));
    expect(untold).toEqual([]);
    const store = await openStore(
      { redisUrl: group.url, redisSentinelPassword: SENTINEL_PASSWORD, dataDirectory: '' },
      createKeptLog(),
    );
    await until('all work is done', () => hasNoWorkNow(store), QUIET_WITHIN_MS);
    ledger.collect();
    const slots = ledger.slotsOf(incidentId);
    expect({
      ...checkActions(await store.readEvents(incidentId), actions),
      ...(await checkLog(store, incidentId, slots)),
      ...(await checkShown(store, incidentId, slots)),
    }).toEqual({
      lostActions: [],
      doubledActions: [],
      versionGaps: [],
      doubledMessages: [],
      missingMessages: [],
      unfinishedGatherings: [],
    });
    await store.close();
    expect(answers.size).toBeGreaterThan(noted());
    expect(bot.errorOutput()).toContain('The connection to Redis is back');
    expect(bot.errorOutput()).not.toMatch(/of-the-(servers|sentinels)/);
  }, 180_000);
});
