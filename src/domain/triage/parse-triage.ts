import type { WhenContext } from '../time/parse-when.ts';
import { parseQuery } from '../trail/query/parse-query.ts';
import { FILTER_KEYS } from '../trail/query/query.ts';
import { splitWords, type Word } from '../words/split-words.ts';
import { suggest } from '../words/suggest.ts';
import { readFacts } from './read-facts.ts';
import {
  TRIAGE_HELP,
  TRIAGE_LIMITS,
  type TriageCommand,
  type TriageError,
  type TriageVerb,
} from './triage-command.ts';

/** Words of other tools for the same thing. */
const OTHER_WORDS: Readonly<Record<string, TriageVerb>> = {
  abort: 'close',
  assign: 'handoff',
  claim: 'take',
  done: 'close',
  end: 'close',
  incidents: 'list',
  ls: 'list',
  own: 'take',
  resolve: 'close',
  search: 'find',
  show: 'status',
  summary: 'status',
};

const INCIDENT_ID = /^[A-Za-z]{1,6}-[A-Za-z0-9]{2,20}$/;
const CHANNEL = /^<#([CG][A-Z0-9]{1,20})(?:\|[^>]*)?>$/;
const MENTION = /^<@([UW][A-Z0-9]{1,20})(?:\|[^>]*)?>$/;

/** `event:RunInstances since 7d`: fields that only calls have; an incident has resources and Regions, too. */
const ASKED_KEYS = FILTER_KEYS.filter((key) => !['resource', 'account', 'region'].includes(key));
const ASKED_FIELD = new RegExp(`^-?(?:${ASKED_KEYS.join('|')}):\\S`, 'i');

/** A line in parts: the first word, the others, and the text after the first as it was typed. */
interface Line {
  readonly text: string;
  readonly first: Word;
  readonly rest: readonly Word[];
}

/** Reads what follows `/triage`, or `@redthread` in a thread. Never throws. */
export function parseTriage(text: string, when: WhenContext): TriageCommand {
  if (text.length > TRIAGE_LIMITS.lineCharactersMax) {
    const sentence = `That is longer than ${TRIAGE_LIMITS.lineCharactersMax} characters.`;
    return fail(sentence, { start: TRIAGE_LIMITS.lineCharactersMax, end: text.length });
  }
  const { words, unclosedQuoteAt } = splitWords(text);
  const [first, ...rest] = words;
  if (first === undefined) return { kind: 'menu' };
  const line: Line = { text, first, rest };
  const verb = verbOf(first);
  if (verb !== null) return VERB_PARSERS[verb](line, when);
  if (isTrailQuestion(line, when)) return { kind: 'trail', question: questionOf(line) };
  const mistake = misspeltVerb(line);
  if (mistake !== null) return mistake;
  if (unclosedQuoteAt !== null) {
    return fail('A quote is opened and never closed.', {
      start: unclosedQuoteAt,
      end: text.length,
    });
  }
  return readFacts(words, when);
}

function verbOf({ text, quotedFrom }: Word): TriageVerb | null {
  const word = text.toLowerCase();
  if (quotedFrom !== null) return null;
  if (word === '?') return 'help';
  return Object.hasOwn(TRIAGE_HELP, word) ? (word as TriageVerb) : null;
}

const VERB_PARSERS = {
  status: (line) => withId(line, (incidentId) => ({ kind: 'status', incidentId })),
  export: (line) => withId(line, (incidentId) => ({ kind: 'export', incidentId })),
  list: (line) => alone(line, { kind: 'list' }),
  find: parseFind,
  mine: (line) => alone(line, { kind: 'mine' }),
  take: (line) => alone(line, { kind: 'take' }),
  help: () => ({ kind: 'help' }),
  note: parseNote,
  handoff: parseHandoff,
  escalate: parseEscalate,
  move: parseMove,
  close: parseClose,
  reopen: parseReopen,
  redact: parseRedact,
  drill: parseDrill,
} as const satisfies Record<TriageVerb, (line: Line, when: WhenContext) => TriageCommand>;

/** Words after a verb that takes none are more likely a title than a slip: ask, open nothing. */
function alone(line: Line, command: TriageCommand): TriageCommand {
  const [extra] = line.rest;
  if (extra === undefined) return command;
  return fail(
    `\`${line.first.text}\` takes nothing after it. To open an incident with this title, put it in quotes.`,
    { start: extra.start, end: line.text.length },
    `"${line.text.trim().replaceAll('"', '')}"`,
  );
}

function withId(line: Line, build: (incidentId: string | null) => TriageCommand): TriageCommand {
  const [id, ...more] = line.rest;
  if (id === undefined) return build(null);
  if (more.length > 0 || !INCIDENT_ID.test(id.text)) {
    return alone(line, build(null));
  }
  return build(id.text.toUpperCase());
}

function parseNote(line: Line): TriageCommand {
  const text = textAfter(line, line.first);
  return text === '' ? fail('Say what to note: `note TEXT`.', line.first) : { kind: 'note', text };
}

function parseFind(line: Line): TriageCommand {
  const words = textAfter(line, line.first);
  if (words !== '') return { kind: 'find', words };
  return fail('Say what to look for: `find WORDS`, such as `find checkout 5xx`.', line.first);
}

