import { describe, expect, it } from 'vitest';
import {
  DELIVERY_LAG_MS,
  FRESH_MS,
  fullyRead,
  isFinal,
  planReading,
  type ReadWindow,
  secondsWithin,
} from '../../../src/domain/trail/windows.ts';

const NOW_SECOND = 1_800_000_000;
const NOW_MS = NOW_SECOND * 1_000;
const LAG_SECONDS = DELIVERY_LAG_MS / 1_000;
const FRESH_SECONDS = FRESH_MS / 1_000;

/** Times are seconds before now. */
function read(
  fromAgo: number,
  toAgo: number,
  changes: { readAgo?: number; recordCount?: number; skippedCount?: number } = {},
): ReadWindow & { readonly name: string } {
  const { readAgo = toAgo, recordCount = 0, skippedCount = 0 } = changes;
  const span = { fromSecond: NOW_SECOND - fromAgo, toSecond: NOW_SECOND - toAgo };
  const readAtMs = NOW_MS - readAgo * 1_000;
  const pieces = [{ ...span, recordCount }];
  return { ...span, readAtMs, skippedCount, pieces, name: `${fromAgo}-${toAgo}` };
}

/** The plan in short, newest first: what is kept by its name, and in seconds ago. */
function plan(known: readonly ReturnType<typeof read>[], fromAgo: number, toAgo: number) {
  const asked = { fromSecond: NOW_SECOND - fromAgo, toSecond: NOW_SECOND - toAgo };
  return planReading(known, asked, NOW_MS).map((stretch) => {
    const span = `${NOW_SECOND - stretch.fromSecond}-${NOW_SECOND - stretch.toSecond}`;
    return stretch.kind === 'gap' ? `gap ${span}` : `${span} of ${stretch.window.name}`;
  });
}

describe('secondsWithin', () => {
  it('holds the whole seconds between two times, ends included', () => {
    expect(secondsWithin(1_000, 3_000)).toEqual({ fromSecond: 1, toSecond: 3 });
    expect(secondsWithin(1_001, 3_999)).toEqual({ fromSecond: 2, toSecond: 3 });
    expect(secondsWithin(1_001, 1_999)).toBeNull();
  });
});

describe('planReading', () => {
  it('reads all of a window of which nothing is known', () => {
    expect(plan([], 9_000, 5_000)).toEqual(['gap 9000-5000']);
  });

  it('takes what has become final from what was read before, and reads the rest', () => {
    const large = read(9_000, 5_000, { readAgo: 4_000, recordCount: 100 });
    expect(plan([large], 10_000, 3_000)).toEqual([
      'gap 4999-3000',
      '9000-5000 of 9000-5000',
      'gap 10000-9001',
    ]);
  });

  it('reads the minutes again in which records could still arrive when they were read', () => {
    const anHourAgo = read(9_000, 3_600);
    expect(plan([anHourAgo], 9_000, 0)).toEqual([
      `gap ${3_600 + LAG_SECONDS - 1}-0`,
      `9000-${3_600 + LAG_SECONDS} of 9000-3600`,
    ]);
  });

  it('uses all of what was read within the last minute, and asks for nothing younger', () => {
    expect(plan([read(9_000, FRESH_SECONDS)], 9_000, 0)).toEqual([
      `9000-${FRESH_SECONDS} of 9000-${FRESH_SECONDS}`,
    ]);
    expect(plan([read(9_000, FRESH_SECONDS + 1)], 9_000, 0)[0]).toMatch(/^gap \d+-0$/);
  });

  it('does not take the end of an older window for now, however lately it was read', () => {
    const older = read(9_000, 5_000, { readAgo: 1 });
    expect(plan([older], 9_000, 4_990)).toEqual(['gap 4999-4990', '9000-5000 of 9000-5000']);
  });

  it('prefers what reaches furthest down, so that stretches are few', () => {
    const known = [read(6_000, 5_000, { readAgo: 0 }), read(9_000, 5_500, { readAgo: 0 })];
    expect(plan(known, 8_000, 5_200)).toEqual(['6000-5200 of 6000-5000', '8000-6001 of 9000-5500']);
  });

  it('uses a window with unreadable records whole or not at all', () => {
    const skipping = read(6_000, 5_000, { readAgo: 0, skippedCount: 1 });
    expect(plan([skipping], 6_000, 5_000)).toEqual(['6000-5000 of 6000-5000']);
    expect(plan([skipping], 5_999, 5_000)).toEqual(['gap 5999-5000']);
    expect(plan([skipping], 6_000, 5_001)).toEqual(['gap 6000-5001']);
  });

  it('reads a few records between two gaps again, which is one call less', () => {
    const few = read(6_000, 5_000, { readAgo: 0, recordCount: 99 });
    expect(plan([few], 9_000, 4_000)).toEqual(['gap 9000-4000']);
  });
});

describe('what a cut reading covers', () => {
  it('is all after the oldest second it came to', () => {
    expect(fullyRead({ fromSecond: 10, toSecond: 20 }, 15)).toEqual({
      fromSecond: 16,
      toSecond: 20,
    });
  });

  it('is nothing when it came no further than the newest second', () => {
    expect(fullyRead({ fromSecond: 10, toSecond: 20 }, 20)).toBeNull();
  });
});

it('calls a window final when its newest record must have been delivered by then', () => {
  expect(isFinal(read(9_000, LAG_SECONDS, { readAgo: 0 }))).toBe(true);
  expect(isFinal(read(9_000, LAG_SECONDS - 1, { readAgo: 0 }))).toBe(false);
});
