import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCachedActivity } from '../../../src/aws/cloudtrail/window-cache.ts';
import { DELIVERY_LAG_MS, FRESH_MS } from '../../../src/domain/trail/windows.ts';
import type { ActivityRequest, ActivitySource } from '../../../src/ports.ts';
import { trailRecordsCodec } from '../../../src/store/codec.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { createDelayedActivity, type DelayedRecord } from '../../support/delayed-activity.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { aRecord } from '../../support/trail-record.ts';
import { aRequest, neverAborted } from '../support.ts';

const START_MS = Date.parse('2026-10-14T10:00:00Z');
const SPAN_SECONDS = 1_800;
const HOUR_MS = 3_600_000;

interface Asked {
  readonly fromSecond: number;
  readonly lengthSeconds: number;
  readonly recordsMax: number;
  /** Stops when it has so many records. */
  readonly enough: number;
}

interface Round {
  readonly laterMs: number;
  readonly together: readonly Asked[];
}

const MANY = 10_000;

/** Often with the same end, as people ask about the same incident. */
const second = fc.oneof(fc.constantFrom(900, SPAN_SECONDS), fc.nat({ max: SPAN_SECONDS }));
const askedWith = (numbers: fc.Arbitrary<number>): fc.Arbitrary<Asked> =>
  fc
    .record({ ends: fc.tuple(second, second), recordsMax: numbers, enough: numbers })
    .map(({ ends, ...rest }) => {
      const fromSecond = Math.min(...ends);
      return { ...rest, fromSecond, lengthSeconds: Math.max(...ends) - fromSecond };
    });
const askedWhole = askedWith(fc.constant(MANY));
const someOrMany = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(MANY));
const asked = askedWith(someOrMany);

