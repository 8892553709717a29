import type { KnownBlock } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { REMARKS, type RemarkName } from '../../domain/incident/evaluation.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { hasVisibleText } from '../../domain/text/cut-text.ts';
import { actor, bold, date, line, richText, typed } from '../blocks/text.ts';
import { textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['evaluate-process'];
const SHOWN_CHARACTERS_MAX = 500;

const QUESTIONS = {
  effectiveness: {
    name: 'Effectiveness',
    label: 'Did how we worked lead to the cause and the fix?',
    hint: 'Effectiveness: what helped, and what led astray.',
  },
  efficiency: {
    name: 'Efficiency and time',
    label: 'Where did the time go?',
    hint: 'Efficiency and time: what we waited for, what was done twice.',
  },
  cost: {
    name: 'Cost',
    label: 'What did it cost us?',
    hint: 'Cost: hours, people taken from other work, money.',
  },
  quality: {
    name: 'Quality',
    label: 'How good are the fix and what we know?',
    hint: 'Quality: what we would not rely on.',
  },
  safety: {
    name: 'Safety',
    label: 'What was riskier than it had to be?',
    hint: 'Safety: of the fix, and of how we got there.',
  },
} as const satisfies Record<RemarkName, object>;

/** What people say about how they worked on it. The document puts it beside what the record says. */
export const evaluationForm: Form = {
  id: 'evaluation',
  build: (context) => {
    const { state, initial, isOutdated } = context;
    return incidentModal('evaluation', context, {
      title: 'Evaluate the process',
      submit: 'Save',
      itemId: String(state.evaluation?.revision ?? 0),
      blocks: [
        ...(isOutdated === true ? changedBlocks(state) : []),
        ...REMARKS.map((name) =>
          textField({
            name,
            label: QUESTIONS[name].label,
            hint: QUESTIONS[name].hint,
            rule: RULES[name],
            initial: initial?.[name] ?? state.evaluation?.[name] ?? '',
            lines: 'many',
          }),
        ),
      ],
    });
  },
  parse: ({ values, target }) => {
    const read = readValues(values);
    return read.result({
      type: 'evaluate-process',
      effectiveness: read.text('effectiveness', RULES.effectiveness),
      efficiency: read.text('efficiency', RULES.efficiency),
      cost: read.text('cost', RULES.cost),
      quality: read.text('quality', RULES.quality),
      safety: read.text('safety', RULES.safety),
      basis: /^\d{1,4}$/.test(target.itemId ?? '') ? Number(target.itemId) : 0,
    });
  },
};

/** Two people wrote at once: what the other one said, above what this one has typed. */
function changedBlocks({ evaluation }: IncidentState): readonly KnownBlock[] {
  if (evaluation === null) return [];
  const said = REMARKS.filter((name) => hasVisibleText(evaluation[name]));
  return [
    richText(
      line(
        '⚠️ ',
        actor(evaluation.by),
        ' evaluated the process ',
        date(evaluation.atMs),
        ', after you had opened this. It now says:',
      ),
      ...said.map((name) =>
        line(bold(`${QUESTIONS[name].name}:`), ' ', typed(evaluation[name], SHOWN_CHARACTERS_MAX)),
      ),
      line('What you typed is still below. Put together what should stand, and save.'),
    ),
  ];
}
