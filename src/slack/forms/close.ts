import { missingForClose } from '../../domain/incident/close-gate.ts';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { watchCaution } from '../../domain/incident/watch-caution.ts';
import { missingRows } from '../blocks/missing-rows.ts';
import { paragraph, textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULE = COMMAND_TEXTS['close-incident'].reason;

/** Asks for a reason only when something is missing, and says what. */
export const closeForm: Form = {
  id: 'close',
  build: (context) => {
    const missing = missingForClose(context.state);
    const isComplete = missing.length === 0;
    const caution = watchCaution(context.state, 'close');
    return incidentModal('close', context, {
      title: 'Close the incident',
      submit: isComplete ? 'Close' : 'Close anyway',
      blocks: [
        ...(caution === null ? [] : [paragraph(caution)]),
        ...(isComplete
          ? [paragraph('Nothing is missing. The document is written when you close it.')]
          : [
              paragraph('Still missing:'),
              ...missingRows(context.state),
              textField({
                name: 'reason',
                label: 'Why close it without that?',
                hint: 'For example “not an incident” or “goes on in another one”.',
                rule: { ...RULE, required: true },
                lines: 'many',
              }),
            ]),
      ],
    });
  },
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({ type: 'close-incident', reason: read.optionalText('reason', RULE) });
  },
};
