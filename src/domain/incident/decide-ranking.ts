import { cutText } from '../text/cut-text.ts';
import { accept, type Handler } from './decision.ts';
import { LIMITS } from './limits.ts';
import {
  type Assessment,
  type Move,
  RANKING_LIMITS,
  type RankedCause,
  type Ranking,
  type Suggestion,
} from './ranking.ts';
import type { Hypothesis, IncidentState } from './state.ts';

/** The same ranking again (work that ran twice, a page that told nothing new) is no event. */
export const rankCauses: Handler<'rank-causes'> = (command, { state }) => {
  const known = command.ranking.causes.map((cause) => asKnown(cause, state.hypotheses));
  const ranking = cutRanking(command.ranking, chosen(known, state));
  if (JSON.stringify(ranking) === JSON.stringify(state.ranking)) return accept();
  return accept({ type: 'causes-ranked', ranking, moves: movesOf(ranking, state.hypotheses) });
};

/** A set of changes grows as pages arrive; what shares an event with a hypothesis is that hypothesis. */
function asKnown(cause: RankedCause, hypotheses: readonly Hypothesis[]): RankedCause {
  const events = new Set(cause.cause.eventIds);
  const same =
    hypotheses.find(({ hypothesisId }) => hypothesisId === cause.causeId) ??
    hypotheses.find(
      (row) =>
        row.cause?.kind === cause.cause.kind && row.cause.eventIds.some((id) => events.has(id)),
    );
  return same === undefined ? cause : { ...cause, causeId: same.hypothesisId };
}

/** Those on the board already, and the best of the others as far as they are worth a look. */
function chosen(
  causes: readonly RankedCause[],
  { hypotheses }: IncidentState,
): readonly RankedCause[] {
  const { probabilityMin, strongProbabilityMin, proposedMax } = RANKING_LIMITS;
  const known = new Set(hypotheses.map(({ hypothesisId }) => hypothesisId));
  const firstOf = new Map(causes.map(({ causeId }, index) => [causeId, index] as const).reverse());
  const ranked = causes.filter(({ causeId, assessment }, index) => {
    const isWorthIt = known.has(causeId) || assessment.probability >= probabilityMin;
    return isWorthIt && firstOf.get(causeId) === index;
  });
  let room = LIMITS.hypothesesMax - hypotheses.length;
  return ranked.filter(({ causeId, assessment }, index) => {
    if (known.has(causeId)) return true;
    const isAmongBest = index < proposedMax || assessment.probability >= strongProbabilityMin;
    if (!isAmongBest || room <= 0) return false;
    room -= 1;
    return true;
  });
}

function cutRanking(ranking: Ranking, causes: readonly RankedCause[]): Ranking {
  const { onset, basis } = ranking;
  const { alarmsMax, gapsMax } = RANKING_LIMITS;
  return {
    ...ranking,
    onset:
      onset === null
        ? null
        : {
            ...onset,
            alarms: onset.alarms.slice(0, alarmsMax),
            flapping: onset.flapping.slice(0, alarmsMax),
            stale: onset.stale.slice(0, alarmsMax),
          },
    causes: causes.slice(0, RANKING_LIMITS.causesMax).map(cutCause),
    nothing: cutAssessment(ranking.nothing),
    basis: { ...basis, gaps: basis.gaps.slice(0, gapsMax) },
  };
}

function cutCause(ranked: RankedCause): RankedCause {
  const { cause } = ranked;
  return {
    ...ranked,
    statement: cutText(ranked.statement, RANKING_LIMITS.statementCharactersMax),
    cause: { ...cause, eventIds: cause.eventIds.slice(0, RANKING_LIMITS.eventIdsMax) },
    assessment: cutAssessment(ranked.assessment),
    suggestion: ranked.suggestion === null ? null : cutSuggestion(ranked.suggestion),
  };
}

function cutSuggestion({ test, solution, risk, rollback }: Suggestion): Suggestion {
  const cut = (text: string) => cutText(text, RANKING_LIMITS.suggestionCharactersMax);
  return { test: cut(test), solution: cut(solution), risk: cut(risk), rollback: cut(rollback) };
}

function cutAssessment(assessment: Assessment): Assessment {
  const cut = (points: readonly string[]) =>
    points
      .slice(0, RANKING_LIMITS.pointsMax)
      .map((words) => cutText(words, RANKING_LIMITS.pointCharactersMax));
  return { ...assessment, for: cut(assessment.for), against: cut(assessment.against) };
}

function movesOf({ causes }: Ranking, hypotheses: readonly Hypothesis[]): readonly Move[] {
  return causes.flatMap(({ causeId, assessment }): Move[] => {
    const before = hypotheses.find(({ hypothesisId }) => hypothesisId === causeId);
    const was = before?.assessment ?? null;
    const move = {
      hypothesisId: causeId,
      from: was?.probability ?? null,
      to: assessment.probability,
    };
    if (was === null) return [move];
    const isFar = Math.abs(was.probability - assessment.probability) >= RANKING_LIMITS.moveMin;
    return isFar || was.likelihood !== assessment.likelihood ? [move] : [];
  });
}
