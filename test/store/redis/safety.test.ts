import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { STORE_LIMITS } from '../../../src/store/limits.ts';
import { createKeys } from '../../../src/store/redis/keys.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { EVERY_STORE_CALL } from '../../support/every-store-call.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { freePort, type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import {
  anAppend,
  anAuditEntry,
  anOpening,
  aScheduled,
  claimOne,
  OPENED_AT_MS,
} from '../../support/store-builders.ts';

let server: RedisServer;
let raw: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.close();
});

const open = (installation = 'main', log = createKeptLog()) =>
  openRedisStore({ url: server.url, installation, log });

describe('the settings of the server', () => {
  it('are accepted in silence when they are the safest', async () => {
    const log = createKeptLog();
    await (await open('main', log)).close();
    expect(log.lines).toEqual([]);
  });

  it('are refused when they evict, with what to set', async () => {
    await raw.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const opening = open();
    await expect(opening).rejects.toMatchObject({
      code: 'store-unsafe',
      message: expect.stringMatching(/allkeys-lru.*Set "maxmemory-policy noeviction"/),
    });
    await raw.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it.each([
    ['appendfsync', 'everysec', 'always', /appendfsync everysec/],
    ['appendonly', 'no', 'yes', /no append-only file/],
  ])('are warned about when %s is %s', async (name, weak, strong, warning) => {
    const log = createKeptLog();
    await raw.config('SET', name, weak);
    await (await open('main', log)).close();
    await raw.config('SET', name, strong);
    expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringMatching(warning) }]);
  });

  it('are refused when the server is a replica', async () => {
    const replica = await startRedisServer({ replicaof: `127.0.0.1 ${server.port}` });
    onTestFinished(() => replica.close());
    const opening = openRedisStore({ url: replica.url, log: createKeptLog() });
    await expect(opening).rejects.toMatchObject({ code: 'store-unsafe' });
  });

  it('are out of reach with a wrong password', async () => {
    const guarded = await startRedisServer({ requirepass: 'right' });
    onTestFinished(() => guarded.close());
    const url = guarded.url.replace('redis://', 'redis://:wrong@');
    await expect(openRedisStore({ url, log: createKeptLog() })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.not.stringContaining('wrong@'),
    });
  });

  it('may forbid everything but what the store needs', async () => {
    const rules = ['on', '>secret', '~{redthread:*}:*', '+@connection', '+@read', '+@write'];
    await raw.call('ACL', 'SETUSER', 'bot', ...rules, '+@scripting', '-@dangerous');
    await raw.call('ACL', 'SETUSER', 'bot', '+info', '+time');
    const url = server.url.replace('redis://', 'redis://bot:secret@');
    const log = createKeptLog();
    const store = await openRedisStore({ url, log, installation: 'guarded' });
    expect(await store.append(anAppend({ work: [aScheduled()] }))).toMatchObject({ version: 1 });
    expect(await store.completeWork(await claimOne(store))).toBe(true);
    expect(log.lines).toMatchObject([
      { level: 'warn', message: expect.stringContaining('does not tell') },
    ]);
    await store.close();
  });
});

describe('memory that has run out', () => {
  it('fails an append whole and lets reading go on', async () => {
    const store = await open('full');
    await store.append(anAppend());
    await raw.config('SET', 'maxmemory', '1');
    const more = anAppend({ expectedVersion: 1, work: [aScheduled()] });
    await expect(store.append(more)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('no memory left'),
    });
    expect(await store.readEvents('RT-1')).toHaveLength(1);
    await raw.config('SET', 'maxmemory', '0');
    expect(await store.append(more)).toEqual({ kind: 'appended', version: 2 });
    await store.close();
  });
});

describe('the cache', () => {
  it('goes whole when memory has run out, and what cannot be cached is not an error', async () => {
    const log = createKeptLog();
    const store = await open('crowded', log);
    await store.saveCached('one', 'body', 60_000);
    await raw.config('SET', 'maxmemory', '1');
    await store.saveCached('two', 'body', 60_000);
    await raw.config('SET', 'maxmemory', '0');
    expect(await store.readCached('one')).toBeNull();
    expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringMatching(/emptied/) }]);
    await store.saveCached('two', 'body', 60_000);
    expect(await store.readCached('two')).toBe('body');
    await store.close();
  });

  it('leaves nothing of what has expired behind', async () => {
    const installation = randomUUID();
    let nowMs = OPENED_AT_MS;
    const log = createKeptLog();
    const store = await openRedisStore({ url: server.url, installation, log, now: () => nowMs });
    await store.saveCached('one', 'body', 1_000);
    nowMs += 1_000;
    await store.saveCached('two', 'other', 1_000);
    const { cacheBodies, cacheExpiry, cacheBytes } = createKeys(installation);
    expect(await raw.hvals(cacheBodies)).toEqual(['other']);
    expect(await raw.zcard(cacheExpiry)).toBe(1);
    expect(await raw.get(cacheBytes)).toBe('5');
    await store.close();
  });
});

