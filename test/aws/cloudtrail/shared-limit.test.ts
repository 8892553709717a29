import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { createActivitySource } from '../../../src/aws/cloudtrail/activity-source.ts';
import { PACE } from '../../../src/aws/cloudtrail/take-turn.ts';
import type { AwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { atMs, record, startWorld } from '../../simulator/aws/replay-support.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { aRequest, neverAborted, readAll, setExampleCredentials } from '../support.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.close());

/** AWS with its own limit of two a second, by a clock that runs. */
function aStrictWorld(): Promise<AwsReplay> {
  const begunMs = Date.now();
  const nowMs = () => atMs + Date.now() - begunMs;
  const events = Array.from({ length: 120 }, (_, index) => record(`e${index}`));
  return startWorld({ events }, { lookupsPerSecond: 2, nowMs });
}

/** What one process has: its own clients and its own connection to the store that all share. */
async function aProcess(world: AwsReplay, installation: string) {
  setExampleCredentials();
  const log = createKeptLog();
  const store = await openRedisStore({ url: redis.url, installation, log });
  const clients = createAwsClients({ endpoint: world.endpointUrl, attemptsMax: 1 });
  onTestFinished(async () => {
    clients.close();
    await store.close();
  });
  const activity = createActivitySource({ clients, store, log });
  return () => readAll(activity.readPages(aRequest(), neverAborted()));
}

describe('two processes that ask the same account and Region', () => {
  it('keep under its two calls a second together', async () => {
    const world = await aStrictWorld();
    const installation = randomUUID();
    const both = [await aProcess(world, installation), await aProcess(world, installation)];

    const answers = await Promise.all(both.map((read) => read()));

    expect(answers.map(({ end }) => end.outcome)).toEqual(['found', 'found']);
    expect(world.calls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('both stand back when AWS tells one of them to slow down', async () => {
    const world = await aStrictWorld();
    const installation = randomUUID();
    const [one, other] = [await aProcess(world, installation), await aProcess(world, installation)];
    world.faults.throttleNext(1, 'LookupEvents');

    const first = one();
    await expect.poll(() => world.calls.length, { timeout: 10_000, interval: 5 }).toBe(1);
    await expect.poll(() => isHeld(installation), { timeout: 10_000 }).toBe(true);
    const answers = await Promise.all([first, other()]);

    expect(answers.map(({ end }) => end.outcome)).toEqual(['found', 'found']);
    const [throttled, next] = world.calls;
    expect(throttled?.status).toBe(400);
    expect((next?.atMs ?? 0) - (throttled?.atMs ?? 0)).toBeGreaterThanOrEqual(PACE.pauseMs - 100);
  });
});

/** Whether nobody gets a call for longer than the ordinary spacing. */
async function isHeld(installation: string): Promise<boolean> {
  const store = await openRedisStore({ url: redis.url, installation, log: createKeptLog() });
  const waitMs = await store.tryReserveCall('lookup-events-own-eu-west-1', PACE.spacingMs);
  await store.close();
  return waitMs > PACE.spacingMs;
}
