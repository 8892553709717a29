import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { checkLog, checkShown, createPostLedger } from '../support/e2e/check-history.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { hasNoWorkNow, openSession } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const STOPPED_WITHIN_MS = 10_000;
const NOTES = Array.from({ length: 20 }, (_, index) => `number ${index}`);
/** More than there are pictures: every upload hangs until the fault is taken back. */
const UPLOADS = 20;
const PAUSES = { unknownOutcomeWaitMs: 1_500 };

describe('a bot that is told to stop while Slack and AWS hang', () => {
  let redis: RedisServer;
  let world: DemoWorld;
  let bot: BotProcess;
  let store: Store;
  let ana: TestPerson;

  const startBot = () =>
    startBotProcess(world, { REDIS_URL: redis.url, LOG_LEVEL: 'info' }, { pauses: PAUSES });

  beforeAll(async () => {
    redis = await startRedisServer();
    world = await startDemoWorld({ port: 0, rateLimits: 'off' });
    bot = await startBot();
    store = await openStore({ redisUrl: redis.url, dataDirectory: '' }, createKeptLog());
    ana = createPerson(world.workspace, 'ana', world.workspace.channelId('incidents'));
  });
  afterAll(async () => {
    await store.close();
    await bot.stop();
    await world.close();
    await redis.close();
  });

  it('ends within ten seconds, has everything it acknowledged, and gives back what it could not finish', async () => {
    const { faults, journal } = world.workspace;
    faults.nextCalls('files.getUploadURLExternal', { kind: 'hang' }, UPLOADS);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await until('an upload hangs', () => journal.calls('files.getUploadURLExternal').length > 0);
    const mend = world.aws.faults.add({ kind: 'hang', operation: 'LookupEvents' });
    const callsBefore = world.aws.calls.length;
    await ana.say('/trail who stopped i-0c4e8d21f6ab97530 since 3h');
    await until('a lookup hangs', () => world.aws.calls.length > callsBefore);

    const said = NOTES.map((text) => ana.say(`/triage note ${text}`));
    expect(await bot.stop()).toBe(0);
    await Promise.all(said);
    expect(journal.envelopes().map(({ outcome }) => outcome)).toEqual(
      journal.envelopes().map(() => 'acked'),
    );
    expect(stoppedAfterMs(bot)).toBeLessThan(STOPPED_WITHIN_MS);
    const claimable = await store.claimWork({ leaseMs: 1, limit: 100 });
    expect(claimable.map(({ work }) => work.kind)).toEqual(
      expect.arrayContaining(['answer-trail', 'graph']),
    );
    expect((await store.readState(incidentId))?.notes.map(({ text }) => text)).toEqual(
      expect.arrayContaining(NOTES),
    );

    faults.clear();
    mend();
    bot = await startBot();
    await told(ana, /noor\.haddad/);
    await until('no work is left', () => hasNoWorkNow(store));
    const ledger = createPostLedger(world.workspace);
    ledger.collect();
    const posted = ledger.slotsOf(incidentId);
    expect(await checkLog(store, incidentId, posted)).toEqual({
      versionGaps: [],
      doubledMessages: [],
    });
    expect(await checkShown(store, incidentId, posted)).toEqual({
      missingMessages: [],
      unfinishedGatherings: [],
    });
  });
});

/** By its own account. */
function stoppedAfterMs(bot: BotProcess): number {
  const line = bot.errorOutput().match(/\{.*"msg":"redthread has stopped"\}/)?.[0] ?? '{}';
  return (JSON.parse(line) as { readonly tookMs?: number }).tookMs ?? Number.NaN;
}
