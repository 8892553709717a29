import { listWords } from '../text/list-words.ts';
import type { Move } from './ranking.ts';
import type { Hypothesis } from './state.ts';

type Told = Move & { readonly row: Hypothesis };

/** More than this nobody reads in one line; the board has all. */
const TOLD_MAX = 4;

/**
 * "Strengthened: hypothesis 2 (31 % → 64 %); weakened: hypothesis 1 (40 % → 12 %)". Null when
 * nothing moved. `hypotheses` as they are after the ranking; our own words only.
 */
export function tellMoves(
  moves: readonly Move[],
  hypotheses: readonly Hypothesis[],
): string | null {
  const told = moves.flatMap((move): Told[] => {
    const row = hypotheses.find(({ hypothesisId }) => hypothesisId === move.hypothesisId);
    return row === undefined ? [] : [{ ...move, row }];
  });
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
  return words === '' ? null : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function groupWords(heading: string, told: readonly Told[]): string | null {
  if (told.length === 0) return null;
  const shown = told.slice(0, TOLD_MAX).map(({ row, from, to }) => {
    const range = from === null ? percentWords(to) : `${percentWords(from)} → ${percentWords(to)}`;
    return `hypothesis ${row.number} (${range})`;
  });
  const hidden = told.length - shown.length;
  return `${heading}: ${listWords([...shown, ...(hidden > 0 ? [`${hidden} more`] : [])])}`;
}

/** "64 %"; never 0 or 100: nothing here is certain. */
export function percentWords(probability: number): string {
  const percent = Math.round(probability * 100);
  if (percent < 1) return 'under 1 %';
  return percent > 99 ? 'over 99 %' : `${percent} %`;
}
