import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { until } from '../../support/poll.ts';
import { type SentinelGroup, startSentinels } from '../../support/redis-group.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import { anAppend } from '../../support/store-builders.ts';
import { findHistoryProblems } from '../support/check-history.ts';
import { openPlace, type Place } from '../support/open-place.ts';
import { startWriter } from '../support/writers.ts';

const PASSWORD = 'of-the-servers';
const SENTINEL_PASSWORD = 'of-the-sentinels';
const FAILS_OVER_WITHIN_MS = 60_000;

describe('a Redis behind sentinels', () => {
  let group: SentinelGroup;
  beforeAll(async () => {
    group = await startSentinels({ password: PASSWORD, sentinelPassword: SENTINEL_PASSWORD });
  });
  afterAll(() => group.close());

  const open = (url = group.url, sentinelPassword = SENTINEL_PASSWORD, log = createKeptLog()) =>
    openRedisStore({ url, sentinelPassword, installation: randomUUID(), replicas: 1, log });

  it('is found with the passwords of both, and told of in no line of the log', async () => {
    const log = createKeptLog();
    const store = await open(group.url, SENTINEL_PASSWORD, log);
    expect(await store.append(anAppend())).toEqual({ kind: 'appended', version: 1 });
    expect(log.lines).toEqual([]);
    await store.close();
  });

  it.each([
    ['a name that they do not know', '/incidents', '/nobody', /knows no primary named nobody/],
    ['a server among them', /:\d+\/incidents/, '', /must end with NAME/],
  ])('is out of reach with %s, and says so', async (_what, part, other, words) => {
    await expect(open(group.url.replace(part, other))).rejects.toMatchObject({
      message: expect.stringMatching(words),
    });
  });

  it('says that the sentinels refuse the log-in, and that the servers do', async () => {
    await expect(open(group.url, 'wrong')).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/refuses the log-in.*REDIS_SENTINEL_PASSWORD/),
    });
    const wrong = group.url.replace(PASSWORD, 'hunter2');
    await expect(open(wrong)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/refused the log-in(?!.*hunter2)/),
    });
  });

  it('says which sentinel does not answer, and which is none', async () => {
    const log = createKeptLog();
    const [sentinel] = group.sentinels;
    const stranger = await startRedisServer({ requirepass: SENTINEL_PASSWORD });
    onTestFinished(() => stranger.close());
    const url = `redis+sentinel://:${PASSWORD}@127.0.0.1:1,127.0.0.1:${stranger.port},127.0.0.1:${sentinel?.port}/incidents`;
    await (await open(url, SENTINEL_PASSWORD, log)).close();
    expect(log.lines).toMatchObject([
      {
        level: 'warn',
        message: expect.stringMatching(/127\.0\.0\.1:1 does not answer; 127.*is a server and no/),
      },
    ]);
  });

  it('is left at once by a connection to a primary that has become a replica', async () => {
    const store = await open();
    await store.append(anAppend());
    const [sentinel] = group.sentinels;
    const raw = new Redis({ port: sentinel?.port ?? 0, password: SENTINEL_PASSWORD });
    const before = await group.primary();
    await raw.call('SENTINEL', 'FAILOVER', group.name);
    await until('another one is the primary', async () => (await group.primary()) !== before);
    const next = anAppend({ expectedVersion: 1 });
    const appended = await vi.waitFor(() => store.append(next), { timeout: FAILS_OVER_WITHIN_MS });
    expect(appended.version).toBe(2);
    raw.disconnect();
    await store.close();
  }, 120_000);
});

describe('the death of a primary that sentinels watch', () => {
  it('loses nothing of what writers were told', async () => {
    const group = await startSentinels();
    onTestFinished(() => group.close());
    const place: Place = {
      kind: 'redis',
      url: group.url,
      installation: randomUUID(),
      replicas: 1,
    };
    const writers = [startWriter(place, 'one'), startWriter(place, 'two')];
    onTestFinished(async () => void (await Promise.all(writers.map((one) => one.kill9()))));
    await Promise.all(writers.map((writer) => writer.waitForMore(25)));
    const before = await group.primary();
    await before.kill9();
    await until('another one is the primary', async () => (await group.primary()) !== before);
    await Promise.all(writers.map((writer) => writer.waitForMore(25)));
    await Promise.all(writers.map((writer) => writer.kill9()));
    const store = await openPlace(place, createKeptLog());
    const told = writers.flatMap((writer) => writer.acknowledged());
    expect(await findHistoryProblems(store, told)).toEqual([]);
    await store.close();
  }, 120_000);

  it('is noticed by a silent store when the primary only hangs, with its connections open', async () => {
    const group = await startSentinels();
    onTestFinished(() => group.close());
    const target = { url: group.url, installation: randomUUID(), replicas: 1 };
    const store = await openRedisStore({ ...target, log: createKeptLog() });
    await store.append(anAppend());
    const before = await group.primary();
    before.pause();
    const next = anAppend({ expectedVersion: 1 });
    await expect(store.append(next)).rejects.toMatchObject({ code: 'store-unavailable' });
    const appended = await vi.waitFor(() => store.append(next), { timeout: FAILS_OVER_WITHIN_MS });
    expect(appended.version).toBe(2);
    expect(await group.primary()).not.toBe(before);
    await store.close();
  }, 120_000);
});
