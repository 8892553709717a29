import { RATINGS } from '../blocks/words.ts';
import { selectField } from './fields.ts';
import type { Form } from './form.ts';
import { hypothesisParagraph, RATING_CHOICES, targetHypothesis } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

export const ratingForm: Form = {
  id: 'rating',
  build: (context) => {
    const hypothesis = targetHypothesis(context);
    return incidentModal('rating', context, {
      title: 'Rate the hypothesis',
      submit: 'Save',
      blocks: [
        hypothesisParagraph(hypothesis),
        selectField({
          name: 'likelihood',
          label: 'How likely is it?',
          choices: RATING_CHOICES,
          initial: hypothesis?.likelihood ?? null,
        }),
        selectField({
          name: 'impact',
          label: 'How much of the problem would it explain?',
          choices: RATING_CHOICES,
          initial: hypothesis?.impact ?? null,
        }),
      ],
    });
  },
  parse: ({ values, target }) => {
    const read = readValues(values);
    return read.result({
      type: 'rate-hypothesis',
      hypothesisId: target.itemId ?? '',
      likelihood: read.choice('likelihood', RATINGS, 'Choose how likely it is.'),
      impact: read.choice('impact', RATINGS, 'Choose how much it would explain.'),
    });
  },
};
