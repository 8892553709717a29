import { describe, expect, it } from 'vitest';
import { suggest } from '../../../src/domain/words/suggest.ts';

const VERBS = ['since', 'until', 'stopped', 'terminated'];

describe('suggesting what a word was meant to be', () => {
  it.each([
    ['sicne', 'since'],
    ['stoped', 'stopped'],
    ['Untill', 'until'],
    ['termniatd', 'terminated'],
  ])('takes `%s` for `%s`', (word, meant) => {
    expect(suggest(word, VERBS)).toBe(meant);
  });

  it.each(['checkout', 'si', 'slice', 'topped-up'])('leaves `%s` alone', (word) => {
    expect(suggest(word, VERBS)).toBeNull();
  });
});
