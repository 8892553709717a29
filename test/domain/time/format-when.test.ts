import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAgo, formatLength, formatWhen } from '../../../src/domain/time/format-when.ts';
import { instantOf, wallTimeAt } from '../../../src/domain/time/zone.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const say = (at: string, timeZone = 'UTC') => formatWhen(Date.parse(at), { timeZone, nowMs });

describe('saying when something happened', () => {
  it('names today and yesterday', () => {
    expect(say('2026-03-10T11:40:07Z')).toBe('today 11:40:07 UTC, 19 min ago');
    expect(say('2026-03-09T11:00:00Z')).toBe('yesterday 11:00:00 UTC, 25 h ago');
  });

  it('names the day otherwise, and the year when it is another one', () => {
    expect(say('2026-03-01T11:00:00Z')).toBe('Sun 1 Mar 11:00:00 UTC, 9 days ago');
    expect(say('2025-12-31T11:00:00Z')).toBe('Wed 31 Dec 2025 11:00:00 UTC, 69 days ago');
  });

  it('tells the time of the zone it was asked for', () => {
    expect(say('2026-03-10T11:40:07Z', 'Europe/Berlin')).toContain('today 12:40:07 CET');
  });

  it('says in so many words that a clock runs ahead', () => {
    expect(formatAgo(nowMs + 300_000, nowMs)).toBe('in 5 min');
  });

  it.each([Number.NaN, 8.7e15, Number.POSITIVE_INFINITY])('does not fail over %s', (atMs) => {
    expect(formatWhen(atMs, { timeZone: 'UTC', nowMs })).toBe('at an unknown time');
  });

  it('rounds lengths down to what matters', () => {
    expect([5_000, 60_000, 5_430_000, 7_200_000, 259_200_000].map(formatLength)).toEqual([
      '5 s',
      '1 min',
      '1 h 30 min',
      '2 h',
      '3 days',
    ]);
  });

  it('finds the instant of every wall time that a clock has shown', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
    );
    const seconds = fc.integer({ min: 0, max: 4_102_444_800 });
    fc.assert(
      fc.property(zones, seconds, (timeZone, second) => {
        const wall = wallTimeAt(second * 1000, timeZone);
        expect(wallTimeAt(instantOf(wall, timeZone), timeZone)).toEqual(wall);
      }),
    );
  });
});
