import { describe, expect, test } from 'vitest';
import { formatSlackDate } from '../../../src/simulator/workspace/page/times.ts';

const now = new Date(2026, 2, 8, 10, 42);

function formatted(date: Date, format: string): string {
  return formatSlackDate(date.getTime() / 1_000, format, now);
}

describe('a date token', () => {
  test.each([
    ['yesterday', new Date(2026, 2, 7, 23, 59)],
    ['today', new Date(2026, 2, 8, 0, 0)],
    ['tomorrow', new Date(2026, 2, 9, 0, 0)],
    ['6 Mar 2026', new Date(2026, 2, 6, 23, 59)],
    ['10 Mar 2026', new Date(2026, 2, 10, 0, 0)],
  ])('that is pretty says %s', (expected, date) => {
    expect(formatted(date, '{date_short_pretty}')).toBe(expected);
  });

  test('that is not pretty names the day, today as well', () => {
    expect(formatted(now, '{date_long} {time}')).toBe('Sunday, 8 March 2026 10:42');
  });

  test('that is unknown stays as it was written', () => {
    expect(formatted(now, '{moon} {date_num}')).toBe('{moon} 2026-03-08');
  });
});
