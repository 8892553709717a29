import { describe, expect, it } from 'vitest';
import { describeQuery } from '../../../../src/domain/trail/query/describe-query.ts';
import { parseQuery, type QueryContext } from '../../../../src/domain/trail/query/parse-query.ts';
import type { QueryError, TrailQuery } from '../../../../src/domain/trail/query/query.ts';

const NOW_MS = Date.parse('2026-03-10T12:00:00Z');
const context: QueryContext = {
  timeZone: 'UTC',
  nowMs: NOW_MS,
  meaning: 'past',
  lookbackMaxMs: 90 * 86_400_000,
};

function understood(line: string, changes: Partial<QueryContext> = {}): TrailQuery {
  const result = parseQuery(line, { ...context, ...changes });
  expect(result).toMatchObject({ kind: 'query' });
  return (result as { query: TrailQuery }).query;
}

function refused(line: string): QueryError {
  const result = parseQuery(line, context);
  expect(result).toMatchObject({ kind: 'error' });
  return result as QueryError;
}

const words = (line: string, changes: Partial<QueryContext> = {}) =>
  describeQuery(understood(line, changes));

describe('the words of a question', () => {
  it.each([
    ['-', 'resource or user - · writes'],
    ['-"denied"', 'not resource or user denied · writes'],
    ['-"a:b" is:read', 'not resource or user a:b · reads'],
    ['":x" is:read', 'resource or user :x · reads'],
    [':x is:read', 'resource or user :x · reads'],
    ['"user:ana" is:read', 'resource or user user:ana · reads'],
    ['user:"ana b" is:read', 'user ana b · reads'],
    ['usr1:ana is:read', 'resource or user usr1:ana · reads'],
    ['1usr:ana is:read', 'resource or user 1usr:ana · reads'],
    ['-checkout is:read', 'not resource or user checkout · reads'],
    ['who stopped i-0abc ?', 'stopped · resource i-0abc'],
    ['who stopped i-0abc?!;,', 'stopped · resource i-0abc'],
    ['who stopped a?b', 'stopped · resource a?b'],
    ['who stopped "why?"', 'stopped · resource why?'],
    ['90x is:read', 'resource or user 90x · reads'],
    ['h90m is:read', 'resource or user h90m · reads'],
    ['90m-x is:read', 'resource or user 90m-x · reads'],
    ['what was done to i-0abc', 'any call · resource i-0abc'],
    ['who did checkout', 'any call · resource checkout'],
    ['did checkout', 'any call · resource checkout'],
    ['what did checkout', 'any call · user checkout'],
    ['who changed role x', 'changed · resource role or x'],
    ['who assumed role', 'assumed · resource role'],
    ['who assumed role x', 'assumed · resource x'],
    ['who assumed role:Admin', 'assumed · resource Admin'],
    ['who assumed or created role:Admin', 'assumed or created · role Admin'],
    ['who stopped role:Admin', 'stopped · role Admin'],
    ['event:StopTask role:Admin web', 'role Admin · event StopTask · resource web'],
    ['who changed x by is:root ana', 'changed · resource x or ana · by root'],
    ['who changed x by the ana', 'changed · resource x or ana'],
    ['who changed x by stopped', 'changed · resource x · user stopped'],
    ['1stoped is:read', 'resource or user 1stoped · reads'],
    ['from teatime is:read', 'resource or user teatime · reads'],
  ])('are understood in `%s`', (line, description) => {
    expect(words(line).split(' · ').toSorted()).toEqual(description.split(' · ').toSorted());
  });

  it('may name an account, also one whose name looks like a slip', () => {
    const accounts = new Map([['stoped', '111122223333']]);

    expect(words('stoped is:read', { accounts })).toBe('account 111122223333 · reads');
    expect(parseQuery('stoped is:read', context)).toMatchObject({ kind: 'error' });
  });

  it('may be as many as fit, and no more', () => {
    const names = Array.from({ length: 20 }, (_, index) => `name${index}`);

    expect(understood(names.join(' ')).conditions).toHaveLength(20);
    expect(refused([...names, 'else'].join(' '))).toMatchObject({
      sentence: 'A question can have 20 filters at most.',
      start: names.join(' ').length + 1,
      end: names.join(' ').length + 5,
    });
    expect(understood(`"${'x'.repeat(498)}"`).conditions).toHaveLength(1);
    expect(refused('x'.repeat(502))).toMatchObject({
      sentence: 'The question is longer than 500 characters.',
      start: 500,
      end: 502,
    });
  });

  it('leave reads out unless they say what kind of call is meant', () => {
    const assumes = (line: string) => understood(line).assumesWrites;

    expect(['id:x', 'error:x', 'event:x', 'is:read', 'is:error', 'who did x'].map(assumes)).toEqual(
      [...[false, false, false, false, false, false]],
    );
    expect(['user:x', '-is:read', '-event:x', 'is:root'].map(assumes)).toEqual([
      ...[true, true, true, true],
    ]);
  });
});

