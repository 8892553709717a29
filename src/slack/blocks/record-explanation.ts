import type { RichTextBlock } from '@slack/types';
import { explainRecord } from '../../domain/trail/explain-record.ts';
import type { ExplanationSentence } from '../../domain/trail/explanation.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { countCharacters } from './fit-text.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { line, list, type Part, richText, show } from './text.ts';

/** What an answer holds besides needs room too: other matches, its coverage and its buttons. */
const CHARACTERS_MAX = Math.floor(BLOCK_LIMITS.messageCharactersMax * 0.7);

/** One record in plain sentences, the first as the headline; what does not fit is left out at the end. */
export function recordExplanation(record: TrailRecord): RichTextBlock {
  const [headline = [], ...others] = explainRecord(record).map(sentenceParts);
  const sizes = [headline, ...others].map((parts) => countCharacters(line(...parts)));
  const fitting = others.filter((_, index) => sumOf(sizes.slice(0, index + 2)) <= CHARACTERS_MAX);
  const hidden = others.length - fitting.length;
  const items: readonly Part[] = [...fitting, ...(hidden > 0 ? [`and ${hidden} more facts`] : [])];
  return richText(line('🧾 ', ...headline), list(items));
}

/** What somebody else chose is shown as code; the rest are our own words. */
function sentenceParts(sentence: ExplanationSentence): Part[] {
  return sentence.map((part) => (typeof part === 'string' ? part : show(part.value)));
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
