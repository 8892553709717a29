import { COMMAND_TEXTS, type TextRule } from '../../domain/incident/command-texts.ts';
import type { IncidentCommand } from '../../domain/incident/commands.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { watchCaution } from '../../domain/incident/watch-caution.ts';
import type { FormId } from '../ids.ts';
import { paragraph, textField } from './fields.ts';
import type { Form, FormInput } from './form.ts';
import { hypothesisParagraph, targetHypothesis } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

interface SentenceForm {
  readonly title: string;
  readonly submit: string;
  readonly label: string;
  readonly hint?: string;
  readonly rule: TextRule;
  /** What to know before one answers; null: nothing. */
  readonly caution?: (state: IncidentState) => string | null;
  readonly toCommand: (text: string, input: FormInput) => IncidentCommand;
}

/** Forms that ask for one thing. */
export const noteForm = sentenceForm('note', {
  title: 'Add a note',
  submit: 'Add',
  label: 'What should be on the record?',
  rule: COMMAND_TEXTS['add-note'].text,
  toCommand: (text, { newId }) => ({ type: 'add-note', noteId: newId('note'), text }),
});

/** On what is on record: the record says that there was no test. */
export const confirmForm = sentenceForm('confirm', {
  title: 'Confirm the cause',
  submit: 'Confirm',
  label: 'How do you know that this is it?',
  hint: 'One line is enough. The record says that it was judged without a test.',
  rule: COMMAND_TEXTS['conclude-test'].finding,
  toCommand: (finding, { target }) => ({
    type: 'conclude-test',
    hypothesisId: target.itemId ?? '',
    verdict: 'confirmed',
    finding,
  }),
});

export const ruleOutForm = sentenceForm('rule-out', {
  title: 'Rule it out',
  submit: 'Rule out',
  label: 'How do you know that this is not it?',
  hint: 'One line is enough. It stays on the board and can be revived.',
  rule: COMMAND_TEXTS['conclude-test'].finding,
  toCommand: (finding, { target }) => ({
    type: 'conclude-test',
    hypothesisId: target.itemId ?? '',
    verdict: 'eliminated',
    finding,
  }),
});

export const reviveForm = sentenceForm('revive', {
  title: 'Revive a hypothesis',
  submit: 'Revive',
  label: 'What speaks against the earlier verdict?',
  rule: COMMAND_TEXTS['revive-hypothesis'].reason,
  toCommand: (reason, { target }) => ({
    type: 'revive-hypothesis',
    hypothesisId: target.itemId ?? '',
    reason,
  }),
});

export const waiverForm = sentenceForm('waiver', {
  title: 'Go without approval',
  submit: 'Go ahead',
  label: 'Why can it not wait for another person?',
  hint: 'This stands in the written record next to the plan.',
  rule: COMMAND_TEXTS['waive-approval'].reason,
  toCommand: (reason, { target }) => ({
    type: 'waive-approval',
    planId: target.itemId ?? '',
    reason,
  }),
});

export const implementedForm = sentenceForm('implemented', {
  title: 'It is implemented',
  submit: 'Save',
  label: 'What was done?',
  hint: 'Also what turned out differently from the plan.',
  rule: COMMAND_TEXTS['report-implemented'].what,
  toCommand: (what, { target }) => ({
    type: 'report-implemented',
    planId: target.itemId ?? '',
    what,
  }),
});

export const rollBackForm = sentenceForm('roll-back', {
  title: 'Rolled back',
  submit: 'Save',
  label: 'Why was it rolled back?',
  hint: 'Redthread changes nothing in AWS: this records that you did.',
  rule: COMMAND_TEXTS['roll-back'].reason,
  toCommand: (reason, { target }) => ({ type: 'roll-back', planId: target.itemId ?? '', reason }),
});

export const verifiedForm = sentenceForm('verified', {
  title: 'It is fixed',
  submit: 'Save',
  label: 'How do you know?',
  hint: 'What was checked, for how long, and that nothing else broke.',
  rule: COMMAND_TEXTS['verify-solution'].finding,
  caution: (state) => watchCaution(state, 'verify'),
  toCommand: (finding) => ({ type: 'verify-solution', finding }),
});

export const verificationFailedForm = sentenceForm('verification-failed', {
  title: 'It is not fixed',
  submit: 'Save',
  label: 'What is still wrong, or wrong now?',
  rule: COMMAND_TEXTS['fail-verification'].finding,
  toCommand: (finding) => ({ type: 'fail-verification', finding }),
});

export const reopenForm = sentenceForm('reopen', {
  title: 'Reopen the incident',
  submit: 'Reopen',
  label: 'Why is it open again?',
  rule: COMMAND_TEXTS['reopen-incident'].reason,
  toCommand: (reason) => ({ type: 'reopen-incident', reason }),
});

function sentenceForm(id: FormId, look: SentenceForm): Form {
  return {
    id,
    build: (context) => {
      const hypothesis = targetHypothesis(context);
      const caution = look.caution?.(context.state) ?? null;
      return incidentModal(id, context, {
        title: look.title,
        submit: look.submit,
        blocks: [
          ...(hypothesis === null ? [] : [hypothesisParagraph(hypothesis)]),
          ...(caution === null ? [] : [paragraph(caution)]),
          textField({
            name: 'text',
            label: look.label,
            rule: look.rule,
            lines: 'many',
            ...(look.hint === undefined ? {} : { hint: look.hint }),
          }),
        ],
      });
    },
    parse: (input) => {
      const read = readValues(input.values);
      return read.result(look.toCommand(read.text('text', look.rule), input));
    },
  };
}
