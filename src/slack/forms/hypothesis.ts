import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import type { Evidence } from '../../domain/incident/evidence.ts';
import type { Hypothesis } from '../../domain/incident/state.ts';
import { hintedCauses, hintedFirst } from '../../domain/playbook/hinted-causes.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { isWordForWord, templatesOf } from '../../domain/playbook/templates-of.ts';
import { utcWords } from '../../domain/text/time-words.ts';
import { evidenceNotice } from '../blocks/evidence-card.ts';
import { RATINGS } from '../blocks/words.ts';
import { multiSelectField, selectField, textField } from './fields.ts';
import {
  chosenFilling,
  FILLINGS_MAX,
  type Filling,
  filledActionId,
  fillingBlocks,
} from './fillings.ts';
import type { Form, FormContext } from './form.ts';
import { evidenceChoices, RATING_CHOICES } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['propose-hypothesis'];

export const hypothesisForm: Form = {
  id: 'hypothesis',
  build: (context) => {
    const choices = evidenceChoices(context.state, evidenceLabel);
    const { itemId } = context.target;
    const fillings = causeFillings(context);
    const chosen = chosenFilling(fillings, context.choice);
    return incidentModal('hypothesis', context, {
      title: 'Add a hypothesis',
      submit: 'Add',
      blocks: [
        ...fillingBlocks('Causes to think of:', fillings, chosen),
        textField({
          name: 'statement',
          label: 'What could explain the problem?',
          hint: chosen?.source ?? 'One cause that a test can confirm or rule out.',
          rule: RULES.statement,
          initial: chosen?.texts['statement'] ?? '',
          actionId: filledActionId(chosen),
          lines: 'many',
        }),
        selectField({
          name: 'likelihood',
          label: 'How likely is it?',
          choices: RATING_CHOICES,
          initial: 'medium',
        }),
        selectField({
          name: 'impact',
          label: 'How much of the problem would it explain?',
          choices: RATING_CHOICES,
          initial: 'medium',
        }),
        ...(choices.length === 0
          ? []
          : [
              multiSelectField({
                name: 'evidence',
                label: 'Which evidence speaks for it?',
                choices,
                initial: itemId === null ? [] : [itemId],
              }),
            ]),
      ],
    });
  },
  parse: ({ values, newId }) => {
    const read = readValues(values);
    return read.result({
      type: 'propose-hypothesis',
      hypothesisId: newId('hypothesis'),
      statement: read.text('statement', RULES.statement),
      likelihood: read.choice('likelihood', RATINGS, 'Choose how likely it is.'),
      impact: read.choice('impact', RATINGS, 'Choose how much it would explain.'),
      evidenceIds: read.list('evidence'),
    });
  },
};

/** What the playbook thinks of and nobody has put on the board, what is hinted at first. */
function causeFillings({ state, playbook }: FormContext): readonly Filling[] {
  if (playbook === null) return [];
  const hinted = hintedCauses(state, playbook);
  const onBoard = new Set(state.hypotheses.flatMap((row) => thoughtOf(row, playbook)));
  const templates = playbook.hypotheses
    .filter(({ id }) => !onBoard.has(id))
    .map((row) => ({ ...row, causes: [row.id] }));
  return hintedFirst(templates, hinted)
    .slice(0, FILLINGS_MAX)
    .map(({ id, cause, speaksFor, speaksAgainst }) => ({
      id,
      label: hinted.has(id) ? `🔶 ${cause}` : cause,
      texts: { statement: cause },
      source: `For it: ${speaksFor} Against it: ${speaksAgainst}`,
    }));
}

/** A kind of change that several causes of the playbook share does not say which of them it is. */
function thoughtOf(hypothesis: Hypothesis, playbook: Playbook): readonly string[] {
  const fitting = templatesOf(hypothesis, playbook);
  const taken = playbook.hypotheses.filter((row) => isWordForWord(row, hypothesis));
  return [...taken, ...(fitting.length === 1 ? fitting : [])].map(({ id }) => id);
}

function evidenceLabel(evidence: Evidence): string {
  return `${evidenceNotice(evidence)}, until ${utcWords(evidence.coverage.toMs)}`;
}
