import type { ObservationKind } from '../../incident/ranking.ts';
import type { Onset } from '../onset.ts';
import type { Point } from '../point.ts';
import type { Scene } from '../scene.ts';
import { SYMPTOM_WORDS, type Symptom } from '../symptom.ts';
import { FITS } from '../weights.ts';
import type { Sight } from './observation.ts';
import { EXPLAINS_FROM, OBSERVED, OBSERVED_FITS, OBSERVED_PRIOR } from './observation-weights.ts';

const LIMITS = {
  /** What begins later than this after the trouble is no cause of it. */
  lateMs: 10 * 60_000,
  tieMin: 0.45,
  wordMin: 0.35,
} as const;

const MINUTE_MS = 60_000;

export function priorPoint(kind: ObservationKind): Point {
  return { weight: OBSERVED_PRIOR[kind], words: 'such things are seen without trouble, too' };
}

/** The strongest tie of any of these names to any of the alarms. */
export function tiePoint({ views }: Scene, names: readonly string[]): Point {
  for (const { relations } of views) {
    const tie = relations.tieOf(names);
    if (tie !== null && tie.strength >= LIMITS.tieMin) {
      const words = tie.byFailure
        ? 'who calls is tied to what the alarm watches'
        : `it is tied to ${tie.through}, which the alarm watches`;
      return { weight: OBSERVED.tied, words };
    }
  }
  for (const { relations } of views) {
    const word = relations.sharedWord(names);
    if (word !== null && word.weight >= LIMITS.wordMin) {
      return {
        weight: OBSERVED.tiedByWord,
        words: `it shares the name “${word.word}” with the alarm`,
      };
    }
  }
  if (views.some(({ isAccountWide }) => isAccountWide)) {
    return { weight: 0, words: 'the alarm watches the whole account' };
  }
  return { weight: OBSERVED.untied, words: 'nothing on record ties it to what the alarm watches' };
}

export function fitPoint(kind: ObservationKind, { symptoms }: Scene): Point {
  const { typical, possible } = OBSERVED_FITS[kind];
  const find = (list: string) => symptoms.find((symptom) => list.split(' ').includes(symptom));
  const typicalOf = find(typical);
  if (typicalOf !== undefined) {
    return {
      weight: OBSERVED.fitTypical,
      words: `it typically shows as ${SYMPTOM_WORDS[typicalOf]}`,
    };
  }
  const possibleOf = find(possible);
  return possibleOf === undefined
    ? { weight: OBSERVED.fitUnlikely, words: 'it hardly ever shows like this' }
    : { weight: OBSERVED.fitPossible, words: `it can show as ${SYMPTOM_WORDS[possibleOf]}` };
}

export function timePoint(onset: Onset, atMs: number): Point {
  const words = `it began ${whenWords(atMs - onset.earliestMs)}`;
  if (atMs <= onset.latestMs) return { weight: OBSERVED.inTime, words };
  return { weight: atMs > onset.latestMs + LIMITS.lateMs ? OBSERVED.late : 0, words };
}

/** "3 minutes before the trouble began". */
export function whenWords(afterMs: number): string {
  const minutes = Math.round(Math.abs(afterMs) / MINUTE_MS);
  if (minutes < 1) return 'within a minute of the trouble';
  const count =
    minutes === 1
      ? 'a minute'
      : minutes < 120
        ? `${minutes} minutes`
        : `${Math.round(minutes / 60)} hours`;
  return `${count} ${afterMs < 0 ? 'before' : 'after'} the trouble began`;
}

/** From three on, each doubling counts. */
export function oftenPoint(count: number, what: string): Point {
  const weight = Math.min(
    OBSERVED.oftenMost,
    OBSERVED.perDoubling * Math.log2(Math.max(1, count / 3)),
  );
  return { weight, words: `${count} ${what}` };
}

/** A change that typically shows just so, and is tied well enough, says why: no second explanation. */
export function explainedPoint({ suspects }: Sight, symptoms: readonly Symptom[]): Point {
  const found = suspects.find(({ lead, score }) => {
    const typical = FITS[lead.kind.changeClass].typical.split(' ');
    return score >= EXPLAINS_FROM && symptoms.some((symptom) => typical.includes(symptom));
  });
  if (found === undefined) return { weight: 0, words: '' };
  return { weight: OBSERVED.explained, words: 'a change on record would show just so' };
}
