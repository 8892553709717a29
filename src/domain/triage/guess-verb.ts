import type { Word } from '../words/split-words.ts';
import { suggest } from '../words/suggest.ts';
import { asTitle, fail, isOurId, type Line } from './line.ts';
import { TRIAGE_HELP, type TriageError, type TriageVerb } from './triage-command.ts';

/** Words of other tools for the same thing. */
const OTHER_WORDS: Readonly<Record<string, TriageVerb>> = {
  abort: 'close',
  assign: 'handoff',
  claim: 'take',
  done: 'close',
  end: 'close',
  handover: 'handoff',
  incidents: 'list',
  ls: 'list',
  own: 'take',
  rename: 'title',
  resolve: 'close',
  resolved: 'close',
  search: 'find',
  show: 'status',
  summary: 'status',
};

/** Of these, the ones that people put words after when they mean the verb. */
const ASKED_BEFORE_WORDS: readonly string[] = [
  'assign',
  'done',
  'handover',
  'rename',
  'resolve',
  'resolved',
  'search',
];

interface Alias {
  readonly words: readonly string[];
  readonly verb: TriageVerb;
  readonly fits: (rest: readonly Word[]) => boolean;
}

const CATCH_UP = { verb: 'status', fits: isIdAtMost } as const;
const HAND_OFF = { verb: 'handoff', fits: isForPerson } as const;

/** Taken for the verb where what follows leaves no doubt: "catch up queue grows" is a title. */
const ALIASES: readonly Alias[] = [
  { words: ['catchup'], ...CATCH_UP },
  { words: ['catch', 'up'], ...CATCH_UP },
  { words: ['catch', 'me', 'up'], ...CATCH_UP },
  { words: ['assign'], ...HAND_OFF },
  { words: ['handover'], ...HAND_OFF },
  { words: ['hand', 'off'], ...HAND_OFF },
  { words: ['hand', 'over'], ...HAND_OFF },
];

/** The verb that other words stand for; in the line they are one word then. */
export function aliasOf(line: Line): { readonly verb: TriageVerb; readonly line: Line } | null {
  for (const { words, verb, fits } of ALIASES) {
    const merged = mergeFirst(line, words);
    if (merged !== null && fits(merged.rest)) return { verb, line: merged };
  }
  return null;
}

/** The line with these words in front as its first one; null when it does not begin with them. */
export function mergeFirst(line: Line, words: readonly string[]): Line | null {
  const all = [line.first, ...line.rest];
  const isThere = words.every((word, at) => isWord(all[at], word));
  const last = all[words.length - 1];
  if (!isThere || last === undefined) return null;
  const first = { ...line.first, text: words.join(' '), end: last.end };
  return { text: line.text, first, rest: all.slice(words.length) };
}

function isWord(typed: Word | undefined, word: string): boolean {
  return typed?.quotedFrom === null && typed.text.toLowerCase().replace(/[,:;.!]+$/, '') === word;
}

function isIdAtMost(rest: readonly Word[]): boolean {
  return rest.every((word, at) => at === 0 && isOurId(word));
}

function isForPerson(rest: readonly Word[]): boolean {
  const person = rest.find((word) => !isOurId(word) && word.text.toLowerCase() !== 'to');
  return /^<?@/.test(person?.text ?? '');
}

/**
 * One plain word alone is meant as a verb, and so is a near miss before an id or a mention. Before
 * other words it is asked about only where the verb could do something with them.
 */
export function misspeltVerb(
  line: Line,
  isUnderstood: (text: string) => boolean,
): TriageError | null {
  const { text, first, rest } = line;
  const word = first.text.toLowerCase();
  const [next] = rest;
  if (first.quotedFrom !== null || !/^[a-z-]+$/.test(word)) return null;
  if (THANKS.test(word)) {
    const title = next === undefined ? null : asTitle(line);
    return fail('You are welcome. I opened nothing.', first, { title });
  }
  if (next !== undefined && !/^(?:RT-[A-Z0-9]{2,20}|<@[UW][A-Z0-9]+.*>)$/i.test(next.text)) {
    return meantBeforeWords(line, isUnderstood);
  }
  const other = otherWord(word);
  const meant = other ?? suggest(word, Object.keys(TRIAGE_HELP));
  if (meant === null && next !== undefined) return null;
  if (meant === null) {
    const sentence = `Don't know \`${word}\`. To open an incident, say in a few words what is wrong.`;
    return fail(sentence, first);
  }
  const suggestion = `${meant}${text.slice(first.end).trimEnd()}`;
  return fail(`Don't know \`${word}\`: did you mean \`${meant}\`?`, first, { suggestion });
}

/** "search is slow" says something of the search. */
const SAYS_SOMETHING = /^(?:is|isn['’]t|are|aren['’]t|was|were|has|have)$/i;
const THANKS = /^(?:thanks?|thx)$/;

function meantBeforeWords(line: Line, isUnderstood: (text: string) => boolean): TriageError | null {
  const { text, first } = line;
  const word = first.text.toLowerCase();
  const title = asTitle(line);
  const meant = ASKED_BEFORE_WORDS.includes(word) ? otherWord(word) : slippedVerb(word);
  if (meant === null || SAYS_SOMETHING.test(line.rest[0]?.text ?? '')) return null;
  const suggestion =
    meant === 'handoff' ? 'handoff @person' : `${meant}${text.slice(first.end).trimEnd()}`;
  if (meant !== 'handoff' && !isUnderstood(suggestion)) return null;
  return fail(`I opened nothing. Did you mean \`${meant}\`?`, first, { suggestion, title });
}

function otherWord(word: string): TriageVerb | null {
  return Object.hasOwn(OTHER_WORDS, word) ? (OTHER_WORDS[word] ?? null) : null;
}

const MISSED_LETTER_MIN = 6;

/**
 * Before words only letters that changed places count, or one missing from a long verb: "node" is no
 * `note`, "lost" no `list`, "clone" no `close`.
 */
function slippedVerb(word: string): TriageVerb | null {
  const verb = suggest(word, Object.keys(TRIAGE_HELP)) as TriageVerb | null;
  if (verb === null) return null;
  const isMissing = word.length < verb.length && verb.length >= MISSED_LETTER_MIN;
  return isMissing || lettersOf(word) === lettersOf(verb) ? verb : null;
}

const lettersOf = (word: string): string => [...word].toSorted().join('');
