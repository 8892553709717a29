import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { suggestedStart } from '../../domain/incident/suggested-start.ts';
import { textField, timeField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['state-problem'];

export const problemForm: Form = {
  id: 'problem',
  build: (context) => {
    const { problem, startedAtMs } = context.state;
    const suggestedMs = suggestedStart(context.state);
    return incidentModal('problem', context, {
      title: 'State the problem',
      submit: 'Save',
      blocks: [
        textField({
          name: 'symptoms',
          label: 'What exactly is wrong?',
          hint: 'Symptoms and error messages, word for word if you can.',
          rule: RULES.symptoms,
          initial: problem?.symptoms ?? '',
          lines: 'many',
        }),
        textField({
          name: 'affected',
          label: 'Who and what is affected?',
          rule: RULES.affected,
          initial: problem?.affected ?? '',
          lines: 'many',
        }),
        timeField({
          name: 'started',
          label: 'Since when?',
          hint:
            startedAtMs === null && suggestedMs !== null
              ? 'Suggested: the first bad datapoint of the alarms that ring now.'
              : 'Changes in AWS are looked for around this time.',
          initialMs: startedAtMs ?? suggestedMs,
        }),
        textField({
          name: 'changes',
          label: 'What changed recently?',
          hint: 'Deployments, configuration, traffic. What AWS recorded is looked up for you.',
          rule: RULES.recentChanges,
          initial: problem?.recentChanges ?? '',
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values, nowMs }) => {
    const read = readValues(values);
    return read.result({
      type: 'state-problem',
      symptoms: read.text('symptoms', RULES.symptoms),
      affected: read.text('affected', RULES.affected),
      startedAtMs: read.pastTime('started', nowMs),
      recentChanges: read.text('changes', RULES.recentChanges),
    });
  },
};
