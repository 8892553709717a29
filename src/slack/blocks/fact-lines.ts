import type { RichTextQuote, RichTextSection } from '@slack/types';
import { actor, bold, date, line, quote, typed } from './text.ts';

type Element = RichTextSection | RichTextQuote;

export const SHORT_CHARACTERS_MAX = 300;

/** "Symptoms: …"; what is long or has lines of its own stands as a quote. */
export function fact(label: string, text: string): Element {
  const isLong = text.length > SHORT_CHARACTERS_MAX || text.includes('\n');
  return isLong
    ? quote(bold(`${label}: `), typed(text, 1_000))
    : line(bold(`${label}:`), ' ', typed(text));
}

export function optionalFact(label: string, text: string): Element[] {
  return text.trim() === '' ? [] : [fact(label, text)];
}

/** Who said it and when; `note` goes on. */
export function signature(
  entry: { readonly by: Parameters<typeof actor>[0]; readonly atMs: number },
  note: string | null = null,
): Element {
  return line('by ', actor(entry.by), ' ', date(entry.atMs), note);
}
