import type { Flag } from './query.ts';
import { VERB_WORDS } from './verbs.ts';

/** Words that make it a sentence and say nothing that narrows it. */
export const LITTLE_WORDS: ReadonlySet<string> = new Set(
  (
    'a all an and any anybody anyone are as at been by do does everything for from had happened ' +
    'has have how i in into is it last made me my of on or our out past please show somebody ' +
    'someone something tell that the their them there these this to us was we were what when ' +
    'where which who whom why with'
  ).split(' '),
);

/** What people write instead of `is:denied` and the like; between quotes it is a name. */
const FLAG_WORDS: ReadonlyMap<string, Flag> = new Map([
  ['denied', 'denied'],
  ['refused', 'denied'],
  ['failed', 'error'],
  ['root', 'root'],
]);

/** A slip of one of these is asked about, not taken for a name. */
export const KEYWORDS: readonly string[] = ['since', 'until', 'denied', ...VERB_WORDS].filter(
  (word) => word.length >= 5,
);

/** Null where it names somebody or something: behind "by", or root as the role that was assumed. */
export function flagOfWord(
  word: string,
  { expectsUser, expectsRole }: { readonly expectsUser: boolean; readonly expectsRole: boolean },
): Flag | null {
  const flag = FLAG_WORDS.get(word.toLowerCase()) ?? null;
  const isName = flag === 'root' ? expectsRole : expectsUser;
  return isName ? null : flag;
}
