import { longestTime, parseWhen, type WhenContext } from '../../time/parse-when.ts';
import type { Word } from '../../words/split-words.ts';
import type { QueryError } from './query.ts';

interface Bound {
  readonly atMs: number;
  readonly word: Word;
}

export interface WindowSoFar {
  readonly when: WhenContext;
  since: Bound | null;
  until: Bound | null;
}

/** `true`: always about time. Otherwise only where a time follows ("from eu-west-1" is not). */
const WINDOW_WORDS: Readonly<Record<string, { bound: 'since' | 'until'; always: boolean }>> = {
  since: { bound: 'since', always: true },
  until: { bound: 'until', always: true },
  till: { bound: 'until', always: true },
  before: { bound: 'until', always: false },
  to: { bound: 'until', always: false },
  after: { bound: 'since', always: false },
  from: { bound: 'since', always: false },
  last: { bound: 'since', always: false },
  past: { bound: 'since', always: false },
};

/** Whether `words` begin with a time bound: a word of the table above, and a time where it needs one. */
export function startsWindow(words: readonly Word[], when: WhenContext): boolean {
  const keyword = words[0]?.text.toLowerCase() ?? '';
  const row = Object.hasOwn(WINDOW_WORDS, keyword) ? WINDOW_WORDS[keyword] : undefined;
  if (row === undefined) return false;
  return row.always || longestTime(textsOf(words.slice(1)), when) !== null;
}

/** Reads the longest time at the start of `words`. The number of words taken, or the error. */
export function readWindow(
  window: WindowSoFar,
  keyword: string,
  words: readonly Word[],
): number | QueryError {
  const bound = WINDOW_WORDS[keyword.toLowerCase()]?.bound ?? 'since';
  const time = longestTime(textsOf(words), window.when);
  const first = words[0];
  if (time !== null && first !== undefined) {
    window[bound] = { atMs: time.atMs, word: first };
    return time.count;
  }
  const result = parseWhen(textsOf(words)[0] ?? '', window.when);
  const sentence = result.kind === 'error' ? result.sentence : 'A time is missing.';
  return {
    kind: 'error',
    sentence: `After \`${keyword}\`: ${sentence}`,
    start: first?.start ?? 0,
    end: first?.end ?? 0,
    suggestion: null,
  };
}

/** "… since 3h?" is how people write. */
function textsOf(words: readonly Word[]): readonly string[] {
  return words.map(({ text }) => text.replace(/[?!,;]+$/, ''));
}
