import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agoWords, durationWords, utcWords } from '../../../src/domain/text/time-words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('durations in words', () => {
  test.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [4 * MINUTE_MS, '4 min'],
    [64 * MINUTE_MS, '1 h 04 min'],
    [25 * HOUR_MS, '25 h 00 min'],
    [51 * HOUR_MS, '2 d 03 h'],
    [-5, '0 s'],
    [Number.NaN, '0 s'],
  ])('%d ms is "%s"', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  test('do not lose the hour of a change to summer time', () => {
    const before = Date.UTC(2026, 2, 28, 23, 30);
    const after = Date.UTC(2026, 2, 29, 3, 30);
    expect(agoWords(before, after)).toBe('4 h 00 min ago');
  });
});

describe('times in words', () => {
  test('name the day and the zone', () => {
    expect(utcWords(Date.UTC(2026, 2, 8, 10, 42, 5))).toBe('2026-03-08 10:42:05 UTC');
  });

  test('never throw, whatever the number', () => {
    fc.assert(
      fc.property(fc.double(), (atMs) => {
        expect(utcWords(atMs)).toMatch(/UTC$|^unknown time$/);
      }),
    );
  });
});
