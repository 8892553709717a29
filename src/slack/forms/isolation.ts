import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['isolate-component'];

export const isolationForm: Form = {
  id: 'isolation',
  build: (context) => {
    const { isolation, resources } = context.state;
    return incidentModal('isolation', context, {
      title: 'Name the component',
      submit: 'Save',
      blocks: [
        textField({
          name: 'component',
          label: 'Which component or resource is in question?',
          rule: RULES.component,
          initial: isolation?.component ?? resources[0] ?? '',
          lines: 'one',
        }),
        textField({
          name: 'finding',
          label: 'What points to it?',
          hint: 'Dashboards before logs: which graph moved first? And which part works?',
          rule: RULES.finding,
          initial: isolation?.finding ?? '',
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values }) => {
    const read = readValues(values);
    return read.result({
      type: 'isolate-component',
      component: read.text('component', RULES.component),
      finding: read.text('finding', RULES.finding),
    });
  },
};
