const WORD = /[\p{L}\p{N}][\p{L}\p{N}_-]{1,39}/gu;

/** What stands in every report says nothing about this one. */
const STOP_WORDS = new Set(
  (
    'about above after again all also and any are because been before being but can cannot could did does ' +
    'doing down during each for from had has have having here how into its itself just more most not ' +
    'now off once only other our out over own same she should since some still such than that the ' +
    'their them then there these they this those through too under until very was were what when ' +
    'where which while who why will with would you your one two three new old get got see seen says ' +
    'said via yes per is it in of on to at by as be or an if no so up we do me my ' +
    'incident problem issue alarm error errors service system users user customers aws prod production'
  ).split(' '),
);

/** Every word of a text, in lower case; for a question of nothing but common words. */
export function allWordsOf(text: string, wordsMax: number): readonly string[] {
  return [...new Set(text.toLowerCase().match(WORD) ?? [])].slice(0, wordsMax);
}

/** The words that tell one text from another, in lower case, each once; `wordsMax` of them. */
export function wordsOf(text: string, wordsMax: number): readonly string[] {
  const words = new Set<string>();
  for (const [found] of text.toLowerCase().matchAll(WORD)) {
    const word = stem(found);
    if (word.length < 2 || STOP_WORDS.has(found) || STOP_WORDS.has(word)) continue;
    if (words.size >= wordsMax) break;
    words.add(word);
  }
  return [...words];
}

/** "timeouts" and "timeout" are one word; ids and short words stay as they are. */
function stem(word: string): string {
  if (/\d/.test(word) || word.length < 5) return word;
  return word.replace(/(?<=[^s])s$/, '');
}
