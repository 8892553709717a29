import type { Alarm } from '../alarm/alarm.ts';
import { quoteShortly } from '../text/cut-text.ts';
import { listWords } from '../text/list-words.ts';
import { upperFirst } from '../text/upper-first.ts';
import { fitsPattern } from './fits-pattern.ts';
import { GENERIC_PLAYBOOK_ID, type Playbook } from './playbook.ts';

/** What is known of an incident when a playbook is chosen for it. */
export interface PlaybookFacts {
  /** The title, and whatever else people said is wrong. */
  readonly title: string;
  /** Those in ALARM. */
  readonly alarms: readonly Alarm[];
}

export interface PlaybookChoice {
  readonly playbook: Playbook;
  /** One sentence; names of alarms in it were chosen by others. */
  readonly reason: string;
}

/** A storm of alarms must not outshout what people said. */
const ALARMS_COUNTED_MAX = 3;
const PHRASES_TOLD_MAX = 3;

interface Match {
  readonly playbook: Playbook;
  readonly phrases: readonly string[];
  readonly alarms: readonly Alarm[];
  readonly score: number;
}

/**
 * The playbook that the words of the title and the alarms speak for most: a point for each word, for
 * a phrase the square of its words, and a point for each of the first three alarms. Of equals the one
 * with precedence, then by id. Null only for an empty list.
 */
export function choosePlaybook(
  facts: PlaybookFacts,
  playbooks: readonly Playbook[],
): PlaybookChoice | null {
  const best = playbooks.map((playbook) => matchOf(facts, playbook)).toSorted(bestFirst)[0];
  if (best === undefined) return null;
  if (best.score > 0) return { playbook: best.playbook, reason: reasonOf(best) };
  const generic = playbooks.find(({ id }) => id === GENERIC_PLAYBOOK_ID) ?? best.playbook;
  const reason = 'Neither the title nor an alarm points to a special one.';
  return { playbook: generic, reason };
}

function bestFirst(a: Match, b: Match): number {
  return (
    b.score - a.score ||
    b.playbook.precedence - a.playbook.precedence ||
    (a.playbook.id < b.playbook.id ? -1 : 1)
  );
}

function matchOf({ title, alarms }: PlaybookFacts, playbook: Playbook): Match {
  const found = phrasesIn(title, playbook.words);
  const fitting = alarms.filter((alarm) =>
    playbook.patterns.some((pattern) => fitsPattern(alarm, pattern)),
  );
  const score = found.points + Math.min(fitting.length, ALARMS_COUNTED_MAX);
  return { playbook, phrases: found.phrases, alarms: fitting, score };
}

/** People write "can't" and "isn't", and either apostrophe. */
const CONTRACTIONS = [
  [/\u2019/g, "'"],
  [/\b(?:can't|can not|couldn't|could not)\b/g, 'cannot'],
  [/\bwon't\b/g, 'will not'],
  [/(\w)n't\b/g, '$1 not'],
] as const;

/** Letters and digits of any language count; everything else separates words. */
function wordsOf(text: string): readonly string[] {
  const spelled = CONTRACTIONS.reduce(
    (words, [short, long]) => words.replace(short, long),
    text.toLowerCase(),
  );
  return (spelled.match(/[\p{L}\p{N}]+/gu) ?? []).map(singular);
}

/** "errors" is "error", "crashes" is "crash"; "dns", "access" and "status" stay. */
function singular(word: string): string {
  if (/(?:sh|ch|ss|x)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Longest phrases first, each word of the title for one phrase only: "website down" is not also "down". */
function phrasesIn(title: string, phrases: readonly string[]) {
  const words: (string | null)[] = [...wordsOf(title)];
  const found: string[] = [];
  let points = 0;
  const longestFirst = phrases
    .map((phrase) => ({ phrase, parts: wordsOf(phrase) }))
    .toSorted((a, b) => b.parts.length - a.parts.length);
  for (const { phrase, parts } of longestFirst) {
    const at = words.findIndex((_, index) =>
      parts.every((part, offset) => words[index + offset] === part),
    );
    if (at < 0 || parts.length === 0) continue;
    words.fill(null, at, at + parts.length);
    found.push(phrase);
    // Words that stand together are seldom there by chance: "ssh times out" says more than three words.
    points += parts.length ** 2;
  }
  return { phrases: found, points };
}

function reasonOf({ phrases, alarms }: Match): string {
  const said = listWords(phrases.slice(0, PHRASES_TOLD_MAX).map(quoteShortly));
  const title = phrases.length === 0 ? null : `the title says ${said}`;
  const parts = [title, alarmWords(alarms)].filter((part) => part !== null);
  return `${upperFirst(listWords(parts))}.`;
}

function alarmWords([first, ...others]: readonly Alarm[]): string | null {
  if (first === undefined) return null;
  const name = quoteShortly(first.name);
  return others.length === 0
    ? `the alarm ${name} is of that kind`
    : `${others.length + 1} alarms are of that kind, such as ${name}`;
}
