import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import type { Evidence } from '../../domain/incident/evidence.ts';
import { utcWords } from '../../domain/text/time-words.ts';
import { evidenceNotice } from '../blocks/evidence-card.ts';
import { RATINGS } from '../blocks/words.ts';
import { multiSelectField, selectField, textField } from './fields.ts';
import type { Form } from './form.ts';
import { evidenceChoices, RATING_CHOICES } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['propose-hypothesis'];

export const hypothesisForm: Form = {
  id: 'hypothesis',
  build: (context) => {
    const choices = evidenceChoices(context.state, evidenceLabel);
    const { itemId } = context.target;
    return incidentModal('hypothesis', context, {
      title: 'Add a hypothesis',
      submit: 'Add',
      blocks: [
        textField({
          name: 'statement',
          label: 'What could explain the problem?',
          hint: 'One cause that a test can confirm or rule out.',
          rule: RULES.statement,
          lines: 'many',
        }),
        selectField({
          name: 'likelihood',
          label: 'How likely is it?',
          choices: RATING_CHOICES,
          initial: 'medium',
        }),
        selectField({
          name: 'impact',
          label: 'How much of the problem would it explain?',
          choices: RATING_CHOICES,
          initial: 'medium',
        }),
        ...(choices.length === 0
          ? []
          : [
              multiSelectField({
                name: 'evidence',
                label: 'Which evidence speaks for it?',
                choices,
                initial: itemId === null ? [] : [itemId],
              }),
            ]),
      ],
    });
  },
  parse: ({ values, newId }) => {
    const read = readValues(values);
    return read.result({
      type: 'propose-hypothesis',
      hypothesisId: newId('hypothesis'),
      statement: read.text('statement', RULES.statement),
      likelihood: read.choice('likelihood', RATINGS, 'Choose how likely it is.'),
      impact: read.choice('impact', RATINGS, 'Choose how much it would explain.'),
      evidenceIds: read.list('evidence'),
    });
  },
};

function evidenceLabel(evidence: Evidence): string {
  return `${evidenceNotice(evidence)}, until ${utcWords(evidence.coverage.toMs)}`;
}
