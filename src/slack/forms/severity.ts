import { SEVERITIES, SEVERITY_WORDS } from '../blocks/words.ts';
import { type Choice, radioField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

export const SEVERITY_CHOICES: readonly Choice[] = SEVERITIES.map((severity) => ({
  value: severity,
  label: `${SEVERITY_WORDS[severity].mark} ${SEVERITY_WORDS[severity].short}`,
  description: SEVERITY_WORDS[severity].meaning,
}));

export const severityForm: Form = {
  id: 'severity',
  build: (context) =>
    incidentModal('severity', context, {
      title: 'Severity',
      submit: 'Save',
      blocks: [
        radioField({
          name: 'severity',
          label: 'How bad is it?',
          choices: SEVERITY_CHOICES,
          initial: context.state.severity,
        }),
      ],
    }),
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({
      type: 'change-severity',
      severity: read.choice('severity', SEVERITIES, 'Choose how bad it is.'),
    });
  },
};
