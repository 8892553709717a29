import { describe, expect, it } from 'vitest';
import { NARROWED_NAMES } from '../../../../src/domain/trail/query/narrowed-names.ts';
import {
  isWriteVerb,
  namesOfVerb,
  VERB_WORDS,
  VERBS,
  type VerbId,
  verbOfWord,
} from '../../../../src/domain/trail/query/verbs.ts';

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

describe('each verb', () => {
  it.each(Object.entries(VERBS))('%s has words of people and names of calls', (verb, row) => {
    const { words, names } = row as { words: readonly string[]; names: readonly string[] };

    expect(words.filter((word) => !/^[a-z]+(?:-[a-z]+)?$/.test(word))).toEqual([]);
    expect(names.filter((name) => !/^-?(?:\*|[A-Z][A-Za-z]+\*?)$/.test(name))).toEqual([]);
    expect(names.some((name) => !name.startsWith('-'))).toBe(true);
    expect(words.map(verbOfWord)).toEqual(words.map(() => verb));
    expect(namesOfVerb(verb as VerbId, null)).toEqual({ names });
    expect(VERB_WORDS).toEqual(expect.arrayContaining([...words]));
  });

  it('that may be a call that only reads is one of these', () => {
    const verbs = Object.keys(VERBS) as VerbId[];
    expect(verbs.filter((verb) => !isWriteVerb(verb))).toEqual([
      ...['started', 'assumed', 'logged in', 'invoked', 'did'],
    ]);
  });

  it('that says change leaves out calls that only use a thing', () => {
    const used = ['-AssumeRole*', '-ConsoleLogin', '-Decrypt', '-Invoke*', '-StartSession'];
    expect(VERBS.changed.names).toEqual(expect.arrayContaining(used));
    expect(VERBS.changed.names.filter((name) => !name.startsWith('-'))).toEqual(['*']);
  });

  it('is told as people say it', () => {
    expect(Object.values(VERBS).map(({ words }) => words[0])).toEqual([
      ...['created', 'deleted', 'stopped', 'started', 'rebooted', 'terminated', 'changed'],
      ...['opened', 'closed', 'attached', 'detached', 'deployed', 'scaled', 'assumed', 'logged'],
      ...['enabled', 'disabled', 'rotated', 'invoked', 'touched', 'did'],
    ]);
  });

  it('means less where the kind of the thing is known', () => {
    const byClass = Object.values(NARROWED_NAMES).flatMap((classes) => Object.values(classes));
    const [verb, classes] = Object.entries(NARROWED_NAMES)[0] ?? [];
    const [resourceClass, narrowed] = Object.entries(classes ?? {})[0] ?? [];

    expect(byClass.length).toBeGreaterThan(0);
    expect(namesOfVerb(verb as VerbId, resourceClass as never)).toBe(narrowed);
  });

  it('is none of words that are no verb', () => {
    expect(['', 'constructor', 'changing'].map(verbOfWord)).toEqual([null, null, null]);
  });
});
