import { describe, expect, it } from 'vitest';
import { NARROWED_NAMES } from '../../../../src/domain/trail/query/narrowed-names.ts';
import { VERBS, verbOfWord } from '../../../../src/domain/trail/query/verbs.ts';

describe('the table of verbs', () => {
  it('has each word once', () => {
    const words = Object.values(VERBS).flatMap((row): readonly string[] => row.words);
    expect(new Set(words).size).toBe(words.length);
  });

  it('narrows only verbs that it has', () => {
    expect(Object.keys(VERBS)).toEqual(expect.arrayContaining(Object.keys(NARROWED_NAMES)));
  });

  it('knows the verbs of the grammar in the past tense and plain', () => {
    const grammar =
      'created deleted stopped started rebooted terminated changed modified updated opened closed ' +
      'attached detached deployed scaled assumed logged enabled disabled rotated invoked touched did ' +
      'create delete stop start reboot terminate change modify update open close attach detach ' +
      'deploy scale assume enable disable rotate invoke touch';
    expect(grammar.split(' ').filter((word) => verbOfWord(word) === null)).toEqual([]);
  });
});
