import type { KnownBlock, ModalView } from '@slack/types';
import { encodeTarget, type FormId, formCallback } from '../ids.ts';
import { modal, notice } from './fields.ts';
import type { FormContext } from './form.ts';

const SEEN_BY = 'Everybody in the thread will see this, and it stays in the record.';

/** The modal of one form for one incident. */
export function incidentModal(
  form: FormId,
  { target }: FormContext,
  look: {
    readonly title: string;
    readonly submit: string;
    /** Null for a note that belongs to nothing in particular. */
    readonly itemId?: string | null;
    readonly blocks: readonly KnownBlock[];
  },
): ModalView {
  const itemId = look.itemId === undefined ? target.itemId : look.itemId;
  return modal({
    callbackId: formCallback(form),
    privateMetadata: encodeTarget({ incidentId: target.incidentId, itemId }),
    title: look.title,
    submit: look.submit,
    blocks: [...look.blocks, notice(SEEN_BY)],
  });
}
