import { listWords } from '../text/list-words.ts';
import { sectionTitle } from './document-edits.ts';
import type { IncidentState } from './state.ts';

/** What goes with the document: on publishing it again, what people have made of it since. */
export function publicationWords({ publication, edits, evaluation }: IncidentState): string {
  if (publication === null) return 'The incident record, written from what is in this thread.';
  const sections = edits
    .filter(({ atMs }) => atMs > publication.atMs)
    .map(({ section }) => sectionTitle(section));
  const isEvaluated = evaluation !== null && evaluation.atMs > publication.atMs;
  const news = [
    ...(sections.length === 0 ? [] : [`edited: ${listWords(sections)}`]),
    ...(isEvaluated ? ['the process was evaluated'] : []),
  ];
  return `The incident record, written again${news.length === 0 ? '' : `; ${news.join('; ')}`}.`;
}
