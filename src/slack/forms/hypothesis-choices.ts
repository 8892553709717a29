import type { Rating } from '../../domain/incident/events.ts';
import { findHypothesis } from '../../domain/incident/hypotheses.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { RATINGS } from '../blocks/words.ts';
import { type Choice, paragraph } from './fields.ts';
import type { FormContext } from './form.ts';

const RATING_LABELS = { high: 'High', medium: 'Medium', low: 'Low' } as const satisfies Record<
  Rating,
  string
>;

export const RATING_CHOICES: readonly Choice[] = RATINGS.map((rating) => ({
  value: rating,
  label: RATING_LABELS[rating],
}));

/** The hypothesis that the form is about; null when it is not there any more. */
export function targetHypothesis({ state, target }: FormContext): Hypothesis | null {
  return target.itemId === null ? null : findHypothesis(state, target.itemId);
}

/** Above the fields, so that nobody answers for the wrong one. */
export function hypothesisParagraph(hypothesis: Hypothesis | null) {
  return paragraph(
    hypothesis === null
      ? 'This hypothesis is not in the record any more.'
      : `Hypothesis ${hypothesis.number}: ${hypothesis.statement}`,
  );
}

export function runningTestOf(hypothesis: Hypothesis | null): string | null {
  return hypothesis?.tests.findLast((test) => test.verdict === null)?.test ?? null;
}

/** The newest pieces of evidence, to be linked with a hypothesis. */
export function evidenceChoices(
  state: IncidentState,
  describe: (evidence: IncidentState['evidence'][number]) => string,
): readonly Choice[] {
  return state.evidence
    .toReversed()
    .map((evidence) => ({ value: evidence.evidenceId, label: describe(evidence) }));
}
