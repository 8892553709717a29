import { listSome } from '../text/list-words.ts';
import { upperFirst } from '../text/upper-first.ts';
import type { Move } from './ranking.ts';
import type { Hypothesis } from './state.ts';

/** How the likelihood of the hypothesis with this number moved; `from` null: it is new. */
export interface ToldMove {
  readonly number: number;
  readonly from: number | null;
  readonly to: number;
}

/** More than this nobody reads in one line; the board has all. */
const TOLD_MAX = 4;

/** As below; `hypotheses` as they are after the ranking. */
export function tellMoves(
  moves: readonly Move[],
  hypotheses: readonly Hypothesis[],
): string | null {
  return tellNumbered(
    moves.flatMap(({ hypothesisId, from, to }) => {
      const row = hypotheses.find((candidate) => candidate.hypothesisId === hypothesisId);
      return row === undefined ? [] : [{ number: row.number, from, to }];
    }),
  );
}

/**
 * "Strengthened: hypothesis 2 (31 % → 64 %); weakened: hypothesis 1 (40 % → 12 %)". Null when
 * nothing moved. Our own words only.
 */
export function tellNumbered(told: readonly ToldMove[]): string | null {
  const groups = [
    groupWords(
      'strengthened',
      told.filter(({ from, to }) => from !== null && to > from),
    ),
    groupWords(
      'weakened',
      told.filter(({ from, to }) => from !== null && to < from),
    ),
    groupWords(
      'new',
      told.filter(({ from }) => from === null),
    ),
  ].filter((words) => words !== null);
  const words = groups.join('; ');
  return words === '' ? null : upperFirst(words);
}

function groupWords(heading: string, told: readonly ToldMove[]): string | null {
  if (told.length === 0) return null;
  const words = told.map(({ number, from, to }) => {
    const range = from === null ? percentWords(to) : `${percentWords(from)} → ${percentWords(to)}`;
    return `hypothesis ${number} (${range})`;
  });
  return `${heading}: ${listSome(words, TOLD_MAX)}`;
}

/** "64 %"; never 0 or 100: nothing here is certain. */
export function percentWords(probability: number): string {
  const percent = Math.round(probability * 100);
  if (percent < 1) return 'under 1 %';
  return percent > 99 ? 'over 99 %' : `${percent} %`;
}