/** Some questions at a time, a while after those before. */
const rounds = (one: fc.Arbitrary<Asked>): fc.Arbitrary<readonly Round[]> =>
  fc.array(
    fc.record({
      laterMs: fc.oneof(fc.nat({ max: 3 * FRESH_MS }), fc.nat({ max: 30 * HOUR_MS })),
      together: fc.array(one, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 10 },
  );

interface Happened {
  readonly second: number;
  readonly delayMs: number;
  readonly isUnreadable: boolean;
}

/** Mostly few, sometimes so many that what is kept is worth keeping between two gaps. */
const happenings = (delayMs: fc.Arbitrary<number>, isUnreadable: fc.Arbitrary<boolean>) =>
  fc.oneof(fc.constant(20), fc.constant(900)).chain((maxLength) =>
    fc.array(fc.record({ second: fc.nat({ max: SPAN_SECONDS }), delayMs, isUnreadable }), {
      maxLength,
      size: 'max',
    }),
  );

const atOnce = fc.constant(0);
const never = fc.constant(false);
const rarely = fc.nat({ max: 40 }).map((number) => number === 0);

function historyOf(list: readonly Happened[]): readonly DelayedRecord[] {
  return list.map(({ second, delayMs, isUnreadable }, index) => {
    const atMs = START_MS + second * 1_000;
    const record = aRecord({ eventId: `e${String(index).padStart(4, '0')}`, atMs });
    return { record, arrivesAtMs: atMs + delayMs, isUnreadable };
  });
}

function requestOf({ fromSecond, lengthSeconds, recordsMax }: Asked, nowMs: number) {
  const fromMs = START_MS + fromSecond * 1_000;
  return aRequest({ fromMs, toMs: Math.min(fromMs + lengthSeconds * 1_000, nowMs), recordsMax });
}

async function read(source: ActivitySource, request: ActivityRequest, enough: number) {
  const pages = source.readPages(request, neverAborted());
  const ids: string[] = [];
  let skippedCount = 0;
  for (;;) {
    const step = await pages.next();
    if (step.done) return { ids, skippedCount, end: step.value };
    ids.push(...step.value.records.map(({ eventId }) => eventId));
    skippedCount += step.value.skippedCount;
    if (ids.length < enough) continue;
    await pages.return({ ...NO_END });
    return { ids, skippedCount, end: null };
  }
}

const NO_END = {
  outcome: 'found',
  accountId: null,
  recordCount: 0,
  skippedCount: 0,
  truncated: true,
  explanation: null,
} as const;

/** The same history with and without the cache, under one clock. */
async function aWorld(history: readonly DelayedRecord[], startMs: number) {
  const clock = { nowMs: startMs };
  const nowMs = () => clock.nowMs;
  const log = createKeptLog();
  const store = await openSqliteStore({ path: ':memory:', log, now: nowMs });
  const options = { records: history, nowMs, pageSize: 7 };
  const plain = createDelayedActivity(options);
  const inside = createDelayedActivity(options);
  const deps = { store, records: trailRecordsCodec, scope: '', nowMs, log };
  const cached = createCachedActivity({ ...deps, activity: inside });
  return { clock, history, plain, inside, cached, log, close: () => store.close() };
}

type World = Awaited<ReturnType<typeof aWorld>>;

async function overAll(
  list: readonly Happened[],
  rounds: readonly Round[],
  startMs: number,
  check: (world: World, together: readonly Asked[]) => Promise<void>,
): Promise<void> {
  const world = await aWorld(historyOf(list), startMs);
  for (const { laterMs, together } of rounds) {
    world.clock.nowMs += laterMs;
    await check(world, together);
  }
  expect(world.log.lines).toEqual([]);
  await world.close();
}

describe('windows in which everything has arrived', () => {
  const SETTLED_MS = START_MS + 2 * SPAN_SECONDS * 1_000 + DELIVERY_LAG_MS;

  async function readBoth(world: World, together: readonly Asked[]) {
    world.plain.requests.length = 0;
    world.inside.requests.length = 0;
    const both = (source: ActivitySource) =>
      Promise.all(
        together.map((one) => read(source, requestOf(one, world.clock.nowMs), one.enough)),
      );
    return { expected: await both(world.plain), answers: await both(world.cached) };
  }

  // Found once: the second question comes while the first one's reading is being kept.
  const ENDING_WHEN_ASKED: [Happened[], Round[]] = [
    [
      { second: 1_086, delayMs: 0, isUnreadable: false },
      { second: 269, delayMs: 0, isUnreadable: false },
    ],
    [
      {
        laterMs: 0,
        together: [{ fromSecond: 313, lengthSeconds: 774, recordsMax: 1, enough: 1 }],
      },
      {
        laterMs: 0,
        together: [
          { fromSecond: 269, lengthSeconds: 817, recordsMax: MANY, enough: 1 },
          { fromSecond: 0, lengthSeconds: 1_087, recordsMax: 2, enough: MANY },
        ],
      },
    ],
  ];

  it('give the same answers from the cache', async () => {
    const expectSame = async (world: World, together: readonly Asked[]) => {
      const { expected, answers } = await readBoth(world, together);
      for (const [index, answer] of answers.entries()) {
        const { ids, end, skippedCount } = expected[index]!;
        const length = answer.end === null ? Math.min(ids.length, answer.ids.length) : undefined;
        expect(answer.ids.slice(0, length)).toEqual(ids.slice(0, length));
        const isWhole = end !== null && answer.end !== null && !end.truncated;
        expect(isWhole ? answer : null).toEqual(isWhole ? { ids, end, skippedCount } : null);
        expect(answer.end?.truncated).toBe(answer.end === null ? undefined : end?.truncated);
      }
    };
    await fc.assert(
      fc.asyncProperty(happenings(atOnce, rarely), rounds(asked), (list, all) =>
        overAll(list, all, SETTLED_MS, expectSame),
      ),
      { numRuns: 100, examples: [ENDING_WHEN_ASKED] },
    );
  });

  it('are read with no more calls than without a cache', async () => {
    await fc.assert(
      fc.asyncProperty(happenings(atOnce, never), rounds(askedWhole), (list, all) =>
        overAll(list, all, SETTLED_MS, async (world, together) => {
          await readBoth(world, together);
          expect(world.inside.requests.length).toBeLessThanOrEqual(world.plain.requests.length);
        }),
      ),
      { numRuns: 100 },
    );
  });

  it('cost nothing the second time, however far they were read', async () => {
    const oneASecond = fc.uniqueArray(fc.nat({ max: SPAN_SECONDS }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(oneASecond, asked, async (seconds, one) => {
        // A second that was read in part is read anew; where it is the newest, there is no other.
        const newest = one.fromSecond + one.lengthSeconds;
        const list = seconds
          .filter((second) => second !== newest)
          .map((second) => ({ second, delayMs: 0, isUnreadable: false }));
        const world = await aWorld(historyOf(list), SETTLED_MS);
        const first = await readBoth(world, [one]);
        world.clock.nowMs += HOUR_MS;
        const again = await readBoth(world, [one]);
        expect(again.answers.map(({ end }) => end)).toEqual(first.answers.map(({ end }) => end));
        expect(world.inside.requests).toEqual([]);
        await world.close();
      }),
      { numRuns: 100 },
    );
  });
});

describe('windows in which records still arrive', () => {
  const idsOf = (history: readonly DelayedRecord[], request: ActivityRequest, byMs: number) =>
    history
      .filter(({ arrivesAtMs }) => arrivesAtMs <= byMs)
      .filter(({ record: { atMs } }) => atMs >= request.fromMs && atMs <= request.toMs)
      .map(({ record }) => record.eventId);

  it('are never without a record that arrived a minute ago or earlier', async () => {
    const expectNothingLost = async (
      { clock, cached, history }: World,
      together: readonly Asked[],
    ) => {
      const requests = together.map((one) => requestOf(one, clock.nowMs));
      const answers = await Promise.all(requests.map((request) => read(cached, request, MANY)));
      for (const [index, { ids }] of answers.entries()) {
        const request = requests[index]!;
        expect(new Set(ids).size).toBe(ids.length);
        const now = idsOf(history, request, clock.nowMs);
        expect(now).toEqual(expect.arrayContaining(ids));
        const aMinuteAgo = idsOf(history, request, clock.nowMs - FRESH_MS);
        expect(ids).toEqual(expect.arrayContaining(aMinuteAgo));
      }
    };
    const late = fc.nat({ max: DELIVERY_LAG_MS });
    await fc.assert(
      fc.asyncProperty(happenings(late, never), rounds(askedWhole), (list, all) =>
        overAll(list, all, START_MS + 60_000, expectNothingLost),
      ),
      { numRuns: 100 },
    );
  });
});
