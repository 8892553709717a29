import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallLimiter, PACE, takeTurn } from '../../../src/aws/cloudtrail/take-turn.ts';
import type { Store } from '../../../src/ports.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { neverAborted } from '../support.ts';

const { spacingMs } = PACE;
const turnOf = (urgency: 'waiting' | 'background') => ({ key: 'lookups', urgency });

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.close());

const log = createKeptLog();
const KINDS: Readonly<Record<string, (now: () => number) => Promise<readonly [Store, Store]>>> = {
  'one process on SQLite': async (now) => {
    const store = await openSqliteStore({ path: ':memory:', log, now });
    return [store, store];
  },
  'two processes on one Redis': async (now) => {
    const installation = randomUUID();
    const open = () => openRedisStore({ url: server.url, installation, log, now });
    return Promise.all([open(), open()]);
  },
};

type Move =
  | { readonly kind: 'person' | 'background' }
  | { readonly kind: 'time'; readonly ms: number };

const moves = fc.array(
  fc.oneof(
    fc.constantFrom<Move>({ kind: 'person' }, { kind: 'background' }, { kind: 'background' }),
    fc.nat({ max: 2 * spacingMs }).map((ms): Move => ({ kind: 'time', ms })),
  ),
  { maxLength: 40 },
);

/** How much longer each person waits than if there were nobody else but people. */
async function addedWaits(
  list: readonly Move[],
  open: (now: () => number) => Promise<readonly [Store, Store]>,
): Promise<readonly number[]> {
  let nowMs = 1_000_000;
  const [left, right] = await open(() => nowMs);
  let nextForPeopleMs = 0;
  const added: number[] = [];
  const take: Readonly<Record<Move['kind'], (move: Move) => Promise<void>>> = {
    person: async () => {
      const aloneAtMs = Math.max(nowMs, nextForPeopleMs);
      nextForPeopleMs = aloneAtMs + spacingMs;
      added.push(nowMs + (await left.reserveCall('lookups', spacingMs)) - aloneAtMs);
    },
    background: async () => {
      await right.tryReserveCall('lookups', spacingMs);
    },
    time: async (move) => {
      nowMs += 'ms' in move ? move.ms : 0;
    },
  };
  for (const move of list) await take[move.kind](move);
  await Promise.all([left.close(), right.close()]);
  return added;
}

describe.each(Object.entries(KINDS))('people and background calls in %s', (_name, open) => {
  it('never makes a person wait for more than the one call that was already begun', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (list) => {
        const added = await addedWaits(list, open);
        expect(Math.max(0, ...added)).toBeLessThanOrEqual(spacingMs);
      }),
      { numRuns: 60 },
    );
  });

  it('lets background calls through when the people are done', async () => {
    const [left, right] = await open(Date.now);
    const order: string[] = [];
    const go = async (store: Store, urgency: 'waiting' | 'background') => {
      await takeTurn(store, turnOf(urgency), neverAborted());
      order.push(urgency);
    };
    await go(left, 'waiting');
    const background = go(right, 'background');
    await Promise.all([go(left, 'waiting'), go(left, 'waiting'), background]);
    expect(order).toEqual(['waiting', 'waiting', 'waiting', 'background']);
    await Promise.all([left.close(), right.close()]);
  });
});

describe('a background call', () => {
  /** Slots that are taken whenever somebody looks, and a note of who asked how. */
  function aBusyLimiter(askAgainInMs: number) {
    const asked: string[] = [];
    const limiter: CallLimiter = {
      reserveCall: async () => {
        asked.push('queued');
        return 0;
      },
      tryReserveCall: async () => {
        asked.push('looked');
        return askAgainInMs;
      },
      holdCalls: async () => undefined,
    };
    return { limiter, asked };
  }

  it('queues like a person once it has stood back for long enough', async () => {
    const { limiter, asked } = aBusyLimiter(10);
    await takeTurn(limiter, turnOf('background'), neverAborted(), 30);
    expect(asked).toEqual(['looked', 'looked', 'looked', 'queued']);
  });

  it('stops waiting when it is told to', async () => {
    const { limiter, asked } = aBusyLimiter(30_000);
    const stop = new AbortController();
    const turn = takeTurn(limiter, turnOf('background'), stop.signal);
    stop.abort();
    await expect(turn).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual(['looked']);
  });
});