function parseHandoff({ first, rest }: Line): TriageCommand {
  const [person] = rest.filter(({ text }) => text.toLowerCase() !== 'to');
  const userId = MENTION.exec(person?.text ?? '')?.[1];
  if (userId !== undefined) return { kind: 'handoff', userId };
  const sentence = 'Say to whom, as a mention that Slack recognises: `handoff @person`.';
  return fail(sentence, person ?? first);
}

function parseEscalate(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  const [, to, reason] = /^([^:]*):\s*([\s\S]*)$/.exec(text) ?? [null, text, ''];
  return {
    kind: 'escalate',
    incidentId,
    to: (to ?? '').trim() || null,
    reason: (reason ?? '').trim() || null,
  };
}

/** Names come as ids where Slack knows the channel; others are asked for, never guessed. */
function parseMove(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  const words = text.split(/\s+/).filter((word) => word !== '' && word.toLowerCase() !== 'to');
  const [channel] = words;
  if (channel === undefined) return { kind: 'relocate', incidentId, channelId: null };
  const channelId = CHANNEL.exec(channel)?.[1];
  if (channelId !== undefined && words.length === 1) {
    return { kind: 'relocate', incidentId, channelId };
  }
  const sentence =
    'Say where to, as a channel that Slack recognises: `move #channel`. `move` alone lets you choose one.';
  return fail(sentence, { start: line.rest[0]?.start ?? 0, end: line.text.length });
}

function parseClose(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  return { kind: 'close', incidentId, reason: text || null };
}

function parseReopen(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  if (incidentId === null) {
    return fail('Say which one: `reopen ID REASON`.', line.rest[0] ?? line.first);
  }
  return text === ''
    ? fail(`Say why: \`reopen ${incidentId} REASON\`.`, line.rest[0] ?? line.first)
    : { kind: 'reopen', incidentId, reason: text };
}

/** What is to be taken out is asked for in a form: a line is kept by Slack, and read by others. */
function parseRedact(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  if (text === '') return { kind: 'redact', incidentId };
  const sentence =
    'Do not type the text into the line: `redact` alone opens a form for it. What you typed here stays with Slack.';
  return fail(sentence, line.rest[0] ?? line.first);
}

/** What follows opens an incident as usual, for practice. A real one with this word goes in quotes. */
function parseDrill({ first, rest }: Line, when: WhenContext): TriageCommand {
  if (rest.length === 0) {
    return fail('Say what to practise: `drill WHAT`, such as `drill checkout returns 5xx`.', first);
  }
  const read = readFacts(rest, when);
  return read.kind === 'open' ? { kind: 'open', facts: { ...read.facts, isDrill: true } } : read;
}

/** Only `RT-…` is taken for an id here: "close on-call" has a reason. */
function idAndText(line: Line): { incidentId: string | null; text: string } {
  const [id] = line.rest;
  const isId = id !== undefined && id.quotedFrom === null && /^RT-[A-Z0-9]{2,20}$/i.test(id.text);
  return isId
    ? { incidentId: id.text.toUpperCase(), text: textAfter(line, id) }
    : { incidentId: null, text: textAfter(line, line.first) };
}

function textAfter({ text }: Line, word: Word): string {
  return text.slice(word.end).trim();
}

function isTrailQuestion({ text, first, rest }: Line, when: WhenContext): boolean {
  if (ASKED_FIELD.test(text) && isAllFields(text, when)) return true;
  if (first.quotedFrom !== null) return false;
  const word = first.text.toLowerCase();
  const next = rest[0]?.text.toLowerCase() ?? '';
  if (word === 'who' || word === 'trail' || word === '/trail') return rest.length > 0;
  return word === 'what' && (next === 'did' || next === 'changed' || next === 'happened');
}

/** "error:500 at the checkout" is a title: its words are no fields. */
function isAllFields(text: string, when: WhenContext): boolean {
  const parsed = parseQuery(text, { ...when, lookbackMaxMs: null });
  return parsed.kind === 'query' && parsed.query.conditions.every(({ key }) => key !== 'name');
}

function questionOf(line: Line): string {
  return /trail$/i.test(line.first.text) ? textAfter(line, line.first) : line.text.trim();
}

/**
 * One plain word alone is meant as a verb, and so is a near miss before an id or a mention. Other
 * lines are titles: "lost connections" is not a misspelt `list`.
 */
function misspeltVerb({ text, first, rest }: Line): TriageError | null {
  const word = first.text.toLowerCase();
  const [next] = rest;
  if (first.quotedFrom !== null || !/^[a-z-]+$/.test(word)) return null;
  const isBeforeObject = /^(?:RT-[A-Z0-9]{2,20}|<@[UW][A-Z0-9]+.*>)$/i.test(next?.text ?? '');
  if (next !== undefined && !isBeforeObject) return null;
  const other = Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined;
  const meant = other ?? suggest(word, Object.keys(TRIAGE_HELP));
  if (meant === null && next !== undefined) return null;
  if (meant === null) {
    const sentence = `Don't know \`${word}\`. To open an incident, say in a few words what is wrong.`;
    return fail(sentence, first);
  }
  const suggestion = other ?? `${meant}${text.slice(first.end).trimEnd()}`;
  return fail(`Don't know \`${word}\`: did you mean \`${meant}\`?`, first, suggestion);
}

function fail(
  sentence: string,
  { start, end }: { readonly start: number; readonly end: number },
  suggestion: string | null = null,
): TriageError {
  return { kind: 'error', sentence, start, end, suggestion };
}
