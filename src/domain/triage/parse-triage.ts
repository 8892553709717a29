import type { Severity } from '../incident/events.ts';
import { parseQuery } from '../trail/query/parse-query.ts';
import { FILTER_KEYS } from '../trail/query/query.ts';
import { splitWords, type Word } from '../words/split-words.ts';
import { aliasOf, mergeFirst, misspeltVerb } from './guess-verb.ts';
import { asTitle, fail, idAndText, isOurId, type Line, textAfter } from './line.ts';
import { readFacts, type TriageContext } from './read-facts.ts';
import {
  TRIAGE_HELP,
  TRIAGE_LIMITS,
  type TriageCommand,
  type TriageVerb,
} from './triage-command.ts';

const INCIDENT_ID = /^[A-Za-z]{1,6}-[A-Za-z0-9]{2,20}$/;
const CHANNEL = /^<#([CG][A-Z0-9]{1,20})(?:\|[^>]*)?>$/;
const MENTION = /^<@([UW][A-Z0-9]{1,20})(?:\|[^>]*)?>$/;

/** `event:RunInstances since 7d`: fields that only calls have; an incident has resources and Regions, too. */
const ASKED_KEYS = FILTER_KEYS.filter((key) => !['resource', 'account', 'region'].includes(key));
const ASKED_FIELD = new RegExp(`^-?(?:${ASKED_KEYS.join('|')}):\\S`, 'i');

