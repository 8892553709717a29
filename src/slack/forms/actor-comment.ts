import type { ModalView } from '@slack/types';
import type { TextRule } from '../../domain/incident/command-texts.ts';
import type { Inquiry } from '../../domain/incident/inquiry.ts';
import { STATEMENT_LIMITS } from '../../domain/incident/statement.ts';
import { COMMENT_FORM, encodeTarget, formCallback } from '../ids.ts';
import { modal, notice, textField } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const COMMENT_RULE: TextRule = {
  label: 'The comment',
  charactersMax: STATEMENT_LIMITS.commentCharactersMax,
  required: true,
};

/** In their own words, beside or instead of one of the answers. */
export function buildCommentForm({ inquiryId, statement }: Inquiry): ModalView {
  return modal({
    callbackId: formCallback(COMMENT_FORM),
    privateMetadata: encodeTarget({ incidentId: null, itemId: inquiryId }),
    title: 'Your comment',
    submit: 'Save',
    blocks: [
      textField({
        name: 'comment',
        label: 'What should they know?',
        rule: COMMENT_RULE,
        initial: statement?.answer?.comment ?? null,
        lines: 'many',
        placeholder: 'Why it was done, what it was part of, who else knows',
      }),
      notice(
        'Whoever asked sees this, and it stays on the record of the incident if there is one.',
      ),
    ],
  });
}

export type CommentFormResult =
  | { readonly kind: 'comment'; readonly comment: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function parseCommentForm(values: FormValues): CommentFormResult {
  const read = readValues(values);
  const comment = read.text('comment', COMMENT_RULE);
  const errors = read.errors();
  return Object.keys(errors).length > 0 ? { kind: 'errors', errors } : { kind: 'comment', comment };
}
