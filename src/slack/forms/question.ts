import type { ModalView } from '@slack/types';
import { parseQuery } from '../../domain/trail/query/parse-query.ts';
import { QUERY_LIMITS } from '../../domain/trail/query/query.ts';
import { encodeTarget, formCallback, QUESTION_FORM, type Target } from '../ids.ts';
import { modal, notice, textField } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const QUESTION_RULE = {
  label: 'The question',
  charactersMax: QUERY_LIMITS.questionCharactersMax,
  required: true,
} as const;

export type QuestionFormResult =
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

/** A `/trail` question to be changed and asked again. */
export function buildQuestionForm(edited: {
  readonly question: string;
  readonly answerId: string;
  readonly target: Target;
}): ModalView {
  const { question, answerId, target } = edited;
  return modal({
    callbackId: formCallback(QUESTION_FORM),
    privateMetadata: encodeTarget({ incidentId: target.incidentId, itemId: answerId }),
    title: 'Edit the question',
    submit: 'Ask',
    blocks: [
      textField({
        name: 'question',
        label: 'Who did what?',
        hint: 'For example: who stopped i-0abc since 3h · user:ana is:write since yesterday 14:00',
        rule: QUESTION_RULE,
        initial: question,
        lines: 'many',
      }),
      notice('Only you see the answer.'),
    ],
  });
}

/** The question, when it can be understood; how far back a source reaches is told by the answer. */
export function parseQuestionForm(input: {
  readonly values: FormValues;
  readonly timeZone: string;
  readonly nowMs: number;
}): QuestionFormResult {
  const { timeZone, nowMs } = input;
  const read = readValues(input.values);
  const question = read.text('question', QUESTION_RULE);
  if (Object.keys(read.errors()).length === 0) {
    const when = { timeZone, nowMs, meaning: 'past', lookbackMaxMs: null } as const;
    const parsed = parseQuery(question, when);
    if (parsed.kind === 'error') read.refuse('question', parsed.sentence);
  }
  const errors = read.errors();
  return Object.keys(errors).length > 0
    ? { kind: 'errors', errors }
    : { kind: 'question', question };
}
