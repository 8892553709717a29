import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeptSearch } from '../../src/aws/kept-searches.ts';
import { AppError } from '../../src/errors.ts';
import type { Store, TrailSearch } from '../../src/ports.ts';
import { trailRecordsCodec } from '../../src/store/codec.ts';
import { atMs, record } from '../simulator/aws/replay-support.ts';
import { createKeptLog } from '../support/kept-log.ts';
import {
  aSearch,
  aSource,
  callsOf,
  EAST,
  idsOf,
  KINDS,
  type Kind,
  QUESTION,
  type Setting,
  WEST,
} from './event-stores-support.ts';
import { neverAborted } from './support.ts';

const MINUTE_MS = 60_000;
const LAG_MS = 15 * MINUTE_MS;
const BEN = { userId: 'U0BEN', urgency: 'waiting' } as const;
const NOBODY = { userId: 'U0ANA', urgency: 'background' } as const;

interface KeptSetting extends Setting {
  readonly cache?: (store: Store) => Partial<Store>;
}

/** A place that is searched for money, with what was found there kept before it. */
async function aKeptSource(kind: Kind, { cache = () => ({}), ...setting }: KeptSetting = {}) {
  const { source, store, world } = await aSource(kind, setting);
  const log = createKeptLog();
  const withScope = (scope: string) =>
    createKeptSearch(source, {
      store: { ...store, ...cache(store) },
      records: trailRecordsCodec,
      scope,
      nowMs: () => world.clock.nowMs,
      log,
    });
  const searchIn = (scope: string, changes: Partial<TrailSearch>, line: string) =>
    withScope(scope).search(aSearch(line, changes), neverAborted());
  return {
    world,
    log,
    searchIn,
    search: (changes: Partial<TrailSearch> = {}, line = QUESTION) => searchIn('', changes, line),
    queryCount: () => callsOf(world, 'StartQuery').length,
  };
}

/** So many calls that answer the question, a second apart. */
const calls = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) =>
    record(`e${String(index).padStart(4, '0')}`, {
      eventTime: new Date(atMs - index * 1_000).toISOString().replace('.000', ''),
      ...more,
    }),
  );

describe.each(KINDS)('a question asked again of %s', (kind) => {
  it('starts one query for all its pages and for whatever is done with its answer', async () => {
    const { search, queryCount } = await aKeptSource(kind);
    const first = await search();
    const again = [await search({ matchesEnough: 50 }), await search(), await search()];
    expect(queryCount()).toBe(1);
    for (const { records, targets } of again) {
      expect({ records, targets }).toEqual({ records: first.records, targets: first.targets });
    }
  });

  it('starts another for more than was kept, and none for less', async () => {
    const { search, queryCount } = await aKeptSource(kind, { events: calls(600) });
    await search();
    const most = await search({ matchesEnough: 500 });
    expect([queryCount(), idsOf(most).length]).toEqual([1, 500]);
    const all = await search({ matchesEnough: 501 });
    expect([queryCount(), idsOf(all).length]).toEqual([2, 600]);
    await search({ matchesEnough: 600 });
    await search();
    expect(queryCount()).toBe(2);
  });

  it('starts another for a second look, and answers from that afterwards', async () => {
    const { search, queryCount, world } = await aKeptSource(kind, {
      deliveryLagMs: LAG_MS + MINUTE_MS,
    });
    expect(idsOf(await search())).toEqual([]);
    world.clock.nowMs += 5 * MINUTE_MS;
    expect(idsOf(await search())).toEqual([]);
    expect(idsOf(await search({ asker: NOBODY }))).toEqual(['e1']);
    expect(idsOf(await search())).toEqual(['e1']);
    expect(queryCount()).toBe(2);
  });
});