describe('the keys', () => {
  it('are all in one hash slot, so that a cluster accepts every call', async () => {
    const busPort = `${await freePort()}`;
    const cluster = await startRedisServer({ 'cluster-enabled': 'yes', 'cluster-port': busPort });
    onTestFinished(() => cluster.close());
    const node = new Redis(cluster.url);
    await node.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    const told = () => node.call('CLUSTER', 'INFO');
    await expect.poll(told, { timeout: 20_000 }).toContain('cluster_state:ok');
    const url = cluster.url.replace('redis://', 'redis+cluster://');
    const store = await openRedisStore({ url, log: createKeptLog() });
    const answers = await Promise.allSettled(
      Object.values(EVERY_STORE_CALL).map((call) => call(store)),
    );
    expect(answers.filter((answer) => answer.status === 'rejected')).toEqual([]);
    node.disconnect();
    await store.close();
  });

  it('of two installations do not meet', async () => {
    const one = await open('one');
    const two = await open('two');
    await one.append(anAppend());
    expect(await two.readState('RT-1')).toBeNull();
    await Promise.all([one.close(), two.close()]);
  });

  it('refuse an installation name that would break out of the slot', async () => {
    await expect(open('a}b')).rejects.toMatchObject({ code: 'configuration-invalid' });
  });

  it('of dedupe ids are forgotten after 25 hours', async () => {
    const installation = randomUUID();
    const store = await open(installation);
    await store.append(anAppend({ dedupeId: 'open' }));
    await store.schedule([], 'tap');
    const keys = createKeys(installation);
    const ttls = [
      await raw.pttl(keys.dedupe('append', 'open')),
      await raw.pttl(keys.dedupe('schedule', 'tap')),
    ];
    const minute = 60_000;
    for (const ttl of ttls) {
      expect(ttl).toBeGreaterThan(STORE_LIMITS.dedupeTtlMs - minute);
      expect(ttl).toBeLessThanOrEqual(STORE_LIMITS.dedupeTtlMs);
    }
    await store.close();
  });

  it('trim the audit log by number and by age', async () => {
    const installation = randomUUID();
    const log = createKeptLog();
    const openWith = (entriesMax: number, keepMs: number) =>
      openRedisStore({
        url: server.url,
        installation,
        log,
        auditRetention: { entriesMax, keepMs },
      });
    const byNumber = await openWith(3, 60_000);
    for (const question of ['1', '2', '3', '4']) {
      await byNumber.recordAudit(anAuditEntry({ question }));
    }
    expect(await byNumber.readAudit(9)).toHaveLength(3);
    const byAge = await openWith(1_000, 0);
    await expect
      .poll(
        async () => {
          await byAge.recordAudit(anAuditEntry());
          return (await byAge.readAudit(9)).length;
        },
        { timeout: 10_000 },
      )
      .toBeLessThan(3);
    await Promise.all([byNumber.close(), byAge.close()]);
  });

  it('of a value that cannot be read are named', async () => {
    const installation = randomUUID();
    const store = await open(installation);
    await store.append(anAppend());
    const { events } = createKeys(installation);
    await raw.del(events('RT-1'));
    await raw.xadd(events('RT-1'), '0-1', 'event', '{');
    await expect(store.readEvents('RT-1')).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringContaining(`${events('RT-1')}/0-1`),
    });
    await store.close();
  });
});

it('computes a snapshot that it cannot read from the events', async () => {
  const installation = randomUUID();
  const store = await open(installation);
  await store.append(anOpening());
  await raw.hset(createKeys(installation).snapshot('RT-1'), 'state', '{"of":"long ago"}');
  expect(await store.readState('RT-1')).toMatchObject({ version: 1, title: 'Checkout is slow' });
  await store.close();
});

it('refuses a log that is ahead of its snapshot, writing nothing', async () => {
  const installation = randomUUID();
  const store = await open(installation);
  const keys = createKeys(installation);
  await raw.xadd(keys.events('RT-1'), '0-1', 'event', '{}');
  await expect(store.append(anAppend({ work: [aScheduled()] }))).rejects.toThrow();
  expect(await raw.exists(keys.snapshot('RT-1'), keys.workDue)).toBe(0);
  await store.close();
});
