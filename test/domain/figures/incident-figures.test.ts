import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  type FigureRow,
  incidentFigures,
  PERIOD_DAYS,
} from '../../../src/domain/figures/incident-figures.ts';
import { median } from '../../../src/domain/figures/median.ts';
import { trendGraph, WEEKS, weeksUntil } from '../../../src/domain/figures/weeks.ts';
import { NO_DURATIONS } from '../../../src/domain/incident/durations.ts';

const NOW_MS = Date.UTC(2026, 2, 31, 12);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function aRow(daysAgo: number, changes: Partial<FigureRow> = {}): FigureRow {
  return {
    openedAtMs: NOW_MS - daysAgo * DAY_MS,
    durations: NO_DURATIONS,
    className: null,
    causeName: null,
    ...changes,
  };
}

const resolvedIn = (minutes: number) => ({
  durations: { ...NO_DURATIONS, resolve: minutes * MINUTE_MS },
});

describe('a median', () => {
  it('is the middle one, or halfway between the two in the middle, and null of nothing', () => {
    expect(median([])).toBeNull();
    expect(median([7])).toBe(7);
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 9, 3, 5])).toBe(4);
  });

  it('has as many values above as below, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1 }), (values) => {
        const middle = median(values) ?? -1;
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
        expect(median(values.toReversed())).toBe(middle);
      }),
    );
  });
});

describe('figures', () => {
  it('of no incidents are zero and null, never a number made up', () => {
    const { recent, before, classes } = incidentFigures([], NOW_MS);

    expect(recent).toEqual(before);
    expect(recent.count).toBe(0);
    expect(recent.medians.resolve).toEqual({ ms: null, count: 0 });
    expect(classes).toEqual([]);
  });

  it('put what was opened exactly thirty days ago into the thirty days before', () => {
    const rows = [aRow(29.99), aRow(PERIOD_DAYS), aRow(59.99), aRow(2 * PERIOD_DAYS)];
    const { recent, before } = incidentFigures(rows, NOW_MS);

    expect([recent.count, before.count]).toEqual([1, 2]);
  });

  it('count thirty days over the end of a month, however long the month', () => {
    const firstOfMarch = aRow(0, { openedAtMs: Date.UTC(2026, 2, 1, 12) });
    const secondOfMarch = aRow(0, { openedAtMs: Date.UTC(2026, 2, 1, 12, 0, 1) });
    const { recent, before } = incidentFigures([firstOfMarch, secondOfMarch], NOW_MS);

    expect([recent.count, before.count]).toEqual([1, 1]);
  });

  it('leave an incident out of a median as long as it has not come so far', () => {
    const rows = [aRow(1, resolvedIn(10)), aRow(2, resolvedIn(30)), aRow(3)];

    expect(incidentFigures(rows, NOW_MS).recent).toMatchObject({
      count: 3,
      medians: { resolve: { ms: 20 * MINUTE_MS, count: 2 }, isolate: { ms: null, count: 0 } },
    });
  });

  it('are told by class, the most frequent first and the unknown last', () => {
    const rows = [null, null, null, 'Cost', 'Downtime', 'Downtime'].map((className) =>
      aRow(1, { className }),
    );

    expect(
      incidentFigures(rows, NOW_MS).classes.map(({ className, count }) => [className, count]),
    ).toEqual([
      ['Downtime', 2],
      ['Cost', 1],
      [null, 3],
    ]);
  });

  it('count every incident of sixty days once, in periods and in classes', () => {
    const anyRow = fc.record({
      daysAgo: fc.double({ min: 0, max: 100, noNaN: true }),
      className: fc.constantFrom(null, 'a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const figures = incidentFigures(
          rows.map(({ daysAgo, className }) => aRow(daysAgo, { className })),
          NOW_MS,
        );
        const expected = rows.filter(
          ({ daysAgo }) => NOW_MS - daysAgo * DAY_MS > NOW_MS - 60 * DAY_MS,
        );
        expect(figures.recent.count + figures.before.count).toBe(expected.length);
        const inClasses = figures.classes.reduce((sum, { count }) => sum + count, 0);
        expect(inClasses).toBe(figures.recent.count);
      }),
    );
  });
});

describe('a comparison', () => {
  const five = (ms: number) => ({ ms, count: 5 });

  it('is not made of fewer than five incidents on either side', () => {
    expect(compare({ ms: 1, count: 4 }, five(9))).toEqual({ kind: 'too-few' });
    expect(compare(five(9), { ms: 1, count: 4 })).toEqual({ kind: 'too-few' });
    expect(compare({ ms: null, count: 0 }, five(9))).toEqual({ kind: 'too-few' });
  });

  it('says by how much, and calls less than a tenth the same', () => {
    expect(compare(five(60), five(100))).toEqual({ kind: 'shorter', byMs: 40 });
    expect(compare(five(140), five(100))).toEqual({ kind: 'longer', byMs: 40 });
    expect(compare(five(109), five(100))).toEqual({ kind: 'same' });
  });
});

describe('weeks', () => {
  it('end now and hold every incident of twelve weeks once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (days) => {
        const rows = days.map((daysAgo) => aRow(daysAgo));
        const weeks = weeksUntil(rows, NOW_MS);
        const expected = rows.filter(({ openedAtMs }) => openedAtMs > NOW_MS - WEEKS * 7 * DAY_MS);
        expect(weeks).toHaveLength(WEEKS);
        expect(weeks.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
      }),
    );
  });

  it('are drawn as far as incidents were resolved in them, in hours when minutes grow long', () => {
    const short = trendGraph(weeksUntil([aRow(1, resolvedIn(30)), aRow(8)], NOW_MS));
    const long = trendGraph(weeksUntil([aRow(1, resolvedIn(600))], NOW_MS));

    expect(short?.points).toEqual([{ atMs: NOW_MS - 7 * DAY_MS, value: 30 }]);
    expect(short?.title).toContain('minutes');
    expect(long?.points.map(({ value }) => value)).toEqual([10]);
    expect(long?.title).toContain('hours');
    expect(short?.toMs).toBe(NOW_MS);
  });

  it('without anything resolved give no picture', () => {
    expect(trendGraph(weeksUntil([aRow(1)], NOW_MS))).toBeNull();
  });
});
