import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { anAppend, aScheduled } from '../../support/store-builders.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { findHistoryProblems } from '../support/check-history.ts';
import { promote, startReplicaOf } from '../support/failover.ts';
import { openPlace, type Place } from '../support/open-place.ts';
import { startWriter } from '../support/writers.ts';

/** A server, its replica, and one address that leads to whichever is the primary. */
describe('a Redis with a replica', () => {
  let primary: RedisServer;
  let replica: RedisServer;
  let raw: Redis;

  beforeAll(async () => {
    primary = await startRedisServer();
    replica = await startReplicaOf(primary);
    raw = new Redis(replica.url);
  });
  afterAll(async () => {
    raw.disconnect();
    await Promise.all([primary.close(), replica.close()]);
  });

  const open = (replicas: number, log = createKeptLog()) =>
    openRedisStore({ url: primary.url, replicas, installation: randomUUID(), log });

  it('tells of an append once the replica has it', async () => {
    const store = await open(1);
    expect(await store.append(anAppend())).toEqual({ kind: 'appended', version: 1 });
    expect(await raw.keys('*:events:RT-1')).toHaveLength(1);
    await store.close();
  });

  it('says that it is not kept while too few have it, and answers as duplicate when they do', async () => {
    const log = createKeptLog();
    const store = await open(2, log);
    expect(log.lines).toMatchObject([
      { level: 'warn', message: expect.stringMatching(/1 replicas, and REDIS_REPLICAS wants 2/) },
    ]);
    const request = anAppend({ work: [aScheduled()] });
    const tooFew = {
      code: 'store-unavailable',
      message: expect.stringContaining('2 of its replicas'),
    };
    await expect(store.append(request)).rejects.toMatchObject(tooFew);
    await expect(store.append(request)).rejects.toMatchObject(tooFew);
    const second = await startReplicaOf(primary);
    expect(await store.append(request)).toEqual({ kind: 'duplicate', version: 1 });
    expect(await store.readEvents('RT-1')).toHaveLength(1);
    await store.close();
    await second.close();
  });

  it('finds the new primary behind its address when the old one is a replica now', async () => {
    const proxy = await startTcpProxy(primary.port);
    const url = `redis://127.0.0.1:${proxy.port}`;
    const store = await openRedisStore({ url, log: createKeptLog(), installation: randomUUID() });
    const old = new Redis(primary.url);
    await promote(replica);
    await old.replicaof('127.0.0.1', replica.port);
    proxy.moveTo(replica.port);
    const request = anAppend();
    await expect(store.append(request)).rejects.toMatchObject({ code: 'store-unavailable' });
    await vi.waitFor(() => store.append(request), { timeout: 10_000 });
    old.disconnect();
    await store.close();
    await proxy.close();
  });
});

describe('the failover of a Redis with a replica', () => {
  it('loses nothing of what writers were told', async () => {
    let primary = await startRedisServer();
    let replica = await startReplicaOf(primary);
    const proxy = await startTcpProxy(primary.port);
    const url = `redis://127.0.0.1:${proxy.port}`;
    const place: Place = { kind: 'redis', url, installation: randomUUID(), replicas: 1 };
    const writers = [startWriter(place, 'one'), startWriter(place, 'two')];
    for (const _round of [1, 2]) {
      await Promise.all(writers.map((writer) => writer.waitForMore(25)));
      await primary.kill9();
      await promote(replica);
      proxy.moveTo(replica.port);
      const gone = primary;
      primary = replica;
      replica = await startReplicaOf(primary);
      await gone.close();
    }
    await Promise.all(writers.map((writer) => writer.waitForMore(25)));
    await Promise.all(writers.map((writer) => writer.kill9()));
    const store = await openPlace(place, createKeptLog());
    const told = writers.flatMap((writer) => writer.acknowledged());
    expect(await findHistoryProblems(store, told)).toEqual([]);
    await store.close();
    await proxy.close();
    await Promise.all([primary.close(), replica.close()]);
  }, 120_000);
});
