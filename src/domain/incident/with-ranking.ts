import type { Likelihood } from '../investigation/hypotheses.ts';
import type { Actor, Rating } from './events.ts';
import type { RankedCause, Ranking } from './ranking.ts';
import type { Hypothesis } from './state.ts';

const RATING_OF = {
  likely: 'high',
  possible: 'medium',
  unlikely: 'low',
} as const satisfies Record<Likelihood, Rating>;

/**
 * The hypotheses as a ranking leaves them: known ones assessed anew, new ones at the end. Verdicts
 * and ratings of people stand.
 */
export function withRanking(
  hypotheses: readonly Hypothesis[],
  { causes }: Ranking,
  at: { readonly by: Actor; readonly atMs: number },
): readonly Hypothesis[] {
  const causeOf = new Map(causes.map((cause) => [cause.causeId, cause]));
  const known = hypotheses.map((row) => {
    const cause = causeOf.get(row.hypothesisId);
    causeOf.delete(row.hypothesisId);
    return cause === undefined ? row : assessed(row, cause);
  });
  const added = [...causeOf.values()].map((cause, index) =>
    proposed(cause, hypotheses.length + index + 1, at),
  );
  return [...known, ...added];
}

function assessed(row: Hypothesis, cause: RankedCause): Hypothesis {
  const { statement, assessment, suggestion } = cause;
  const likelihood = row.isRatedByPerson ? row.likelihood : RATING_OF[assessment.likelihood];
  return { ...row, statement, likelihood, cause: cause.cause, assessment, suggestion };
}

function proposed(
  cause: RankedCause,
  number: number,
  { by, atMs }: { readonly by: Actor; readonly atMs: number },
): Hypothesis {
  return {
    hypothesisId: cause.causeId,
    number,
    statement: cause.statement,
    status: 'proposed',
    likelihood: RATING_OF[cause.assessment.likelihood],
    // Nothing on record says how much hangs on it; people do.
    impact: 'medium',
    isRatedByPerson: false,
    cause: cause.cause,
    assessment: cause.assessment,
    suggestion: cause.suggestion,
    evidenceIds: [],
    by,
    proposedAtMs: atMs,
    tests: [],
  };
}
