import { describe, expect, it } from 'vitest';
import { describeQuery, includesReads } from '../../../../src/domain/trail/query/describe-query.ts';
import { FILTER_KEYS, FLAGS, type TrailQuery } from '../../../../src/domain/trail/query/query.ts';

const NOTHING: TrailQuery = {
  verbs: [],
  conditions: [],
  flags: [],
  assumesWrites: false,
  fromMs: 0,
  toMs: 1,
  hasWindow: false,
  place: null,
};

describe('the words for a question as it was understood', () => {
  it('are there for every filter', () => {
    const words = [...FILTER_KEYS, 'name' as const].map((key) =>
      describeQuery({ ...NOTHING, conditions: [{ key, value: 'x', negated: false }] }),
    );
    expect(words).toEqual([
      ...['user x', 'role x', 'event x', 'service x', 'resource x', 'type x', 'access key x'],
      ...['address x', 'event id x', 'account x', 'Region x', 'error x', 'user agent x'],
      'resource or user x',
    ]);
  });

  it('are there for every flag', () => {
    const words = FLAGS.map((flag) =>
      describeQuery({ ...NOTHING, flags: [{ flag, negated: true }] }),
    );
    expect(words).toEqual(
      [
        ...['writes', 'reads', 'failed calls', 'denied calls', 'in the console', 'by root'],
        ...['by people', 'by automation'],
      ].map((word) => `not ${word}`),
    );
  });

  it('put what it is before what it is not, and alternatives together', () => {
    expect(
      describeQuery({
        ...NOTHING,
        verbs: ['did', 'logged in'],
        conditions: [
          { key: 'user', value: 'a', negated: true },
          { key: 'role', value: 'b', negated: false },
          { key: 'user', value: 'c', negated: true },
          { key: 'role', value: 'd', negated: false },
        ],
        flags: [{ flag: 'root', negated: false }],
        assumesWrites: true,
        place: 'files',
      }),
    ).toBe(
      'any call or logged in · role b or d · not user a or c · by root · writes · in exported files',
    );
    expect(describeQuery(NOTHING)).toBe('');
  });
});

describe('whether reads may answer', () => {
  it.each<[Partial<TrailQuery>, boolean]>([
    [{}, true],
    [{ assumesWrites: true }, false],
    [{ flags: [{ flag: 'write', negated: false }] }, false],
    [{ flags: [{ flag: 'write', negated: true }] }, true],
  ])('is so for %j: %s', (changes, isSo) => {
    expect(includesReads({ ...NOTHING, ...changes })).toBe(isSo);
  });
});
