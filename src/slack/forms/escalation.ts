import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['escalate-incident'];

export const escalationForm: Form = {
  id: 'escalation',
  build: (context) =>
    incidentModal('escalation', context, {
      title: 'Escalate',
      submit: 'Escalate',
      blocks: [
        textField({
          name: 'to',
          label: 'To whom?',
          hint: 'A person, a team or AWS Support. This records it; calling them is up to you.',
          rule: RULES.to,
          lines: 'one',
        }),
        textField({
          name: 'reason',
          label: 'Why, and what do you need from them?',
          rule: RULES.reason,
          lines: 'many',
        }),
      ],
    }),
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({
      type: 'escalate-incident',
      to: read.text('to', RULES.to),
      reason: read.text('reason', RULES.reason),
    });
  },
};
