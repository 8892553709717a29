import { hasVisibleText } from '../text/cut-text.ts';
import { markdownInline, markdownQuote } from '../text/markdown-text.ts';
import { namePeople } from '../text/mentions.ts';
import { utcWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import type { Actor } from './events.ts';

const NAME_CHARACTERS_MAX = 80;

/** How foreign text and people get into the Markdown of one document. */
export interface MarkdownVoice {
  /** On one line, harmless. */
  readonly inline: (text: string, charactersMax?: number) => string;
  /** As a block quote, harmless; "Not recorded: …" for a text without anything visible. */
  readonly quote: (text: string, missing: string) => string;
  readonly person: (userId: string) => string;
  readonly actor: (actor: Actor) => string;
  /** "2026-03-08 10:42:05 UTC by Ana" */
  readonly when: (atMs: number, by: Actor) => string;
}

/** The one wording for what the record lacks; `missing` is a sentence. */
export function notRecorded(missing: string): string {
  return `_Not recorded: ${missing}_`;
}

export function createMarkdownVoice(document: Pick<IncidentDocument, 'names'>): MarkdownVoice {
  const names = new Map(Object.entries(document.names));
  const person = (userId: string): string =>
    markdownInline(names.get(userId) ?? userId, NAME_CHARACTERS_MAX);
  const actor = (by: Actor): string => (by.kind === 'bot' ? 'Redthread' : person(by.userId));
  return {
    inline: (text, charactersMax) => markdownInline(namePeople(text, names), charactersMax),
    quote: (text, missing) =>
      hasVisibleText(text) ? markdownQuote(namePeople(text, names)) : notRecorded(missing),
    person,
    actor,
    when: (atMs, by) => `${utcWords(atMs)} by ${actor(by)}`,
  };
}

const HEADING_CHARACTERS_MAX = 120;

/** A heading that says it all when the text is short; a long one stands below it, whole. */
export function headedText(heading: string, text: string, voice: MarkdownVoice): readonly string[] {
  const isShort = text.trim().length <= HEADING_CHARACTERS_MAX && !text.trim().includes('\n');
  return isShort
    ? [`### ${heading}: ${voice.inline(text, HEADING_CHARACTERS_MAX)}`]
    : [`### ${heading}`, voice.quote(text, 'the text.')];
}
