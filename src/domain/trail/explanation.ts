import type { Untrusted } from '../untrusted.ts';

/** Our own words, or a value that somebody else chose: each edge shows it in its own harmless way. */
export type ExplanationPart = string | { readonly value: Untrusted };
/** One plain sentence; its parts follow each other without anything between them. */
export type ExplanationSentence = readonly ExplanationPart[];

/** For JSON and for a terminal, which must still make it harmless. */
export function sentenceText(sentence: ExplanationSentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}

/** "a, b and 2 more". */
export function listParts(
  items: readonly ExplanationSentence[],
  shownMax: number,
): ExplanationSentence {
  const shown = items.slice(0, shownMax);
  const hidden = items.length - shown.length;
  const all = hidden > 0 ? [...shown, [`${hidden} more`]] : shown;
  return all.flatMap((item, index) => [joint(index, all.length), ...item]);
}

function joint(index: number, count: number): string {
  if (index === 0) return '';
  return index === count - 1 ? ' and ' : ', ';
}
