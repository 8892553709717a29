import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { paragraph, textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULE = COMMAND_TEXTS['decline-proposal'].reason;

/** Sets aside what an alarm opened. A reason helps whoever tunes the alarm, and is not asked for. */
export const declineForm: Form = {
  id: 'decline',
  build: (context) =>
    incidentModal('decline', context, {
      title: 'Not an incident',
      submit: 'Close it',
      blocks: [
        paragraph('The alarm asks again only after it has been OK in between.'),
        textField({
          name: 'reason',
          label: 'Why not?',
          hint: 'For example “a load test” or “the threshold is too low”.',
          rule: RULE,
          lines: 'one',
        }),
      ],
    }),
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({ type: 'decline-proposal', reason: read.optionalText('reason', RULE) });
  },
};