describe('what was found before', () => {
  const kind = 'logs-insights';

  it.each([
    ['none when somebody else asks just that', 1, { asker: BEN }, QUESTION],
    ['another for another window', 2, {}, QUESTION.replace('3h', '4h')],
    ['another for another question', 2, {}, QUESTION.replace('stopped', 'started')],
    ['another for other targets', 2, { targets: [WEST] }, QUESTION],
    ['another for the same targets in another order', 2, { targets: [EAST, WEST] }, QUESTION],
  ])('starts %s', async (_, count, changes, line) => {
    const { search, queryCount } = await aKeptSource(kind);
    await search();
    await search(changes, line);
    expect(queryCount()).toBe(count);
  });

  it('starts another where something else is searched', async () => {
    const { searchIn, queryCount } = await aKeptSource(kind);
    await searchIn('one group', {}, QUESTION);
    await searchIn('another group', {}, QUESTION);
    expect(queryCount()).toBe(2);
  });

  it('says when it was read, and is read again once all has arrived', async () => {
    const { search, queryCount, world } = await aKeptSource(kind);
    expect((await search()).readAtMs).toBeUndefined();
    world.clock.nowMs += LAG_MS - 1;
    expect((await search()).readAtMs).toBe(atMs);
    world.clock.nowMs += 1;
    expect((await search()).readAtMs).toBeUndefined();
    world.clock.nowMs += 30 * MINUTE_MS;
    await search();
    expect(queryCount()).toBe(2);
  });

  it('starts another after trouble', async () => {
    const { search, queryCount, world } = await aKeptSource(kind);
    world.faults.deny('GetQueryResults');
    expect((await search()).targets[0]?.outcome).toBe('denied');
    world.faults.clear();
    expect(idsOf(await search())).toEqual(['e1']);
    expect(queryCount()).toBe(2);
  });

  it('starts another when trouble ended it after something was found', async () => {
    const { search, queryCount, world } = await aKeptSource(kind, {
      events: calls(600),
      clients: { attemptsMax: 1 },
    });
    const wanted = { targets: [WEST], matchesEnough: 5_000 };
    await search(wanted, QUESTION.replace('3h', '4h'));
    const after = callsOf(world, 'GetQueryResults').length - 1;
    world.faults.add({ kind: 'invalid-next-token', operation: 'GetQueryResults', after });
    const broken = await search(wanted);
    expect(broken.targets).toMatchObject([{ outcome: 'found', count: 500, truncated: true }]);
    world.faults.clear();
    expect(idsOf(await search(wanted))).toHaveLength(600);
    expect(queryCount()).toBe(3);
  });
});

describe('a cache of searches', () => {
  it('is kept for an hour', async () => {
    const ttls: number[] = [];
    const cache = () => ({
      saveCached: async (_: string, __: string, ttlMs: number) => void ttls.push(ttlMs),
    });
    const { search } = await aKeptSource('lake', { cache });
    await search();
    expect(ttls).toEqual([60 * MINUTE_MS]);
  });

  it('does not keep what is too large', async () => {
    const events = calls(1_500).map((one) => ({
      ...one,
      errorMessage: Array.from({ length: 60 }, () => randomBytes(3).toString('hex')).join(' '),
    }));
    const saved: string[] = [];
    const cache = () => ({ saveCached: async (_: string, body: string) => void saved.push(body) });
    const { search } = await aKeptSource('lake', { cache, events });
    expect(idsOf(await search({ matchesEnough: 5_000 }))).toHaveLength(1_500);
    expect(saved).toEqual([]);
  });

  it.each([
    ['cannot be reached', () => ({ readCached: away, saveCached: away })],
    ['holds something else', () => ({ readCached: async () => 'something else' })],
  ] as const)('is not missed when it %s', async (_, cache) => {
    const { search, queryCount, log } = await aKeptSource('lake', { cache });
    await search();
    expect(idsOf(await search())).toEqual(['e1']);
    expect(queryCount()).toBe(2);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });
});

async function away(): Promise<never> {
  throw new AppError('store-unavailable', 'The store is away.');
}
