import { createHash } from 'node:crypto';
import { COMMAND_TEXTS, type TextRule } from '../../domain/incident/command-texts.ts';
import {
  audienceOf,
  ESCALATION_LIMITS,
  escalationReason,
  escalationText,
} from '../../domain/incident/escalation-text.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { AWS_SUPPORT } from '../ids.ts';
import { notice, textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULES = COMMAND_TEXTS['escalate-incident'];

const AWS_SUPPORT_NAME = 'AWS Support';

const NEED_RULE: TextRule = { ...RULES.reason, charactersMax: 500 };
const FACTS_RULE: TextRule = {
  label: 'What they should know',
  charactersMax: ESCALATION_LIMITS.textCharactersMax,
  required: false,
};

const NOT_TESTED =
  'No hypothesis was tested yet. Whoever is called can do more with a diagnosis: if there is time, test the likeliest one first. If there is none, go ahead.';

/** Somebody has come to a verdict about a cause, whichever it was. */
function isDiagnosed({ hypotheses }: IncidentState): boolean {
  return hypotheses.some(({ tests }) => tests.some(({ verdict }) => verdict !== null));
}

/** Both texts together are the reason that goes on the record. */
export const escalationForm: Form = {
  id: 'escalation',
  build: (context) => {
    const { target, state, initial } = context;
    const to = target.itemId === AWS_SUPPORT ? AWS_SUPPORT_NAME : (initial?.['to'] ?? '');
    const facts = escalationText(state, audienceOf(to));
    return incidentModal('escalation', context, {
      itemId: markOf(facts),
      title: 'Escalate',
      submit: 'Escalate',
      blocks: [
        ...(isDiagnosed(state) ? [] : [notice(NOT_TESTED)]),
        textField({
          name: 'to',
          label: 'To whom?',
          hint: 'A person, a team or AWS Support. This records it; calling them is up to you.',
          rule: RULES.to,
          initial: to,
          lines: 'one',
        }),
        textField({
          name: 'reason',
          label: 'Why, and what do you need from them?',
          rule: NEED_RULE,
          initial: initial?.['reason'] ?? '',
          lines: 'many',
        }),
        textField({
          name: 'facts',
          label: 'What they should know',
          hint: 'Prepared from the record. Change it as you like, and copy it from here or from the thread.',
          rule: FACTS_RULE,
          initial: facts,
          lines: 'many',
        }),
      ],
    });
  },
  parse: ({ values, target, state }) => {
    const read = readValues(values);
    const need = read.text('reason', NEED_RULE);
    const to = read.text('to', RULES.to);
    const typed = read.text('facts', FACTS_RULE);
    // The text for a colleague names people, and support is outside.
    const isOurs = target.itemId === markOf(typed) && state != null;
    const facts = isOurs ? escalationText(state, audienceOf(to)) : typed;
    return read.result({
      type: 'escalate-incident',
      to,
      reason: escalationReason(need, facts),
    });
  },
};

/** Tells whether the prepared text comes back untouched, though the record has gone on meanwhile. */
function markOf(facts: string): string {
  return `text-${createHash('sha256').update(facts.trim()).digest('hex').slice(0, 16)}`;
}
