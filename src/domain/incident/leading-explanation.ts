import { leadingHypothesis } from './hypotheses.ts';
import { type LikelihoodNow, likelihoodNow, nothingNow } from './likelihood-now.ts';
import type { Hypothesis, IncidentState } from './state.ts';

export type LeadingExplanation =
  | { readonly kind: 'hypothesis'; readonly hypothesis: Hypothesis }
  | {
      /** Hypothesis 0: nothing on record explains it so far. */
      readonly kind: 'nothing';
      readonly now: LikelihoodNow;
      /** The best of the others; null when none is open. */
      readonly next: Hypothesis | null;
    };

/** What to show first; null as long as there is neither a ranking nor an open hypothesis. */
export function leadingExplanation(state: IncidentState): LeadingExplanation | null {
  const first = leadingHypothesis(state);
  const now = nothingNow(state);
  if (now !== null && (first === null || isLessLikely(state, first, now))) {
    return { kind: 'nothing', now, next: first };
  }
  return first === null ? null : { kind: 'hypothesis', hypothesis: first };
}

/** What a person holds to be likely, tests or has confirmed comes before what the bot computes. */
function isLessLikely(state: IncidentState, first: Hypothesis, nothing: LikelihoodNow): boolean {
  if (first.isRatedByPerson || first.status === 'testing') return false;
  const now = likelihoodNow(state, first);
  return now !== null && now.probability < nothing.probability;
}
