import type { EvolversOf } from './evolver.ts';
import type { Hypothesis, IncidentState } from './state.ts';
import { withRanking } from './with-ranking.ts';

function changeHypothesis(
  state: IncidentState,
  hypothesisId: string,
  change: (hypothesis: Hypothesis) => Hypothesis,
): IncidentState {
  return {
    ...state,
    hypotheses: state.hypotheses.map((hypothesis) =>
      hypothesis.hypothesisId === hypothesisId ? change(hypothesis) : hypothesis,
    ),
  };
}

export const HYPOTHESIS_EVOLVERS: EvolversOf<
  | 'hypothesis-proposed'
  | 'causes-ranked'
  | 'hypothesis-rated'
  | 'test-started'
  | 'test-concluded'
  | 'hypothesis-revived'
> = {
  'hypothesis-proposed': (state, { type: _type, ...proposal }, { actor, atMs }) => ({
    ...state,
    hypotheses: [
      ...state.hypotheses,
      {
        ...proposal,
        number: state.hypotheses.length + 1,
        status: 'proposed',
        isRatedByPerson: actor.kind === 'person',
        cause: null,
        assessment: null,
        suggestion: null,
        by: actor,
        proposedAtMs: atMs,
        tests: [],
      },
    ],
  }),
  'causes-ranked': (state, { ranking }, { actor, atMs }) => ({
    ...state,
    ranking,
    hypotheses: withRanking(state.hypotheses, ranking, { by: actor, atMs }),
  }),
  'hypothesis-rated': (state, event, { actor }) =>
    changeHypothesis(state, event.hypothesisId, (hypothesis) => ({
      ...hypothesis,
      likelihood: event.likelihood,
      impact: event.impact,
      isRatedByPerson: actor.kind === 'person',
    })),
  'test-started': (state, event, { actor, atMs }) =>
    changeHypothesis(state, event.hypothesisId, (hypothesis) => ({
      ...hypothesis,
      status: 'testing',
      tests: [
        ...hypothesis.tests,
        {
          test: event.test,
          by: actor,
          startedAtMs: atMs,
          verdict: null,
          finding: null,
          concludedBy: null,
          concludedAtMs: null,
        },
      ],
    })),
  'test-concluded': (state, event, { actor, atMs }) =>
    changeHypothesis(state, event.hypothesisId, (hypothesis) => ({
      ...hypothesis,
      status: event.verdict,
      tests: hypothesis.tests.map((test) =>
        test.verdict === null
          ? {
              ...test,
              verdict: event.verdict,
              finding: event.finding,
              concludedBy: actor,
              concludedAtMs: atMs,
            }
          : test,
      ),
    })),
  'hypothesis-revived': (state, event) =>
    changeHypothesis(state, event.hypothesisId, (hypothesis) => ({
      ...hypothesis,
      status: 'proposed',
    })),
};