/** Reads what follows `/triage`, or `@redthread` in a thread. Never throws. */
export function parseTriage(text: string, when: TriageContext): TriageCommand {
  if (text.length > TRIAGE_LIMITS.lineCharactersMax) {
    const sentence = `That is longer than ${TRIAGE_LIMITS.lineCharactersMax} characters.`;
    return fail(sentence, { start: TRIAGE_LIMITS.lineCharactersMax, end: text.length });
  }
  const { words, unclosedQuoteAt } = splitWords(text);
  const [first, ...rest] = words;
  if (first === undefined || /^menu$/i.test(text.trim())) return { kind: 'menu' };
  const line: Line = { text, first, rest };
  const verb = verbOf(first);
  if (verb !== null) return VERB_PARSERS[verb](line, when);
  if (isTrailQuestion(line, when)) return { kind: 'trail', question: questionOf(line) };
  const other = otherwiseSaid(line, when);
  if (other !== null) return other;
  const mistake = misspeltVerb(line, (meant) => parseTriage(meant, when).kind !== 'error');
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

/** What people say for a verb, so clearly that nobody has to be asked. */
function otherwiseSaid(line: Line, when: TriageContext): TriageCommand | null {
  const alias = aliasOf(line);
  if (alias !== null) return VERB_PARSERS[alias.verb](alias.line, when);
  const severity = /^sev[- ]?([1-4])$/i.exec(line.text.trim())?.[1];
  if (severity !== undefined) {
    return { kind: 'severity', incidentId: null, severity: severityOf(severity) };
  }
  const declined = mergeFirst(line, ['not', 'an', 'incident']);
  if (declined !== null) {
    const { incidentId, text } = idAndText(declined);
    return {
      kind: 'close',
      incidentId,
      reason: ['Not an incident', text].filter(Boolean).join(': '),
    };
  }
  return isOurId(line.first) ? parseIdFirst(line) : null;
}

/** An id alone asks how it stands; before other words it is no title either. */
function parseIdFirst(line: Line): TriageCommand {
  const incidentId = line.first.text.toUpperCase();
  const [next] = line.rest;
  if (next === undefined) return { kind: 'status', incidentId };
  const verb = verbOf(next);
  const text = verb === null ? textAfter(line, line.first) : textAfter(line, next);
  const sentence = `The verb comes before the id, so nothing was done to ${incidentId}. Did you mean this?`;
  return fail(sentence, line.first, {
    suggestion: `${verb ?? 'note'} ${incidentId} ${text}`.trim(),
    title: asTitle(line),
  });
}

const VERB_PARSERS = {
  status: (line) => withId(line, (incidentId) => ({ kind: 'status', incidentId })),
  export: (line) => withId(line, (incidentId) => ({ kind: 'export', incidentId })),
  list: (line) => alone(line, { kind: 'list' }),
  find: parseFind,
  mine: (line) => alone(line, { kind: 'mine' }),
  take: (line) => withId(line, (incidentId) => ({ kind: 'take', incidentId })),
  help: () => ({ kind: 'help' }),
  note: parseNote,
  handoff: parseHandoff,
  escalate: parseEscalate,
  severity: parseSeverity,
  title: parseTitle,
  move: parseMove,
  close: parseClose,
  reopen: parseReopen,
  redact: parseRedact,
  drill: parseDrill,
} as const satisfies Record<TriageVerb, (line: Line, when: TriageContext) => TriageCommand>;

/** Words after a verb that takes none are more likely a title than a slip: ask, open nothing. */
function alone(line: Line, command: TriageCommand): TriageCommand {
  const [extra] = line.rest;
  if (extra === undefined) return command;
  return fail(
    `\`${line.first.text}\` takes nothing after it.`,
    { start: extra.start, end: line.text.length },
    { title: asTitle(line) },
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
  const { incidentId, text } = idAndText(line);
  if (text !== '') return { kind: 'note', incidentId, text };
  return fail('Say what to note: `note TEXT`.', line.first);
}

function parseTitle(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  const title = text.replace(/^"([^"]*)"$/, '$1').trim();
  if (title === '') return fail('Say the new title: `title TEXT`.', line.first);
  return /^(?:is|are|was|of|on|in|not)\b/i.test(text)
    ? askWhich(line, 'title', text)
    : { kind: 'title', incidentId, title };
}

/** "close to the limit" may be either: nothing is done before that is known. */
function askWhich(line: Line, verb: TriageVerb, text: string): TriageCommand {
  return fail(`I did nothing. Did you mean the verb \`${verb}\`?`, line.first, {
    suggestion: `${verb} "${text.replaceAll('"', '')}"`,
    title: asTitle(line),
  });
}

function parseSeverity(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  if (text === '') return { kind: 'severity', incidentId, severity: null };
  const digit = /^(?:to\s+)?(?:sev[- ]?)?([1-4])$/i.exec(text)?.[1];
  if (digit !== undefined) return { kind: 'severity', incidentId, severity: severityOf(digit) };
  const sentence = 'The severity is one of sev1, sev2, sev3, sev4: `severity sev1`.';
  return fail(sentence, line.rest[0] ?? line.first, { title: asTitle(line) });
}

const severityOf = (digit: string): Severity => `sev${digit}` as Severity;

function parseFind(line: Line): TriageCommand {
  const words = textAfter(line, line.first);
  if (words !== '') return { kind: 'find', words };
  return fail('Say what to look for: `find WORDS`, such as `find checkout 5xx`.', line.first);
}

function parseHandoff(line: Line): TriageCommand {
  const { incidentId } = idAndText(line);
  const others = line.rest.slice(incidentId === null ? 0 : 1);
  const person = others.find(({ text }) => text.toLowerCase() !== 'to');
  const userId = MENTION.exec(person?.text ?? '')?.[1];
  if (person !== undefined && userId !== undefined) {
    return { kind: 'handoff', incidentId, userId, words: textAfter(line, person) || null };
  }
  const sentence = 'Say to whom, as a mention that Slack recognises: `handoff @person`.';
  return fail(sentence, person ?? line.first);
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
  if (incidentId === null && /^to\s/i.test(text)) return askWhich(line, 'close', text);
  return { kind: 'close', incidentId, reason: text || null };
}

function parseReopen(line: Line): TriageCommand {
  const { incidentId, text } = idAndText(line);
  if (text !== '') return { kind: 'reopen', incidentId, reason: text };
  const typed = incidentId === null ? 'reopen ID REASON' : `reopen ${incidentId} REASON`;
  return fail(`Say why: \`${typed}\`.`, line.rest[0] ?? line.first);
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
function parseDrill({ first, rest }: Line, when: TriageContext): TriageCommand {
  if (rest.length === 0) {
    return fail('Say what to practise: `drill WHAT`, such as `drill checkout returns 5xx`.', first);
  }
  const read = readFacts(rest, when);
  return read.kind === 'open' ? { kind: 'open', facts: { ...read.facts, isDrill: true } } : read;
}

function isTrailQuestion({ text, first, rest }: Line, when: TriageContext): boolean {
  if (ASKED_FIELD.test(text) && isAllFields(text, when)) return true;
  if (first.quotedFrom !== null) return false;
  const word = first.text.toLowerCase();
  const next = rest[0]?.text.toLowerCase() ?? '';
  if (word === 'who' || word === 'trail' || word === '/trail') return rest.length > 0;
  return word === 'what' && (next === 'did' || next === 'changed' || next === 'happened');
}

/** "error:500 at the checkout" is a title: its words are no fields. */
function isAllFields(text: string, when: TriageContext): boolean {
  const parsed = parseQuery(text, { ...when, lookbackMaxMs: null });
  return parsed.kind === 'query' && parsed.query.conditions.every(({ key }) => key !== 'name');
}

function questionOf(line: Line): string {
  return /trail$/i.test(line.first.text) ? textAfter(line, line.first) : line.text.trim();
}
