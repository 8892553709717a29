import { COMMAND_TEXTS, type TextRule } from '../../domain/incident/command-texts.ts';
import type { PreventiveMeasure } from '../../domain/incident/events.ts';
import { LIMITS } from '../../domain/incident/limits.ts';
import { personField, textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['document-findings'];
const MEASURES_RULE: TextRule = {
  label: 'The list of measures',
  charactersMax: LIMITS.textCharactersMax,
  required: false,
};

export const findingsForm: Form = {
  id: 'findings',
  build: (context) => {
    const { findings, ownerId } = context.state;
    const measures = findings?.preventiveMeasures ?? [];
    return incidentModal('findings', context, {
      title: 'Write the findings',
      submit: 'Save',
      blocks: [
        textField({
          name: 'cause',
          label: 'What was the root cause?',
          rule: RULES.rootCause,
          initial: findings?.rootCause ?? '',
          lines: 'many',
        }),
        textField({
          name: 'lessons',
          label: 'What did we learn?',
          hint: 'About the system, and about how we worked on this.',
          rule: RULES.lessons,
          initial: findings?.lessons ?? '',
          lines: 'many',
        }),
        textField({
          name: 'measures',
          label: 'What keeps it from happening again?',
          hint: 'One measure a line.',
          rule: MEASURES_RULE,
          initial: measures.map((measure) => measure.text.replaceAll('\n', ' ')).join('\n'),
          lines: 'many',
        }),
        personField({
          name: 'owner',
          label: 'Who sees to these measures?',
          hint: 'Leave it empty when nobody has taken them yet.',
          initial: findings === null ? ownerId : (measures[0]?.ownerId ?? null),
        }),
      ],
    });
  },
  parse: ({ values }) => {
    const read = readValues(values);
    const measures = readMeasures(read.text('measures', MEASURES_RULE), read.person('owner'));
    if (measures.length > LIMITS.preventiveMeasuresMax) {
      read.refuse('measures', `At most ${LIMITS.preventiveMeasuresMax} measures fit. Join some.`);
    }
    return read.result({
      type: 'document-findings',
      rootCause: read.text('cause', RULES.rootCause),
      lessons: read.text('lessons', RULES.lessons),
      preventiveMeasures: measures,
    });
  },
};

/** A line is a measure; bullets that people type are not part of it. */
function readMeasures(text: string, ownerId: string | null): readonly PreventiveMeasure[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '')
    .map((line) => ({ text: line, ownerId }));
}
