import type { KnownBlock } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { problemBasis } from '../../domain/incident/decide-problem.ts';
import type { KnownStart } from '../../domain/incident/known-start.ts';
import {
  draftProblem,
  lineMarks,
  linesOf,
  markedLines,
} from '../../domain/incident/problem-draft.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { formatMoment } from '../../domain/time/format-when.ts';
import { actor, date, line, quote, richText, typed } from '../blocks/text.ts';
import { msOf, notice, textField, timeField } from './fields.ts';
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
    const said = context.initial;
    const begun = problem ?? beginning(context);
    const text = (field: string, otherwise: string) => said?.[field] ?? otherwise;
    return incidentModal('problem', context, {
      title: 'State the problem',
      submit: 'Save',
      itemId: lineMarks([...linesOf(draft), ...(problem?.drafted ?? [])]),
      basis: problemBasis(context.state),
      blocks: [
        ...(context.isOutdated === true ? statedBlocks(context.state) : []),
        ...questions(context),
        textField({
          name: 'symptoms',
          label: 'What exactly is wrong?',
          hint: 'Symptoms and error messages, word for word if you can.',
          rule: RULES.symptoms,
          initial: text('symptoms', begun.symptoms),
          lines: 'many',
        }),
        textField({
          name: 'affected',
          label: 'Who and what is affected?',
          rule: RULES.affected,
          initial: text('affected', begun.affected),
          lines: 'many',
        }),
        timeField({
          name: 'started',
          label: 'Since when?',
          hint:
            draft.start === null
              ? 'Changes in AWS are looked for around this time.'
              : startHint(draft.start, context),
          initialMs:
            said === undefined ? (draft.start?.fromMs ?? startedAtMs) : msOf(said['started']),
        }),
        textField({
          name: 'changes',
          label: 'What changed recently?',
          hint: 'Deployments, configuration, traffic. What AWS recorded is looked up for you.',
          rule: RULES.recentChanges,
          initial: text('changes', begun.recentChanges),
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
      basis: target.basis,
    });
  },
};

/** Two people wrote at once: what the other one said, above what this one has typed. */
function statedBlocks({ problem }: IncidentState): readonly KnownBlock[] {
  if (problem === null) return [];
  const { symptoms, affected, recentChanges } = problem;
  const stated = [symptoms, affected, recentChanges].filter((text) => text !== '').join('\n');
  return [
    richText(
      line(
        '⚠️ ',
        actor(problem.by),
        ' stated the problem ',
        date(problem.atMs),
        ', after you had opened the form:',
      ),
      quote(typed(stated) ?? '–'),
      line('What you typed is still below. Put together what should stand, and save.'),
    ),
  ];
}

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
