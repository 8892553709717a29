import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeptLog } from '../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { anAppend } from '../support/store-builders.ts';
import { findHistoryProblems } from './support/check-history.ts';
import { openPlace, type Place } from './support/open-place.ts';
import { type Acknowledged, startWriter, type Writer } from './support/writers.ts';

const ROUNDS = [1, 2, 3];
const APPENDS_PER_ROUND = 25;
const TEST_LIMIT_MS = 120_000;

let writers: Writer[] = [];
afterEach(async () => {
  await Promise.all(writers.map((writer) => writer.kill9()));
  writers = [];
});

function writer(place: Place): Writer {
  const started = startWriter(place, `writer${writers.length}`);
  writers.push(started);
  return started;
}

function allAcknowledged(): readonly Acknowledged[] {
  return writers.flatMap((one) => one.acknowledged());
}

async function historyProblems(place: Place): Promise<readonly string[]> {
  const store = await openPlace(place, createKeptLog());
  const problems = await findHistoryProblems(store, allAcknowledged());
  await store.close();
  return problems;
}

describe('a killed process on the SQLite store', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'redthread-kill-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it(
    'leaves every acknowledged event, once, with its work, and no lock',
    async () => {
      const place: Place = { kind: 'sqlite', path: join(directory, 'data', 'redthread.db') };
      for (const _round of ROUNDS) {
        const one = writer(place);
        await one.waitForMore(APPENDS_PER_ROUND);
        await one.kill9();
      }
      expect(await historyProblems(place)).toEqual([]);
    },
    TEST_LIMIT_MS,
  );
});

describe('the Redis store', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.close());
  const newPlace = (): Place => ({
    kind: 'redis',
    url: server.url,
    installation: randomUUID(),
  });

  it(
    'keeps every acknowledged event, once, with its work, when writers are killed',
    async () => {
      const place = newPlace();
      for (const _round of ROUNDS) {
        const pair = [writer(place), writer(place)];
        await Promise.all(pair.map((one) => one.waitForMore(APPENDS_PER_ROUND)));
        await Promise.all(pair.map((one) => one.kill9()));
      }
      expect(await historyProblems(place)).toEqual([]);
    },
    TEST_LIMIT_MS,
  );

  it(
    'keeps them when the server itself is killed, and writers go on by themselves',
    async () => {
      const place = newPlace();
      const pair = [writer(place), writer(place)];
      for (const _round of ROUNDS) {
        await Promise.all(pair.map((one) => one.waitForMore(APPENDS_PER_ROUND)));
        await server.kill9();
        await server.restart();
      }
      await Promise.all(pair.map((one) => one.waitForMore(APPENDS_PER_ROUND)));
      await Promise.all(pair.map((one) => one.kill9()));
      expect(await historyProblems(place)).toEqual([]);
    },
    TEST_LIMIT_MS,
  );

  it(
    'answers store-unavailable while the server is down and works when it is back',
    async () => {
      const store = await openPlace(newPlace(), createKeptLog());
      await server.kill9();
      await expect(store.append(anAppend())).rejects.toMatchObject({ code: 'store-unavailable' });
      await server.restart();
      await expect
        .poll(() => store.append(anAppend()).catch(() => null), { timeout: 10_000 })
        .toMatchObject({ version: 1 });
      await store.close();
    },
    TEST_LIMIT_MS,
  );
});

describe('the history check', () => {
  it('finds what a store lost', async () => {
    const place: Place = { kind: 'sqlite', path: ':memory:' };
    const store = await openPlace(place, createKeptLog());
    await store.append(anAppend({ dedupeId: 'kept' }));
    const lost = { incidentId: 'RT-1', version: 2, dedupeId: 'lost' };
    const problems = await findHistoryProblems(store, [lost]);
    expect(problems).toEqual([
      'lost was acknowledged at 2 and is not there',
      'kept has no work item',
    ]);
    await store.close();
  });
});
