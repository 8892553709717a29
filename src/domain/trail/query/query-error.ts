import type { QueryError, QueryResult } from './query.ts';

const SLIPS_MENDED_MAX = 5;

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

/** With all slips mended in one suggestion; with none where that is not a question either. */
export function mendAll(result: QueryResult, readLine: (line: string) => QueryResult): QueryResult {
  if (result.kind === 'query') return result;
  let { suggestion } = result;
  for (let slips = 0; suggestion !== null && slips < SLIPS_MENDED_MAX; slips += 1) {
    const next = readLine(suggestion);
    if (next.kind === 'query') return { ...result, suggestion };
    suggestion = next.suggestion;
  }
  return { ...result, suggestion: null };
}
