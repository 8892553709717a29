/** One word of a line that a person typed. Quotes keep spaces; the quote signs are taken off. */
export interface Word {
  readonly text: string;
  /** Offsets in the typed line; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Where in `text` the first quoted part begins: 0 for `"a b"`, 5 for `user:"a b"`; null without quotes. */
  readonly quotedFrom: number | null;
}

export interface SplitLine {
  readonly words: readonly Word[];
  /** Offset of a quote that is never closed; what follows it is one word. */
  readonly unclosedQuoteAt: number | null;
}

/** Phones type the curly ones. A single quote is an apostrophe. */
const QUOTES = new Set(['"', '“', '”', '„', '«', '»']);
const SPACE = /\s/u;

export function splitWords(line: string): SplitLine {
  const words: Word[] = [];
  let word: { text: string; start: number; quotedFrom: number | null } | null = null;
  let quoteAt: number | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quoteAt === null && SPACE.test(character)) {
      if (word !== null) words.push({ ...word, end: at });
      word = null;
      continue;
    }
    word ??= { text: '', start: at, quotedFrom: null };
    if (QUOTES.has(character)) {
      word.quotedFrom ??= word.text.length;
      quoteAt = quoteAt === null ? at : null;
    } else {
      word.text += character;
    }
  }
  if (word !== null) words.push({ ...word, end: line.length });
  return { words: words.map(withoutLink), unclosedQuoteAt: quoteAt };
}

/** Slack hands on what looks like an address as `<mailto:ana@example.com|ana@example.com>`. */
function withoutLink(word: Word): Word {
  const text = word.text
    .replace(/<(?:mailto:|https?:\/\/)[^|<>]*\|([^<>]*)>/g, '$1')
    .replace(/<(https?:\/\/[^|<>]*)>/g, '$1');
  return text === word.text ? word : { ...word, text };
}
