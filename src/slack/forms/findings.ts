import { checkIdOf } from '../../domain/incident/check-ticks.ts';
import { COMMAND_TEXTS, type TextRule } from '../../domain/incident/command-texts.ts';
import type { PreventiveMeasure } from '../../domain/incident/events.ts';
import { LIMITS } from '../../domain/incident/limits.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { type Choice, checkboxField, personField, splitLabel, textField } from './fields.ts';
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
    const offered = offeredMeasures(context.playbook, measures);
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
        ...(offered.length === 0
          ? []
          : [
              checkboxField({
                name: 'offered',
                label: 'Also from the playbook',
                hint: 'Tick what is worth doing. It is added to the measures.',
                choices: offered.map(measureChoice),
              }),
            ]),
        personField({
          name: 'owner',
          label: 'Who sees to these measures?',
          hint: 'Leave it empty when nobody has taken them yet.',
          initial: findings === null ? ownerId : (measures[0]?.ownerId ?? null),
        }),
      ],
    });
  },
  parse: ({ values, playbook }) => {
    const read = readValues(values);
    const ticked = read.list('offered');
    const added = (playbook?.prevention ?? []).filter((text) => ticked.includes(checkIdOf(text)));
    const texts = [...new Set([...readMeasures(read.text('measures', MEASURES_RULE)), ...added])];
    const ownerId = read.person('owner');
    const measures = texts.map((text): PreventiveMeasure => ({ text, ownerId }));
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
function readMeasures(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
}

/** What the playbook knows to prevent the next one and is not among the measures yet. */
function offeredMeasures(
  playbook: Playbook | null,
  measures: readonly PreventiveMeasure[],
): readonly string[] {
  const taken = new Set(measures.map(({ text }) => text));
  return [...new Set(playbook?.prevention ?? [])].filter((text) => !taken.has(text));
}

const measureChoice = (text: string): Choice => ({ value: checkIdOf(text), ...splitLabel(text) });
