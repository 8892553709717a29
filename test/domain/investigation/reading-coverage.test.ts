import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedReading } from '../../../src/domain/investigation/plan-reading.ts';
import {
  coverageWords,
  coveredWrites,
  coversWindow,
} from '../../../src/domain/investigation/reading-coverage.ts';
import { minutes } from './builders.ts';

function readOf(
  fromMs: number,
  toMs: number,
  readDownToMs = fromMs,
  purpose: PlannedReading['purpose'] = 'writes-before',
) {
  return { planned: { purpose, attribute: null, fromMs, toMs }, readDownToMs };
}

describe('the times of which every write was read', () => {
  it('are those down to where the readings came', () => {
    const covered = coveredWrites([
      readOf(minutes(-60), minutes(0), minutes(-20)),
      readOf(minutes(0) + 1_000, minutes(15), minutes(10), 'writes-after'),
    ]);

    expect(covered).toEqual([
      { fromMs: minutes(10), toMs: minutes(15) },
      { fromMs: minutes(-20), toMs: minutes(0) },
    ]);
    expect(coverageWords(covered, { fromMs: minutes(-60), toMs: minutes(15) })).toBe(
      '09:40:00 to 10:00:00 and 10:10:00 to 10:15:00',
    );
  });

  it('are one where one reading touches the next', () => {
    const covered = coveredWrites([
      readOf(minutes(-60), minutes(0)),
      readOf(minutes(0) + 1_000, minutes(15), undefined, 'writes-after'),
    ]);

    expect(covered).toEqual([{ fromMs: minutes(-60), toMs: minutes(15) }]);
  });

  it('are not what was read for one thing only', () => {
    expect(coveredWrites([readOf(0, minutes(0), 0, 'own-resource')])).toEqual([]);
    expect(coverageWords([], { fromMs: 0, toMs: 1 })).toBeNull();
  });

  it('have their day with them when there are several', () => {
    const covered = [{ fromMs: minutes(-24 * 60), toMs: minutes(0) }];

    expect(coverageWords(covered, { fromMs: minutes(-25 * 60), toMs: minutes(0) })).toBe(
      '2026-03-09 10:00:00 to 2026-03-10 10:00:00',
    );
  });

  it('hold each second that a reading came down to, and no other', () => {
    const second = fc.integer({ min: 0, max: 60 });
    const anyReading = fc
      .tuple(second, second, second)
      .map((times) => times.toSorted((a, b) => a - b))
      .map(([from = 0, down = 0, to = 0]) => readOf(from * 1_000, to * 1_000, down * 1_000));
    fc.assert(
      fc.property(fc.array(anyReading, { maxLength: 6 }), second, (readings, at) => {
        const atMs = at * 1_000;
        const isRead = readings.some(
          ({ planned, readDownToMs }) => atMs >= readDownToMs && atMs <= planned.toMs,
        );
        const window = { fromMs: atMs, toMs: atMs };
        expect(coversWindow(coveredWrites(readings), window)).toBe(isRead);
      }),
    );
  });
});
