import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestTime, parseWhen } from '../../../src/domain/time/parse-when.ts';

const NOON = '2026-03-10T12:00:00Z';

function read(text: string, timeZone = 'UTC', now = NOON): string {
  const result = parseWhen(text, { timeZone, nowMs: Date.parse(now), meaning: 'past' });
  return result.kind === 'time' ? new Date(result.atMs).toISOString() : result.sentence;
}

describe('reading a moment in the past', () => {
  it.each([
    ['90m', '2026-03-10T10:30:00.000Z'],
    ['3h', '2026-03-10T09:00:00.000Z'],
    ['1h30m', '2026-03-10T10:30:00.000Z'],
    ['2 hours ago', '2026-03-10T10:00:00.000Z'],
    ['2d', '2026-03-08T12:00:00.000Z'],
    ['1w', '2026-03-03T12:00:00.000Z'],
    ['now', '2026-03-10T12:00:00.000Z'],
    ['10:42', '2026-03-10T10:42:00.000Z'],
    ['10:42:07', '2026-03-10T10:42:07.000Z'],
    ['yesterday 14:00', '2026-03-09T14:00:00.000Z'],
    ['yesterday', '2026-03-09T00:00:00.000Z'],
    ['today 09:00', '2026-03-10T09:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01 09:30', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:15.250+02:00', '2026-03-01T07:30:15.000Z'],
    ['10:42 utc', '2026-03-10T10:42:00.000Z'],
    ['10:42gmt', '2026-03-10T10:42:00.000Z'],
    ['  TODAY   9:00 ', '2026-03-10T09:00:00.000Z'],
    ['today', '2026-03-10T00:00:00.000Z'],
    ['5 min', '2026-03-10T11:55:00.000Z'],
    ['1 minute ago', '2026-03-10T11:59:00.000Z'],
    ['2 mins', '2026-03-10T11:58:00.000Z'],
    ['30 minutes', '2026-03-10T11:30:00.000Z'],
    ['1 hr', '2026-03-10T11:00:00.000Z'],
    ['2hrs', '2026-03-10T10:00:00.000Z'],
    ['1 hour', '2026-03-10T11:00:00.000Z'],
    ['1 day 2 hours 3m ago', '2026-03-09T09:57:00.000Z'],
    ['3 days', '2026-03-07T12:00:00.000Z'],
    ['2 weeks', '2026-02-24T12:00:00.000Z'],
    ['1 week ago', '2026-03-03T12:00:00.000Z'],
    ['0m', '2026-03-10T12:00:00.000Z'],
    ['12:00', '2026-03-10T12:00:00.000Z'],
    ['12:00:01', '2026-03-09T12:00:01.000Z'],
    ['10:42:07.123', '2026-03-10T10:42:07.000Z'],
    ['10:42+01:00', '2026-03-10T09:42:00.000Z'],
    ['10:42 -0130', '2026-03-09T12:12:00.000Z'],
    ['01:00+14:00', '2026-03-10T11:00:00.000Z'],
    ['23:59:59', '2026-03-09T23:59:59.000Z'],
    ['2026-03-01 09:30 utc', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01t09:30:15-02:00', '2026-03-01T11:30:15.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('reads `%s`', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('reads times without a zone in the zone of the person who asks', () => {
    expect(read('10:42', 'America/New_York', '2026-03-10T16:00:00Z')).toBe(
      '2026-03-10T14:42:00.000Z',
    );
  });

  it('reads a time of day in UTC when it says so, wherever the person is', () => {
    expect(read('10:42Z', 'Asia/Tokyo')).toBe('2026-03-10T10:42:00.000Z');
  });

  it('takes a time of day that is still to come for yesterday', () => {
    expect(read('12:01')).toBe('2026-03-09T12:01:00.000Z');
  });

  it('takes the day from the clock of the person, not from UTC', () => {
    expect(read('yesterday 23:00', 'Asia/Tokyo', '2026-03-10T16:00:00Z')).toBe(
      '2026-03-10T14:00:00.000Z',
    );
  });

  it('moves a time that a clock change skips on by the gap', () => {
    expect(read('2026-03-29 02:30', 'Europe/Berlin', '2026-04-01T00:00:00Z')).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('reads a time that a clock shows twice as the first of the two', () => {
    expect(read('2026-10-25 02:30', 'Europe/Berlin', '2026-11-01T00:00:00Z')).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it('finds yesterday across a clock change', () => {
    expect(read('yesterday 01:00', 'Europe/Berlin', '2026-03-30T10:00:00Z')).toBe(
      '2026-03-29T00:00:00.000Z',
    );
  });

  it('uses UTC for a zone that this runtime does not know', () => {
    expect(read('10:42', 'Mars/Olympus')).toBe('2026-03-10T10:42:00.000Z');
  });

  it.each([
    ['25:00', 'There is no such time as `25:00`.'],
    ['24:00', 'There is no such time as `24:00`.'],
    ['10:60', 'There is no such time as `10:60`.'],
    ['10:42:60', 'There is no such time as `10:42:60`.'],
    ['10:42+14:01', 'There is no such time as `10:42+14:01`.'],
    ['10:42+01:60', 'There is no such time as `10:42+01:60`.'],
    ['2026-03-01 09:30+15:00', 'There is no such time as `2026-03-01 09:30+15:00`.'],
    ['2025-02-29', 'There is no such time as `2025-02-29`.'],
    ['2026-13-01', 'There is no such time as `2026-13-01`.'],
    ['2026-00-10', 'There is no such time as `2026-00-10`.'],
    ['2026-03-00', 'There is no such time as `2026-03-00`.'],
    ['2026-02-30', 'There is no such time as `2026-02-30`.'],
    ['2026-03-11', '`2026-03-11` has not come yet.'],
    ['today 13:00', '`today 13:00` has not come yet.'],
  ])('says why `%s` is no time in the past', (text, sentence) => {
    expect(read(text)).toBe(sentence);
  });

  it('shows the forms it understands for anything else', () => {
    const forms = 'Write it like 90m, 3h, 2d, 10:42, yesterday 14:00 or 2026-03-01 09:30.';
    expect(read('Tea`time')).toBe(`\`Teatime\` is not a time. ${forms}`);
    expect(read(' ')).toBe(`A time is missing. ${forms}`);
    expect(read('1'.repeat(61))).toBe(`That is too long for a time. ${forms}`);
    expect(read('1'.repeat(60))).toContain('is not a time');
  });

  it.each([
    ...[
      'x90m',
      '90mx',
      '90',
      'm',
      '1234567m',
      '90m agox',
      'ago',
      '1h  x',
      'x10:42',
      '10:42x',
      '1:2',
    ],
    ...['10:4', '100:42', '10:42:7', 'tomorrow 10:00', 'x2026-03-01', '2026-03-01x', '26-03-01'],
    ...['2026-3-1', '2026-03-01 9', 'today10:00', '10:42 +1:00', 'nows', 'today yesterday'],
  ])('takes %j for no time', (text) => {
    expect(read(text)).toContain('is not a time');
  });

  it('takes the day from the clock that was written, in any zone', () => {
    expect(read('yesterday 23:00+14:00')).toBe('2026-03-10T09:00:00.000Z');
    expect(read('today 00:30 +1400', 'UTC', '2026-03-10T11:00:00Z')).toBe(
      '2026-03-10T10:30:00.000Z',
    );
  });

  it('takes as many words for a time as belong to it', () => {
    const context = { timeZone: 'UTC', nowMs: Date.parse(NOON), meaning: 'past' } as const;
    expect(longestTime(['yesterday', '14:00', 'UTC', 'x'], context)?.count).toBe(3);
    expect(longestTime(['3h', 'x'], context)?.count).toBe(1);
    expect(longestTime(['3h'], context)).toEqual({
      count: 1,
      atMs: Date.parse('2026-03-10T09:00:00Z'),
    });
    expect(longestTime(['x', '3h'], context)).toBeNull();
    expect(longestTime([], context)).toBeNull();
    expect(longestTime(['1h', '1h', '1h', '1h'], context)?.count).toBe(3);
  });

  it('answers with a moment that is not in the future or a sentence, whatever is typed', () => {
    const piece = fc.constantFrom(
      '1',
      '99',
      'h',
      ':',
      '-',
      'today',
      ' ',
      '2026',
      'z',
      '+',
      '`',
      '٣',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'Nowhere');
    // At the very ends of what a date can hold, another zone's clock shows no date at all.
    const clock = fc.date({
      noInvalidDate: true,
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
    });
    fc.assert(
      fc.property(texts, zones, clock, (text, timeZone, now) => {
        const nowMs = now.getTime();
        const result = parseWhen(text, { timeZone, nowMs, meaning: 'past' });
        const isGood = result.kind === 'error' ? result.sentence.length > 0 : result.atMs <= nowMs;
        expect(isGood).toBe(true);
      }),
    );
  });
});
