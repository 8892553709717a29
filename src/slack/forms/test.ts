import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { textField } from './fields.ts';
import type { Form } from './form.ts';
import { hypothesisParagraph, targetHypothesis } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['start-test'];

export const testForm: Form = {
  id: 'test',
  build: (context) => {
    const hypothesis = targetHypothesis(context);
    const suggested = hypothesis?.suggestion?.test ?? '';
    return incidentModal('test', context, {
      title: 'Test the hypothesis',
      submit: 'Start the test',
      blocks: [
        hypothesisParagraph(hypothesis),
        textField({
          name: 'test',
          label: 'Which one test would tell the most?',
          hint:
            suggested === ''
              ? 'Something that would come out differently if the hypothesis were wrong.'
              : 'Suggested by Redthread. Change it as you see fit.',
          rule: RULES.test,
          initial: suggested,
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values, target }) => {
    const read = readValues(values);
    return read.result({
      type: 'start-test',
      hypothesisId: target.itemId ?? '',
      test: read.text('test', RULES.test),
    });
  },
};
