import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { createActivitySource } from '../../../src/aws/cloudtrail/activity-source.ts';
import { createCachedActivity } from '../../../src/aws/cloudtrail/window-cache.ts';
import type { ActivityRequest, Asker } from '../../../src/ports.ts';
import { trailRecordsCodec } from '../../../src/store/codec.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { atMs, record, startWorld, type World } from '../../simulator/aws/replay-support.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { aRequest, neverAborted, readAll, setExampleCredentials } from '../support.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const LAG_MS = 15 * 60 * SECOND_MS;
const ana: Asker = { userId: 'U0ANA', urgency: 'waiting' };
const ben: Asker = { userId: 'U0BEN', urgency: 'waiting' };
const nobody: Asker = { userId: null, urgency: 'background' };

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.close());

const records = (count: number, everyMs: number) =>
  Array.from({ length: count }, (_, index) =>
    record(`e${String(index).padStart(4, '0')}`, {
      eventTime: new Date(atMs - index * everyMs).toISOString().replace('.000', ''),
    }),
  );

/** One bot of several on the same Redis, with the real SDK client. */
async function aBot(world: World, installation: string) {
  setExampleCredentials();
  const log = createKeptLog();
  const store = await openRedisStore({ url: server.url, installation, log });
  const clients = createAwsClients({ endpoint: world.endpointUrl });
  onTestFinished(async () => {
    clients.close();
    await store.close();
  });
  const source = createActivitySource({ clients, store, log });
  const nowMs = () => world.clock.nowMs;
  const deps = { activity: source, store, records: trailRecordsCodec, scope: '', nowMs, log };
  const activity = createCachedActivity(deps);
  return (changes: Partial<ActivityRequest>) =>
    readAll(activity.readPages(aRequest({ recordsMax: 2_000, ...changes }), neverAborted()));
}

const lookupsOf = ({ calls }: World) =>
  calls.filter(({ operation }) => operation === 'LookupEvents');

describe('two bots with one Redis', () => {
  it('ask AWS once for what two people ask, one after the other', async () => {
    const world = await startWorld({ events: records(120, 30 * SECOND_MS) });
    const installation = randomUUID();
    const [left, right] = [await aBot(world, installation), await aBot(world, installation)];

    const first = await left({ asker: ana });
    const callCount = lookupsOf(world).length;
    const again = await right({ asker: ben });

    expect(lookupsOf(world)).toHaveLength(callCount);
    expect(again.end).toEqual(first.end);
    expect(again.pages.flatMap((page) => page.records)).toEqual(
      first.pages.flatMap((page) => page.records),
    );
  });

  it('ask an hour later only for the hour since, and for what could still have arrived', async () => {
    const world = await startWorld({ events: records(300, 60 * SECOND_MS) });
    const ask = await aBot(world, randomUUID());
    const fromMs = atMs - 5 * HOUR_MS;
    world.clock.nowMs = atMs - HOUR_MS;
    await ask({ fromMs, toMs: world.clock.nowMs });
    const before = lookupsOf(world).length;

    world.clock.nowMs = atMs;
    const { end } = await ask({ fromMs, toMs: atMs });

    const since = lookupsOf(world).slice(before);
    const unsettledMs = atMs - HOUR_MS - LAG_MS + SECOND_MS;
    expect(since.map(({ parameters }) => parameters['StartTime'])).toEqual([
      unsettledMs / SECOND_MS,
      unsettledMs / SECOND_MS,
    ]);
    expect(end).toMatchObject({ outcome: 'found', recordCount: 300, truncated: false });
  });

  it('serve a person who goes from page to page before a look in the background', async () => {
    const world = await startWorld({ events: records(200, SECOND_MS) });
    const installation = randomUUID();
    const [left, right] = [await aBot(world, installation), await aBot(world, installation)];
    const attribute = { key: 'ReadOnly', value: 'false' } as const;

    const background = right({ asker: nobody });
    await expect.poll(() => lookupsOf(world).length, { timeout: 10_000 }).toBe(1);
    const person = await left({ asker: ana, attribute });
    const finished = await background;

    const isPersons = lookupsOf(world).map((call) => 'LookupAttributes' in call.parameters);
    expect(isPersons).toEqual([false, true, true, true, true, false, false, false]);
    expect([person.end.recordCount, finished.end.recordCount]).toEqual([200, 200]);
  });

  it('keep what CloudTrail Insights found apart from the calls of the same time', async () => {
    const insight = record('e-insight', {
      eventCategory: 'Insight',
      insightDetails: {
        state: 'Start',
        eventSource: 'ec2.amazonaws.com',
        eventName: 'RunInstances',
        insightType: 'ApiCallRateInsight',
        insightContext: { statistics: { baseline: { average: 1 }, insight: { average: 90 } } },
      },
    });
    const world = await startWorld({ events: [...records(3, 30 * SECOND_MS), insight] });
    const read = await aBot(world, randomUUID());

    const calls = await read({ attribute: null });
    const found = await read({ attribute: null, category: 'insight' });

    const idsOf = ({ pages }: typeof calls) =>
      pages.flatMap((page) => page.records.map(({ eventId }) => eventId));
    expect(idsOf(calls)).toEqual(['e0000', 'e0001', 'e0002']);
    expect(idsOf(found)).toEqual(['e-insight']);
  });
});
