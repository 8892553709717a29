import { parseWhen, type WhenContext } from '../../time/parse-when.ts';
import { splitWords, type Word } from '../../words/split-words.ts';
import { suggest } from '../../words/suggest.ts';
import {
  type Condition,
  FILTER_KEYS,
  type FilterKey,
  FLAGS,
  type Flag,
  lookbackOf,
  type Place,
  QUERY_LIMITS,
  type QueryError,
  type QueryResult,
  type TrailQuery,
} from './query.ts';
import { fail, mendAll, slip } from './query-error.ts';
import { flagOfWord, KEYWORDS, LITTLE_WORDS } from './question-words.ts';
import { PLACE_CHOICES, readPlace } from './read-place.ts';
import { type AccountNames, readThing, troubleWith } from './read-thing.ts';
import { readWindow, startsWindow, type WindowSoFar } from './read-window.ts';
import { type VerbId, verbOfWord } from './verbs.ts';

export interface QueryContext extends WhenContext {
  /** How far back the farthest source reaches; null where one has no end, as files have none. */
  readonly lookbackMaxMs: number | null;
  /** Names that stand for accounts; without them an account is its 12 digits. */
  readonly accounts?: AccountNames;
}

/** What has been read so far; private to this file, so it may change. */
interface Draft extends WindowSoFar {
  readonly line: string;
  readonly words: readonly Word[];
  readonly when: QueryContext;
  readonly verbs: Set<VerbId>;
  readonly conditions: Condition[];
  readonly flags: { flag: Flag; negated: boolean }[];
  place: Place | null;
  /** After "by", or after "what did": the next bare word is a user. */
  expectsUser: boolean;
}

/**
 * Reads a `/trail` line. Never throws. Words that are not understood become the name of a resource
 * or user, except where they look like a slip of a keyword: that is an error with a suggestion.
 */
export function parseQuery(line: string, context: QueryContext): QueryResult {
  return mendAll(readLine(line, context), (mended) => readLine(mended, context));
}

function readLine(line: string, context: QueryContext): QueryResult {
  if (line.length > QUERY_LIMITS.questionCharactersMax) {
    const sentence = `The question is longer than ${QUERY_LIMITS.questionCharactersMax} characters.`;
    return fail(sentence, { start: QUERY_LIMITS.questionCharactersMax, end: line.length });
  }
  const { words, unclosedQuoteAt } = splitWords(line);
  if (unclosedQuoteAt !== null) {
    return fail('A quote is opened and never closed.', {
      start: unclosedQuoteAt,
      end: line.length,
    });
  }
  const draft: Draft = {
    line,
    words,
    when: context,
    verbs: new Set(),
    conditions: [],
    flags: [],
    place: null,
    expectsUser: false,
    since: null,
    until: null,
  };
  for (let at = 0; at < words.length; ) {
    const step = readWord(draft, at);
    if (typeof step !== 'number') return step;
    at += step;
    if (draft.conditions.length > QUERY_LIMITS.conditionsMax) {
      const sentence = `A question can have ${QUERY_LIMITS.conditionsMax} filters at most.`;
      return fail(sentence, words[at - 1] ?? { start: 0, end: line.length });
    }
  }
  return finish(draft);
}

/** How many words were taken, or what is wrong with them. */
function readWord(draft: Draft, at: number): number | QueryError {
  const word = draft.words[at];
  if (word === undefined) return 1;
  const negated = word.text.startsWith('-') && word.text.length > 1;
  const text = trimPunctuation(negated ? word.text.slice(1) : word.text, word);
  const quotedFrom = word.quotedFrom === null ? null : word.quotedFrom - (negated ? 1 : 0);
  if (quotedFrom === 0) return addThing(draft, 'name', text, negated);
  const colon = text.indexOf(':');
  if (colon > 0 && (quotedFrom === null || colon < quotedFrom)) {
    const outcome = readFilter(draft, word, text, colon, negated);
    if (outcome !== null) return outcome;
  }
  const { expectsUser, verbs } = draft;
  const flag = flagOfWord(text, { expectsUser, expectsRole: verbs.has('assumed') });
  if (flag !== null) return addFlag(draft, word, flag, negated);
  return negated ? addThing(draft, null, text, true) : readBareWord(draft, at, text);
}

