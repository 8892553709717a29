import type { KnownBlock } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import type { TestVerdict } from '../../domain/incident/events.ts';
import { testLookId } from '../../domain/incident/hypotheses.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { type Choice, paragraph, radioField, textField } from './fields.ts';
import type { Form } from './form.ts';
import { hypothesisParagraph, runningTestOf, targetHypothesis } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['conclude-test'];
const VERDICTS: readonly TestVerdict[] = ['confirmed', 'eliminated', 'inconclusive'];

const VERDICT_LABELS = {
  confirmed: ['Confirmed', 'The test shows that this is the cause.'],
  eliminated: ['Eliminated', 'The test shows that it is not. It stays on the board.'],
  inconclusive: ['Inconclusive', 'The test could not tell. It can be tested again.'],
} as const satisfies Record<TestVerdict, readonly [label: string, description: string]>;

const CHOICES: readonly Choice[] = VERDICTS.map((verdict) => ({
  value: verdict,
  label: VERDICT_LABELS[verdict][0],
  description: VERDICT_LABELS[verdict][1],
}));

/** The part of the running test that the bot has done. */
function whatWasRead({ notes }: IncidentState, { hypothesisId, tests }: Hypothesis): KnownBlock[] {
  const noteId = testLookId(hypothesisId, tests.length);
  const note = notes.find((row) => row.noteId === noteId);
  return note === undefined ? [] : [paragraph(note.text)];
}

export const verdictForm: Form = {
  id: 'verdict',
  build: (context) => {
    const hypothesis = targetHypothesis(context);
    const test = runningTestOf(hypothesis);
    return incidentModal('verdict', context, {
      title: 'Result of the test',
      submit: 'Save',
      blocks: [
        hypothesisParagraph(hypothesis),
        ...(test === null ? [] : [paragraph(`Test: ${test}`)]),
        ...(hypothesis === null ? [] : whatWasRead(context.state, hypothesis)),
        radioField({ name: 'verdict', label: 'What does it say?', choices: CHOICES }),
        textField({
          name: 'finding',
          label: 'What was found?',
          rule: RULES.finding,
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values, target }) => {
    const read = readValues(values);
    return read.result({
      type: 'conclude-test',
      hypothesisId: target.itemId ?? '',
      verdict: read.choice('verdict', VERDICTS, 'Choose what the test says.'),
      finding: read.text('finding', RULES.finding),
    });
  },
};
