import { describe, expect, it } from 'vitest';
import { nameHint } from '../../../../src/domain/trail/query/name-hint.ts';
import {
  asksForFailures,
  asksForOneRecord,
  lookbackOf,
  type QueryError,
  type TrailQuery,
} from '../../../../src/domain/trail/query/query.ts';
import { fail, mendAll, slip } from '../../../../src/domain/trail/query/query-error.ts';

const DAY_MS = 24 * 60 * 60_000;

function aQuery(changes: Partial<TrailQuery> = {}): TrailQuery {
  return {
    verbs: [],
    conditions: [],
    flags: [],
    assumesWrites: false,
    fromMs: 0,
    toMs: 1,
    hasWindow: false,
    place: null,
    ...changes,
  };
}

const condition = (key: TrailQuery['conditions'][number]['key'], value = 'x', negated = false) => ({
  key,
  value,
  negated,
});

describe('what a question is about', () => {
  it('is one record where its id is named, and then as far back as can be', () => {
    const id = condition('id');

    expect(asksForOneRecord(aQuery({ conditions: [id] }))).toBe(true);
    expect(asksForOneRecord(aQuery({ conditions: [{ ...id, negated: true }] }))).toBe(false);
    expect(lookbackOf([id], { lookbackMaxMs: null })).toBe(90 * DAY_MS);
    expect(lookbackOf([id], { lookbackMaxMs: 7 * DAY_MS })).toBe(7 * DAY_MS);
    expect(lookbackOf([id], { lookbackMaxMs: 700 * DAY_MS })).toBe(90 * DAY_MS);
    expect(lookbackOf([condition('user')], { lookbackMaxMs: null })).toBe(DAY_MS);
    expect(lookbackOf([{ ...id, negated: true }], { lookbackMaxMs: null })).toBe(DAY_MS);
  });

  it.each<[string, Partial<TrailQuery>, boolean]>([
    ['nothing of the kind', {}, false],
    ['failed calls', { flags: [{ flag: 'error', negated: false }] }, true],
    ['denied calls', { flags: [{ flag: 'denied', negated: false }] }, true],
    ['other calls than failed ones', { flags: [{ flag: 'error', negated: true }] }, false],
    ['reads', { flags: [{ flag: 'read', negated: false }] }, false],
    ['an error', { conditions: [condition('error')] }, true],
    ['one record', { conditions: [condition('id')] }, true],
    ['anything but an error', { conditions: [condition('error', 'x', true)] }, false],
    ['a user', { conditions: [condition('user')] }, false],
  ])('is failures where it asks for %s: %#', (_what, changes, isAsked) => {
    expect(asksForFailures(aQuery(changes))).toBe(isAsked);
  });

  it.each<[string, TrailQuery['conditions'], string | null]>([
    [
      'a plain name',
      [condition('name', 'checkout')],
      'A name is matched whole: checkout* would find all that begin so.',
    ],
    [
      'a plain resource',
      [condition('user', 'ana'), condition('resource', 'my.table-1')],
      'A name is matched whole: my.table-1* would find all that begin so.',
    ],
    ['a pattern', [condition('name', 'check*')], null],
    ['an id', [condition('resource', 'i-0123456789abcdef0')], null],
    ['a user', [condition('user', 'checkout')], null],
    ['what it is not', [condition('name', 'checkout', true)], null],
    ['a very short name', [condition('name', 'db')], null],
    ['a very long name', [condition('name', 'a'.repeat(61))], null],
    ['a path', [condition('name', '/checkout')], null],
    ['a number', [condition('name', '1checkout')], null],
  ])('brings a hint for %s', (_what, conditions, hint) => {
    expect(nameHint(aQuery({ conditions }))).toBe(hint);
  });
});

describe('what is wrong with a question', () => {
  it('points at its part, and mends a slip in place', () => {
    expect(fail('No.', { start: 1, end: 2 })).toEqual({
      kind: 'error',
      sentence: 'No.',
      start: 1,
      end: 2,
      suggestion: null,
    });
    expect(slip('who stoped x', { start: 4, end: 10 }, '`stoped`', 'stopped', 'stopped')).toEqual({
      kind: 'error',
      sentence: "Don't know `stoped`: did you mean `stopped`? A name goes in quotes.",
      start: 4,
      end: 10,
      suggestion: 'who stopped x',
    });
  });

  it('is mended in five steps at most, and not suggested where that is no question either', () => {
    const wrong = (suggestion: string | null): QueryError => ({
      ...fail('No.', { start: 0, end: 1 }),
      suggestion,
    });
    const good = { kind: 'query', query: aQuery() } as const;
    const goodAfter = (steps: number) => (line: string) =>
      line.length > steps ? good : wrong(`${line}x`);

    expect(mendAll(good, () => wrong(null))).toBe(good);
    expect(mendAll(wrong('x'), goodAfter(4))).toMatchObject({ suggestion: 'xxxxx' });
    expect(mendAll(wrong('x'), goodAfter(5))).toMatchObject({ suggestion: null });
    expect(mendAll(wrong('x'), () => wrong(null))).toMatchObject({ suggestion: null });
    expect(mendAll(wrong(null), () => good)).toMatchObject({ suggestion: null });
  });
});