/** Null when the part before the colon is not a key: ARNs, URLs and some names hold colons too. */
function readFilter(
  draft: Draft,
  word: Word,
  text: string,
  colon: number,
  negated: boolean,
): number | QueryError | null {
  const key = text.slice(0, colon).toLowerCase();
  const value = text.slice(colon + 1);
  if (key === 'is') return addFlag(draft, word, value, negated);
  if (key === 'in') return setPlace(draft, word, value, negated);
  if (key === 'since' || key === 'until') {
    return readWindow(draft, key, [{ ...word, text: value }]);
  }
  if (FILTER_KEYS.some((known) => known === key)) {
    const trouble = troubleWith(key, value, draft.when.accounts);
    if (trouble !== null) return fail(trouble, word);
    return addThing(draft, key as FilterKey, value, negated);
  }
  const meant = /^[a-z]+$/.test(key) ? suggest(key, FILTER_KEYS) : null;
  if (meant === null) return null;
  return slip(draft.line, word, `${key}:`, `${negated ? '-' : ''}${meant}:${value}`, `${meant}:`);
}

function readBareWord(draft: Draft, at: number, text: string): number | QueryError {
  const word = draft.words[at];
  const lowered = text.toLowerCase();
  if (word === undefined || text === '') return 1;
  const rest = draft.words.slice(at);
  if (startsWindow(rest, draft.when)) return readBound(draft, word, rest.slice(1));
  if (lowered === 'today' || lowered === 'yesterday') return readDay(draft, word, lowered);
  if (/^\d+[a-z]+$/.test(lowered) && parseWhen(lowered, draft.when).kind === 'time') {
    return readWindow(draft, 'since', rest);
  }
  if (lowered === 'did' || lowered === 'done') {
    draft.expectsUser = draft.words[at - 1]?.text.toLowerCase() === 'what';
    draft.verbs.add('did');
    return 1;
  }
  if (LITTLE_WORDS.has(lowered)) {
    draft.expectsUser = lowered === 'by';
    return 1;
  }
  // "who assumed role x": the word says what x is, and is not a name itself.
  if (lowered === 'role' && draft.verbs.has('assumed') && rest.length > 1) return 1;
  const verb = draft.expectsUser ? null : verbOfWord(lowered);
  if (verb !== null) {
    draft.verbs.add(verb);
    return 1;
  }
  const isName = draft.expectsUser || draft.when.accounts?.has(lowered) === true;
  const meant = /^[a-z]{4,}$/i.test(text) && !isName ? suggest(lowered, KEYWORDS) : null;
  if (meant !== null) return slip(draft.line, word, text, meant, meant);
  return addThing(draft, null, text, false);
}

function readBound(draft: Draft, keyword: Word, words: readonly Word[]): number | QueryError {
  const taken = readWindow(draft, keyword.text, words);
  if (typeof taken === 'number') return taken + 1;
  return words.length > 0 ? taken : { ...taken, start: keyword.start, end: keyword.end };
}

/** "what changed yesterday": that day, midnight to midnight. */
function readDay(draft: Draft, word: Word, day: 'today' | 'yesterday'): number {
  const first = parseWhen(day, draft.when);
  const next = parseWhen('today', draft.when);
  if (first.kind === 'time') draft.since = { atMs: first.atMs, word };
  if (day === 'yesterday' && next.kind === 'time') draft.until = { atMs: next.atMs, word };
  return 1;
}

/** `key` null: by its shape. */
function addThing(draft: Draft, key: Condition['key'] | null, value: string, negated: boolean) {
  const { expectsUser, when } = draft;
  const thing = readThing(key, value, { expectsUser, accounts: when.accounts });
  draft.conditions.push({ ...thing, negated });
  draft.expectsUser = false;
  return 1;
}

function addFlag(draft: Draft, word: Word, value: string, negated: boolean): number | QueryError {
  const flag = FLAGS.find((known) => known === value.toLowerCase());
  if (flag !== undefined) {
    draft.flags.push({ flag, negated });
    draft.expectsUser = false;
    return 1;
  }
  const meant = suggest(value, FLAGS);
  if (meant !== null) {
    const whole = `${negated ? '-' : ''}is:${meant}`;
    return slip(draft.line, word, `is:${value}`, whole, `is:${meant}`);
  }
  return fail(`\`is:\` takes one of ${FLAGS.join(', ')}.`, word);
}

