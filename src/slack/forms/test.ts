import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { fittingItems } from '../../domain/playbook/fitting-items.ts';
import { textField } from './fields.ts';
import {
  chosenFilling,
  FILLINGS_MAX,
  type Filling,
  filledActionId,
  fillingBlocks,
} from './fillings.ts';
import type { Form, FormContext } from './form.ts';
import { hypothesisParagraph, targetHypothesis } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['start-test'];

export const testForm: Form = {
  id: 'test',
  build: (context) => {
    const { fillings, first } = testFillings(context);
    const chosen = chosenFilling(fillings, context.choice ?? first);
    return incidentModal('test', context, {
      title: 'Test the hypothesis',
      submit: 'Start the test',
      blocks: [
        hypothesisParagraph(targetHypothesis(context)),
        ...fillingBlocks('Begin with one of these:', fillings, chosen),
        textField({
          name: 'test',
          label: 'Which one test would tell the most?',
          hint:
            chosen === null
              ? 'Something that would come out differently if the hypothesis were wrong.'
              : `${chosen.source} Change it as you see fit.`,
          rule: RULES.test,
          initial: chosen?.texts['test'] ?? '',
          actionId: filledActionId(chosen),
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values, target }) => {
    const read = readValues(values);
    return read.result({
      type: 'start-test',
      hypothesisId: target.itemId ?? '',
      test: read.text('test', RULES.test),
    });
  },
};

/**
 * What the bot suggests for this very change, then what the playbook does; `first` is filled in. What
 * was tested already would tell the same again.
 */
function testFillings(context: FormContext) {
  const { state, playbook } = context;
  const hypothesis = targetHypothesis(context);
  const suggested = hypothesis?.suggestion?.test ?? null;
  const fitting =
    playbook === null ? null : fittingItems(state, playbook, hypothesis, playbook.tests);
  const made = new Set(hypothesis?.tests.map(({ test }) => test.trim()));
  const fillings: Filling[] = [
    ...(suggested === null ? [] : [aFilling('suggested', suggested, 'Suggested by Redthread.')]),
    ...(fitting?.items ?? []).map(({ text }, index) =>
      aFilling(`playbook-${index}`, text, `From the playbook “${playbook?.title ?? ''}”.`),
    ),
  ]
    .filter(({ label }) => !made.has(label.trim()))
    .slice(0, FILLINGS_MAX);
  const first = suggested !== null || fitting?.areForIt === true ? fillings[0]?.id : null;
  return { fillings, first: first ?? null };
}

function aFilling(id: string, test: string, source: string): Filling {
  return { id, label: test, texts: { test }, source };
}
