import type { Word } from '../words/split-words.ts';
import type { TriageError } from './triage-command.ts';

/** A line in parts: the first word, the others, and the text after the first as it was typed. */
export interface Line {
  readonly text: string;
  readonly first: Word;
  readonly rest: readonly Word[];
}

/** Ids of incidents; nothing else that people type looks like one. */
export const OUR_ID = /^RT-[A-Z0-9]{2,20}$/i;

/** What facts begin with; they stay outside the quotes of a title. */
const FACT =
  /^(?:since$|sev-?\d+$|(?:alarm|resource|region|account|sev|severity|since|playbook):\S)/i;
const QUOTES = /["“”„«»]/g;

export function textAfter({ text }: Line, word: Word): string {
  return text.slice(word.end).trim();
}

/** Only `RT-…` is taken for an id here: "close on-call" has a reason. */
export function idAndText(line: Line): {
  readonly incidentId: string | null;
  readonly text: string;
} {
  const [id] = line.rest;
  return id !== undefined && isOurId(id)
    ? { incidentId: id.text.toUpperCase(), text: textAfter(line, id) }
    : { incidentId: null, text: textAfter(line, line.first) };
}

export function isOurId({ text, quotedFrom }: Word): boolean {
  return quotedFrom === null && OUR_ID.test(text);
}

/** The line that opens an incident with these words, whatever the first of them is. */
export function asTitle({ text, first, rest }: Line): string {
  const fact = rest.find((word) => FACT.test(word.text) && word.quotedFrom !== 0);
  const end = fact?.start ?? text.length;
  const title = text.slice(first.start, end).trim().replaceAll(QUOTES, '');
  return fact === undefined ? `"${title}"` : `"${title}" ${text.slice(end).trim()}`;
}

export function fail(
  sentence: string,
  { start, end }: { readonly start: number; readonly end: number },
  lines: Partial<Pick<TriageError, 'suggestion' | 'title'>> = {},
): TriageError {
  return { kind: 'error', sentence, start, end, suggestion: null, title: null, ...lines };
}