function setPlace(draft: Draft, word: Word, value: string, negated: boolean): number | QueryError {
  if (negated) return fail('`in:` says where to search, and cannot be turned round.', word);
  const reading = readPlace(value);
  if (reading.kind === 'unknown') {
    const { meant } = reading;
    return meant === null
      ? fail(`\`in:\` takes one of ${PLACE_CHOICES.join(', ')}.`, word)
      : slip(draft.line, word, `in:${value}`, `in:${meant}`, `in:${meant}`);
  }
  if (draft.place !== null && draft.place !== reading.place) {
    return fail('A question is asked in one place: keep one `in:`.', word);
  }
  draft.place = reading.place;
  return 1;
}

function finish(draft: Draft): QueryResult {
  const { verbs, flags, line } = draft;
  if (verbs.size > 1) verbs.delete('did');
  const conditions = settleNames(draft);
  const isEmpty = conditions.length === 0 && flags.length === 0 && verbs.size === 0;
  if (isEmpty && draft.since === null && draft.until === null) {
    const sentence =
      'Say what to look for, such as `who stopped i-0abc since 3h` or `user:ana is:write`.';
    return fail(sentence, { start: 0, end: line.length });
  }
  const window = closeWindow(draft);
  if ('kind' in window) return window;
  const query: TrailQuery = {
    verbs: [...verbs],
    conditions,
    flags,
    assumesWrites: verbs.size === 0 && !saysWhichCalls(conditions, flags),
    ...window,
    hasWindow: draft.since !== null || draft.until !== null,
    place: draft.place,
  };
  return reachesTooFar(draft, window.fromMs) ?? { kind: 'query', query };
}

function reachesTooFar({ when, since, line }: Draft, fromMs: number): QueryError | null {
  const { lookbackMaxMs, nowMs } = when;
  if (lookbackMaxMs === null || fromMs >= nowMs - lookbackMaxMs) return null;
  const days = Math.floor(lookbackMaxMs / (24 * 60 * 60_000));
  const sentence =
    `Event history keeps ${days} days, and this reaches further back. ` +
    'A log group that a trail writes to or CloudTrail Lake could answer, but none is configured. ' +
    "A trail's files can be read on the command line: `redthread trail --events PATH`.";
  return fail(sentence, since?.word ?? { start: 0, end: line.length });
}

/** With a verb or an event, a bare name is what it was done to, as is a role that was assumed. */
function settleNames({ conditions, verbs }: Draft): readonly Condition[] {
  const isAction = verbs.size > 0 || conditions.some(({ key }) => key === 'event');
  const settled = [isAction ? 'name' : '', verbs.size === 1 && verbs.has('assumed') ? 'role' : ''];
  return conditions.map((condition) =>
    settled.includes(condition.key) ? { ...condition, key: 'resource' } : condition,
  );
}

function saysWhichCalls(
  conditions: Draft['conditions'] | readonly Condition[],
  flags: Draft['flags'],
) {
  const keys: readonly string[] = ['event', 'error', 'id'];
  const kinds: readonly string[] = ['write', 'read', 'error', 'denied'];
  return (
    conditions.some(({ key, negated }) => !negated && keys.includes(key)) ||
    flags.some(({ flag, negated }) => !negated && kinds.includes(flag))
  );
}

function closeWindow(draft: Draft): { fromMs: number; toMs: number } | QueryError {
  const toMs = draft.until?.atMs ?? draft.when.nowMs;
  const fromMs = draft.since?.atMs ?? toMs - lookbackOf(draft.conditions, draft.when);
  if (fromMs <= toMs) return { fromMs, toMs };
  if (isYesterdaysClock(draft)) return { fromMs, toMs: draft.when.nowMs };
  const place = draft.until?.word ?? draft.since?.word ?? { start: 0, end: draft.line.length };
  return fail('`until` is before `since`.', place);
}

/** "since 40m until 20:00", asked at 19:55: the person means today, and nothing is later than now. */
function isYesterdaysClock({ until, when }: Draft): boolean {
  if (until === null) return false;
  const yesterday = parseWhen(`yesterday ${until.word.text}`, when);
  return yesterday.kind === 'time' && yesterday.atMs === until.atMs;
}

/** "… i-0abc?" and "x, y" are how people write. */
function trimPunctuation(text: string, word: Word): string {
  return word.quotedFrom === null ? text.replace(/[?!,;]+$/, '') : text;
}
