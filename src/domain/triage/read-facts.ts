import type { Severity } from '../incident/events.ts';
import { LIMITS } from '../incident/limits.ts';
import { longestTime, parseWhen, type WhenContext } from '../time/parse-when.ts';
import type { AccountNames } from '../trail/query/read-thing.ts';
import type { Word } from '../words/split-words.ts';
import { suggest } from '../words/suggest.ts';
import { fail } from './line.ts';
import {
  type OpenFacts,
  TRIAGE_LIMITS,
  type TriageCommand,
  type TriageError,
} from './triage-command.ts';

const LIST_KEYS = {
  alarm: 'alarmNames',
  resource: 'resources',
  region: 'regions',
  account: 'accounts',
} as const;

const KEYS: readonly string[] = [...Object.keys(LIST_KEYS), 'sev', 'severity', 'since', 'playbook'];

const ACCOUNTS_NAMED_MAX = 10;

export interface TriageContext extends WhenContext {
  /** Names that stand for accounts. */
  readonly accounts?: AccountNames;
}

/** What has been read so far; private to this file, so it may change. */
interface Draft {
  readonly titleWords: string[];
  readonly alarmNames: string[];
  readonly resources: string[];
  readonly regions: string[];
  readonly accounts: string[];
  severity: Severity | null;
  startedAtMs: number | null;
  playbookId: string | null;
}

/** Takes the facts out of a line; the words that remain are the title. */
export function readFacts(words: readonly Word[], when: TriageContext): TriageCommand {
  const draft: Draft = {
    titleWords: [],
    alarmNames: [],
    resources: [],
    regions: [],
    accounts: [],
    severity: null,
    startedAtMs: null,
    playbookId: null,
  };
  for (let at = 0; at < words.length; ) {
    const taken = readWord(draft, words.slice(at), when);
    if (typeof taken !== 'number') return taken;
    at += taken;
  }
  return finish(draft, words);
}

/** How many words were taken, or what is wrong with them. */
function readWord(draft: Draft, words: readonly Word[], when: TriageContext): number | TriageError {
  const [word, ...rest] = words;
  if (word === undefined) return 1;
  const { text, quotedFrom } = word;
  const colon = text.indexOf(':');
  if (colon > 0 && (quotedFrom === null || colon < quotedFrom)) {
    const taken = readKey(draft, word, colon, when);
    if (taken !== null) return taken;
  }
  if (quotedFrom === null) {
    if (text.toLowerCase() === 'since') return readStart(draft, word, rest, when);
    if (/^sev-?\d+$/i.test(text)) return readSeverity(draft, word, text);
  }
  draft.titleWords.push(text);
  return 1;
}

/** Null when the part before the colon is not a key: titles may hold colons. */
function readKey(
  draft: Draft,
  word: Word,
  colon: number,
  when: TriageContext,
): number | TriageError | null {
  const key = word.text.slice(0, colon).toLowerCase();
  const value = word.text.slice(colon + 1);
  if (!KEYS.includes(key)) return misspeltKey(word, key);
  if (value === '') return fail(`\`${key}:\` needs a value right after it.`, word);
  if (key === 'since') return readStart(draft, word, [{ ...word, text: value }], when, 0);
  if (key === 'sev' || key === 'severity') return readSeverity(draft, word, value);
  if (key === 'playbook') {
    draft.playbookId = value.toLowerCase();
    return 1;
  }
  const list = draft[LIST_KEYS[key as keyof typeof LIST_KEYS]];
  if (list.length >= TRIAGE_LIMITS.factsMax) {
    return fail(`There can be ${TRIAGE_LIMITS.factsMax} of \`${key}:\` at most.`, word);
  }
  if (value.length > LIMITS.shortTextCharactersMax) {
    return fail(`\`${key}:\` takes ${LIMITS.shortTextCharactersMax} characters at most.`, word);
  }
  const named = key === 'account' ? when.accounts?.get(value.toLowerCase()) : undefined;
  if (key === 'account' && named === undefined && !/^\d{12}$/.test(value)) {
    return fail(`An account has 12 digits${namesOf(when.accounts)}.`, word);
  }
  const fact = named ?? value;
  if (!list.includes(fact)) list.push(fact);
  return 1;
}

function namesOf(accounts: AccountNames | undefined): string {
  const names = [...(accounts?.keys() ?? [])].slice(0, ACCOUNTS_NAMED_MAX);
  return names.length === 0 ? '' : `, or a name: ${names.join(', ')}`;
}

function misspeltKey(word: Word, key: string): TriageError | null {
  const hasValue = word.text.length > key.length + 1;
  const meant = hasValue && /^[a-z]+$/.test(key) ? suggest(key, KEYS) : null;
  if (meant === null) return null;
  return fail(`Don't know \`${key}:\`: did you mean \`${meant}:\`? A title goes in quotes.`, word);
}

function readSeverity(draft: Draft, word: Word, value: string): number | TriageError {
  const digit = /^(?:sev-?)?([1-4])$/i.exec(value)?.[1];
  if (digit === undefined) return fail('The severity is one of sev1, sev2, sev3, sev4.', word);
  draft.severity = `sev${digit}` as Severity;
  return 1;
}

/** "since the deploy" belongs to the title; "since 25:99" is a time that went wrong. */
function readStart(
  draft: Draft,
  keyword: Word,
  words: readonly Word[],
  when: TriageContext,
  keywordCount = 1,
): number | TriageError {
  const texts = words.map(({ text }) => text);
  const time = longestTime(texts, when);
  if (time !== null) {
    draft.startedAtMs = time.atMs;
    return keywordCount === 0 ? 1 : time.count + 1;
  }
  const [next] = words;
  const looksLikeTime = next !== undefined && /^\d|^(?:today|yesterday|now)$/i.test(next.text);
  if (next === undefined || (!looksLikeTime && keywordCount > 0)) {
    draft.titleWords.push(keyword.text);
    return 1;
  }
  const result = parseWhen(texts.slice(0, 2).join(' '), when);
  const alone = parseWhen(next.text, when);
  const trouble = /^\d+:/.test(texts[1] ?? '') ? result : alone;
  return fail(trouble.kind === 'error' ? trouble.sentence : 'That is not a time.', next);
}

function finish(draft: Draft, words: readonly Word[]): TriageCommand {
  const { titleWords, ...facts } = draft;
  const text = titleWords.join(' ').trim() || titleOfFacts(draft);
  if (text === null) {
    const start = words[0]?.start ?? 0;
    const sentence = 'Say in a few words what is wrong; that becomes the title.';
    return fail(sentence, { start, end: words.at(-1)?.end ?? start });
  }
  return { kind: 'open', facts: { ...titleAndDescription(text), ...facts, isDrill: false } };
}

function titleOfFacts({ alarmNames, resources }: Draft): string | null {
  if (alarmNames.length > 0) return `Alarm ${alarmNames.join(', ')}`;
  return resources.length > 0 ? `Trouble with ${resources.join(', ')}` : null;
}

function titleAndDescription(text: string): Pick<OpenFacts, 'title' | 'description'> {
  const max = LIMITS.titleCharactersMax;
  if (text.length <= max) return { title: text, description: null };
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  const atWord = cut.lastIndexOf(' ');
  return { title: `${atWord > max / 2 ? cut.slice(0, atWord) : cut}…`, description: text };
}
