import { type LikelihoodNow, likelihoodNow, nothingNow } from './likelihood-now.ts';
import { RANKING_LIMITS } from './ranking.ts';
import type { IncidentState } from './state.ts';
import type { ToldMove } from './tell-moves.ts';

/**
 * What moved between an earlier ranking and the one in `state`, as the board shows it: without
 * what is eliminated by now. Hypothesis 0 has the number 0.
 */
export function movesSince(state: IncidentState, earlier: IncidentState): readonly ToldMove[] {
  const earlierOf = new Map(earlier.hypotheses.map((row) => [row.hypothesisId, row.assessment]));
  const was: IncidentState = {
    ...state,
    ranking: earlier.ranking,
    hypotheses: state.hypotheses.map((row) => ({
      ...row,
      assessment: earlierOf.get(row.hypothesisId) ?? null,
    })),
  };
  const rows = state.hypotheses.map((row, index) => ({
    number: row.number,
    from: likelihoodNow(was, was.hypotheses[index] ?? row),
    to: likelihoodNow(state, row),
  }));
  return [...rows, { number: 0, from: nothingNow(was), to: nothingNow(state) }].flatMap(toldMove);
}

function toldMove(row: {
  readonly number: number;
  readonly from: LikelihoodNow | null;
  readonly to: LikelihoodNow | null;
}): readonly ToldMove[] {
  const { number, from, to } = row;
  if (to === null) return [];
  if (from === null) return [{ number, from, to: to.probability }];
  const isFar = Math.abs(from.probability - to.probability) >= RANKING_LIMITS.moveMin;
  const isTold = isFar || from.likelihood !== to.likelihood;
  return isTold ? [{ number, from: from.probability, to: to.probability }] : [];
}