describe('the window of a question', () => {
  const at = (clock: string, day = '10') => Date.parse(`2026-03-${day}T${clock}:00Z`);

  it.each([
    ['who stopped x today', at('00:00'), NOW_MS],
    ['who stopped x yesterday', at('00:00', '09'), at('00:00')],
    ['who stopped x until:10:00', at('10:00', '09'), at('10:00')],
    ['who stopped x since 09:00 before 10:00', at('09:00'), at('10:00')],
    ['who stopped x since 09:00 to 10:00', at('09:00'), at('10:00')],
    ['who stopped x since 09:00 till 10:00', at('09:00'), at('10:00')],
    ['who stopped x after 09:00 until 10:00?', at('09:00'), at('10:00')],
    ['who stopped x from 09:00', at('09:00'), NOW_MS],
    ['who stopped x in the past 3h?!', at('09:00'), NOW_MS],
    ['who stopped x last 3h', at('09:00'), NOW_MS],
    ['who stopped x since 10:00 until 10:00', at('10:00'), at('10:00')],
    ['since 3h', at('09:00'), NOW_MS],
    ['until 10:00', at('10:00', '09'), at('10:00')],
  ])('is read from `%s`', (line, fromMs, toMs) => {
    expect(understood(line)).toMatchObject({ fromMs, toMs, hasWindow: true });
  });

  it('is none of its words where no time stands behind them', () => {
    expect(understood('who stopped the last of x')).toMatchObject({ hasWindow: false });
    expect(understood('is:root')).toMatchObject({ hasWindow: false });
  });

  it('needs a time where a word can mean nothing else', () => {
    expect(refused('who stopped x since')).toMatchObject({
      sentence: expect.stringMatching(/^After `since`: A time is missing\./),
      start: 14,
      end: 19,
    });
    expect(refused('who stopped x till teatime today')).toMatchObject({
      sentence: expect.stringMatching(/^After `till`: `teatime` is not a time\./),
      start: 19,
      end: 26,
    });
    expect(refused('who stopped x until:')).toMatchObject({ start: 14, end: 20 });
  });

  it('points at what makes it impossible', () => {
    expect(refused('event:X since 1h until 10:00')).toMatchObject({
      sentence: '`until` is before `since`.',
      start: 23,
      end: 28,
    });
    expect(refused('event:X since 91d')).toMatchObject({
      sentence:
        'Event history keeps 90 days, and this reaches further back. ' +
        'A log group that a trail writes to or CloudTrail Lake could answer, but none is configured. ' +
        "A trail's files can be read on the command line: `redthread trail --events PATH`.",
      start: 14,
      end: 17,
    });
    expect(refused('event:X until 2025-12-10')).toMatchObject({ start: 0, end: 24 });
  });

  it('is the day before only where a clock was meant', () => {
    expect(understood('event:X since 40m until 20:00')).toMatchObject({ toMs: NOW_MS });
    expect(refused('event:X since 40m until 2026-03-09').sentence).toContain('before `since`');
  });
});

describe('a slip', () => {
  it.each([
    ['usr:ana', '`usr:`', '`user:`', 'user:ana'],
    ['-is:denyed', '`is:denyed`', '`is:denied`', '-is:denied'],
    ['x in:lkae', '`in:lkae`', '`in:lake`', 'x in:lake'],
    ['who stoped x', '`stoped`', '`stopped`', 'who stopped x'],
  ])('in `%s` is asked about', (line, typed, meant, suggestion) => {
    expect(refused(line)).toMatchObject({
      sentence: `Don't know ${typed}: did you mean ${meant}? A name goes in quotes.`,
      suggestion,
    });
  });

  it('of a place is none when two are named', () => {
    expect(refused('x in:lake in:logs').sentence).toBe(
      'A question is asked in one place: keep one `in:`.',
    );
    expect(refused('x -in:lake').sentence).toContain('cannot be turned round');
  });
});
