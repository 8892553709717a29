import type { KnownBlock, ModalView } from '@slack/types';
import { encodeTarget, type FormId, formCallback } from '../ids.ts';
import { modal, notice } from './fields.ts';
import type { FormContext } from './form.ts';

const SEEN_BY = 'Everybody in the thread will see this, and it stays in the record.';

/** The modal of one form for one incident. */
export function incidentModal(
  form: FormId,
  { target, isOutdated }: FormContext,
  look: {
    readonly title: string;
    readonly submit: string;
    /** Null for a note that belongs to nothing in particular. */
    readonly itemId?: string | null;
    /** What is on record now: a later change of it is told when the form is submitted. */
    readonly basis?: string;
    readonly blocks: readonly KnownBlock[];
  },
): ModalView {
  const itemId = look.itemId === undefined ? target.itemId : look.itemId;
  // Drawn anew with another text in its fields, it still shows what was so when it was opened.
  const basis = isOutdated === true ? look.basis : (target.basis ?? look.basis);
  return modal({
    callbackId: formCallback(form),
    privateMetadata: encodeTarget({
      incidentId: target.incidentId,
      itemId,
      ...(basis === undefined ? {} : { basis }),
    }),
    title: look.title,
    submit: look.submit,
    blocks: [...look.blocks, notice(SEEN_BY)],
  });
}
