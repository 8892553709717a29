import type { KnownBlock } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import type { KnownStart } from '../../domain/incident/known-start.ts';
import {
  draftProblem,
  lineMarks,
  linesOf,
  markedLines,
} from '../../domain/incident/problem-draft.ts';
import { formatMoment } from '../../domain/time/format-when.ts';
import { notice, textField, timeField } from './fields.ts';
import type { Form, FormContext } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['state-problem'];
const QUESTIONS_SHOWN_MAX = 3;

/** Begins with what alarms show and people said; what stays as it was is marked as the bot's. */
export const problemForm: Form = {
  id: 'problem',
  build: (context) => {
    const { problem, startedAtMs } = context.state;
    const draft = draftProblem(context.state);
    const begun = problem ?? beginning(context);
    return incidentModal('problem', context, {
      title: 'State the problem',
      submit: 'Save',
      itemId: lineMarks([...linesOf(draft), ...(problem?.drafted ?? [])]),
      blocks: [
        ...questions(context),
        textField({
          name: 'symptoms',
          label: 'What exactly is wrong?',
          hint: 'Symptoms and error messages, word for word if you can.',
          rule: RULES.symptoms,
          initial: begun.symptoms,
          lines: 'many',
        }),
        textField({
          name: 'affected',
          label: 'Who and what is affected?',
          rule: RULES.affected,
          initial: begun.affected,
          lines: 'many',
        }),
        timeField({
          name: 'started',
          label: 'Since when?',
          hint:
            draft.start === null
              ? 'Changes in AWS are looked for around this time.'
              : startHint(draft.start, context),
          initialMs: draft.start?.fromMs ?? startedAtMs,
        }),
        textField({
          name: 'changes',
          label: 'What changed recently?',
          hint: 'Deployments, configuration, traffic. What AWS recorded is looked up for you.',
          rule: RULES.recentChanges,
          initial: begun.recentChanges,
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values, nowMs, target }) => {
    const read = readValues(values);
    const texts = {
      symptoms: read.text('symptoms', RULES.symptoms),
      affected: read.text('affected', RULES.affected),
      recentChanges: read.text('changes', RULES.recentChanges),
    };
    return read.result({
      type: 'state-problem',
      ...texts,
      startedAtMs: read.pastTime('started', nowMs),
      drafted: markedLines(Object.values(texts), target.itemId),
    });
  },
};

/** A title that people gave says what is wrong; one that an alarm gave only names the alarm. */
function beginning({ state }: FormContext) {
  const draft = draftProblem(state);
  const said = state.openedBy.kind === 'person' ? [state.title] : [];
  return {
    symptoms: [...said, ...draft.symptoms].join('\n'),
    affected: draft.affected.join('\n'),
    recentChanges: draft.recentChanges.join('\n'),
  };
}

function questions({ playbook }: FormContext): KnownBlock[] {
  if (playbook === null) return [];
  const asked = playbook.questions.slice(0, QUESTIONS_SHOWN_MAX);
  return [
    notice(`The playbook “${playbook.title}” asks:\n${asked.map((row) => `• ${row}`).join('\n')}`),
  ];
}

function startHint({ fromMs, toMs }: KnownStart, { timeZone, nowMs }: FormContext): string {
  const when = { timeZone, nowMs };
  const from = formatMoment(fromMs, when);
  return toMs === null || toMs <= fromMs
    ? `As the alarms tell: ${from} or earlier.`
    : `As the alarms tell: between ${from} and ${formatMoment(toMs, when)}.`;
}
