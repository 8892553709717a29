import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { EVERY_STORE_CALL } from '../../support/every-store-call.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { anAppend, aScheduled } from '../../support/store-builders.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

const UNAVAILABLE = { code: 'store-unavailable' };
/** Far above the command time-out and far below "for ever", for machines with noisy neighbours. */
const SETTLES_WITHIN_MS = 10_000;

let server: RedisServer;
let proxy: TcpProxy;
let direct: Store;
let store: Store;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  const installation = randomUUID();
  const log = createKeptLog();
  proxy = await startTcpProxy(server.port);
  direct = await openRedisStore({ url: server.url, installation, log });
  store = await openRedisStore({ url: `redis://127.0.0.1:${proxy.port}`, installation, log });
});
afterEach(async () => {
  await Promise.all([store.close(), direct.close()]);
  await proxy.close();
});

const works = (): Promise<void> =>
  vi.waitFor(() => store.ping(), { timeout: SETTLES_WITHIN_MS, interval: 50 });

describe('a lost answer', () => {
  it('leaves an append that a retry with the same dedupe id answers as duplicate', async () => {
    const request = anAppend({ work: [aScheduled()] });
    proxy.setMode('drop-replies');
    await expect(store.append(request)).rejects.toMatchObject(UNAVAILABLE);
    proxy.setMode('pass');
    await works();
    expect(await store.append(request)).toEqual({ kind: 'duplicate', version: 1 });
    expect(await direct.readEvents('RT-1')).toEqual(request.events);
    expect(await direct.workCounts()).toMatchObject({ pending: 1 });
  });

  it('never leads to an event twice, however often the connection breaks', async () => {
    const faults = ['drop-replies', 'refuse', 'pass', 'drop-replies', 'blackhole'] as const;
    for (let version = 0; version < 10; version += 1) {
      const request = anAppend({ expectedVersion: version });
      proxy.setMode(faults[version % faults.length]!);
      await store.append(request).catch(() => null);
      proxy.setMode('pass');
      await works();
      await vi.waitFor(() => store.append(request), { timeout: SETTLES_WITHIN_MS });
    }
    const versions = (await direct.readEvents('RT-1')).map((event) => event.version);
    expect(versions).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
  }, 60_000);

  it('is not sent again by the driver when the connection is cut', async () => {
    const { dueAtMs } = aScheduled();
    const later = aScheduled({ workId: 'later', dueAtMs: dueAtMs + 1 });
    await direct.schedule([aScheduled(), later], null);
    proxy.setMode('drop-replies');
    const claiming = store.claimWork({ leaseMs: 60_000, limit: 1 });
    await vi.waitFor(async () => {
      expect(await direct.workCounts()).toMatchObject({ nextDueAtMs: dueAtMs + 1 });
    });
    proxy.cut();
    await expect(claiming).rejects.toMatchObject(UNAVAILABLE);
    proxy.setMode('pass');
    await works();
    expect(await direct.claimWork({ leaseMs: 60_000, limit: 9 })).toHaveLength(1);
  });
});

describe.each([
  'drop-replies',
  'blackhole',
  'refuse',
] as const)('a network that does %s', (mode) => {
  it('makes every call answer store-unavailable, and work again afterwards', async () => {
    proxy.setMode(mode);
    const answers = await Promise.allSettled(
      Object.values(EVERY_STORE_CALL).map((call) => call(store)),
    );
    const outcomes = answers.map((answer) =>
      answer.status === 'rejected' ? answer.reason.code : 'answered',
    );
    expect(new Set(outcomes)).toEqual(new Set(['store-unavailable']));
    proxy.setMode('pass');
    await works();
  });
});

it('leaves a connection that stays silent for a new one', async () => {
  proxy.stall();
  await expect(store.ping()).rejects.toMatchObject(UNAVAILABLE);
  await works();
});

it('says which server is out of reach, and never the password', async () => {
  const opening = openRedisStore({
    url: 'redis://bot:hunter2@127.0.0.1:1',
    log: createKeptLog(),
  });
  await expect(opening).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringMatching(/^Redis at 127\.0\.0\.1:1 cannot be reached/),
  });
  await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
});
