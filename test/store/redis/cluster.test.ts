import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createKeys } from '../../../src/store/redis/keys.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { until } from '../../support/poll.ts';
import { type RedisGroup, startCluster } from '../../support/redis-group.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import { anAppend } from '../../support/store-builders.ts';
import { findHistoryProblems } from '../support/check-history.ts';
import { openPlace, type Place } from '../support/open-place.ts';
import { startWriter } from '../support/writers.ts';

const PASSWORD = 'of-the-nodes';
const FAILS_OVER_WITHIN_MS = 60_000;

const keyOf = (installation: string): string => createKeys(installation).summaries;

/** Nobody may be the owner for a moment. */
function ownerOf(group: RedisGroup, key: string) {
  return vi.waitFor(() => group.primary(key), { timeout: FAILS_OVER_WITHIN_MS });
}

describe('a Redis Cluster', () => {
  let group: RedisGroup;
  beforeAll(async () => {
    group = await startCluster({ password: PASSWORD, replicas: 1 });
  });
  afterAll(() => group.close());

  it('has each installation on the primary of its slot, whichever node is asked', async () => {
    const [, second] = group.servers;
    const url = `redis+cluster://:${PASSWORD}@127.0.0.1:${second?.port}`;
    const owners = new Set();
    for (const installation of ['main', 'other', 'third', 'fourth']) {
      const store = await openRedisStore({ url, installation, replicas: 1, log: createKeptLog() });
      expect(await store.append(anAppend())).toEqual({ kind: 'appended', version: 1 });
      owners.add(await ownerOf(group, keyOf(installation)));
      await store.close();
    }
    expect(owners.size).toBeGreaterThan(1);
  });

  it('is named by several nodes, and says which does not answer or is alone', async () => {
    const alone = await startRedisServer({ requirepass: PASSWORD });
    onTestFinished(() => alone.close());
    const log = createKeptLog();
    const url = `${group.url},127.0.0.1:1,127.0.0.1:${alone.port}`;
    await (await openRedisStore({ url, log })).close();
    expect(log.lines).toMatchObject([
      {
        level: 'warn',
        message: expect.stringMatching(/127\.0\.0\.1:1 does not answer; .* not part of a Cluster/),
      },
    ]);
  });

  it('is refused when it is named as one server', async () => {
    const [first] = group.servers;
    const url = `redis://:${PASSWORD}@127.0.0.1:${first?.port}`;
    await expect(openRedisStore({ url, log: createKeptLog() })).rejects.toMatchObject({
      code: 'store-unsafe',
      message: expect.stringContaining('Begin it with redis+cluster://'),
    });
  });

  it('is followed when another node takes the slot over', async () => {
    const installation = randomUUID();
    const target = { url: group.url, installation, replicas: 1, log: createKeptLog() };
    const store = await openRedisStore(target);
    await store.append(anAppend());
    const before = await ownerOf(group, keyOf(installation));
    const replica = await replicaOf(group, before.port);
    await replica.call('CLUSTER', 'FAILOVER');
    await until(
      'another node has the slot',
      async () => (await ownerOf(group, keyOf(installation))) !== before,
    );
    const next = anAppend({ expectedVersion: 1 });
    const appended = await vi.waitFor(() => store.append(next), { timeout: FAILS_OVER_WITHIN_MS });
    expect(appended.version).toBe(2);
    replica.disconnect();
    await store.close();
  }, 120_000);
});

async function replicaOf(group: RedisGroup, port: number): Promise<Redis> {
  const clients = group.servers.map((one) => new Redis({ port: one.port, password: PASSWORD }));
  const told = await Promise.all(clients.map((client) => client.info('replication')));
  const at = told.findIndex((text) => text.includes(`master_port:${port}\r`));
  for (const client of clients.filter((_, index) => index !== at)) client.disconnect();
  return clients[at]!;
}

describe('the death of a primary of a Cluster', () => {
  it('loses nothing of what writers were told', async () => {
    const group = await startCluster({ replicas: 2 });
    onTestFinished(() => group.close());
    const installation = randomUUID();
    const place: Place = { kind: 'redis', url: group.url, installation, replicas: 1 };
    const writers = [startWriter(place, 'one'), startWriter(place, 'two')];
    onTestFinished(async () => void (await Promise.all(writers.map((one) => one.kill9()))));
    await Promise.all(writers.map((writer) => writer.waitForMore(25)));
    const before = await ownerOf(group, keyOf(installation));
    await before.kill9();
    expect(await ownerOf(group, keyOf(installation))).not.toBe(before);
    await Promise.all(writers.map((writer) => writer.waitForMore(25)));
    await Promise.all(writers.map((writer) => writer.kill9()));
    const store = await openPlace(place, createKeptLog());
    const told = writers.flatMap((writer) => writer.acknowledged());
    expect(await findHistoryProblems(store, told)).toEqual([]);
    await store.close();
  }, 120_000);
});
