import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { INCIDENT_STEPS, type StepId, stepNumber } from '../../domain/incident/steps.ts';
import { selectField, textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULE = COMMAND_TEXTS['move-to-step'].reason;
const STEPS: readonly StepId[] = INCIDENT_STEPS.map((row) => row.id);

export const moveForm: Form = {
  id: 'move',
  build: (context) => {
    const others = INCIDENT_STEPS.filter((row) => row.id !== context.state.step);
    const next = INCIDENT_STEPS[stepNumber(context.state.step)];
    const wanted = others.find((row) => row.id === context.target.itemId) ?? next;
    return incidentModal('move', context, {
      title: 'Move to a step',
      submit: 'Move',
      itemId: null,
      blocks: [
        selectField({
          name: 'step',
          label: 'Where to?',
          choices: others.map((row) => ({
            value: row.id,
            label: `${stepNumber(row.id)}. ${row.title}`,
          })),
          initial: wanted?.id ?? null,
        }),
        textField({
          name: 'reason',
          label: 'Why?',
          hint: 'Needed for going back or over a step.',
          rule: RULE,
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({
      type: 'move-to-step',
      step: read.choice('step', STEPS, 'Choose the step.'),
      reason: read.optionalText('reason', RULE),
    });
  },
};
