import type { QueryError } from './query.ts';

/** A part of the question, as offsets; `end` is exclusive. */
interface Part {
  readonly start: number;
  readonly end: number;
}

export function fail(sentence: string, { start, end }: Part): QueryError {
  return { kind: 'error', sentence, start, end, suggestion: null };
}

/** A word that is one slip away from one of ours. */
export function slip(
  line: string,
  word: Part,
  typed: string,
  replacement: string,
  meant: string,
): QueryError {
  const shown = typed.replaceAll('`', '');
  return {
    kind: 'error',
    sentence: `Don't know \`${shown}\`: did you mean \`${meant}\`? A name goes in quotes.`,
    start: word.start,
    end: word.end,
    suggestion: `${line.slice(0, word.start)}${replacement}${line.slice(word.end)}`,
  };
}
