import type { KnownIncident } from './find-similar.ts';
import { allWordsOf, wordsOf } from './words-of.ts';

const LIMITS = { wordsMax: 20 } as const;

/**
 * The incidents that hold most of the words, rare words counting more; the newer of equals. A word
 * may be the beginning of one ("check" finds "checkout"). All names of alarms and resources, and
 * what caused and fixed it, are searched.
 */
export function searchIncidents<T extends KnownIncident>(
  question: string,
  known: readonly T[],
): readonly T[] {
  const telling = wordsOf(question, LIMITS.wordsMax);
  const words = telling.length > 0 ? telling : allWordsOf(question, LIMITS.wordsMax);
  const texts = known.map((incident) => ({ incident, text: searchable(incident) }));
  const weightOf = new Map(
    words.map((word) => {
      const count = texts.filter(({ text }) => holds(text, word)).length;
      return [word, count === 0 ? 0 : 1 + Math.log2(texts.length / count)];
    }),
  );
  return texts
    .map(({ incident, text }) => ({
      incident,
      score: words.reduce(
        (sum, word) => sum + (holds(text, word) ? (weightOf.get(word) ?? 0) : 0),
        0,
      ),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.incident.openedAtMs - a.incident.openedAtMs)
    .map(({ incident }) => incident);
}

/** Words are set apart by spaces, so that a search for one finds where it begins. */
function searchable({ incidentId, title, profile }: KnownIncident): string {
  const { alarms, resources, words, changeClasses, rootCause, fix } = profile;
  const all = [
    incidentId,
    title,
    ...alarms,
    ...resources,
    ...words,
    ...changeClasses,
    rootCause,
    fix,
  ];
  return ` ${all
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, ' ')} `;
}

function holds(text: string, word: string): boolean {
  return text.includes(` ${word}`) || text.includes(`-${word}`);
}
