import type { KnownBlock, RichTextSection } from '@slack/types';
import { sectionTitle, standingEdit } from '../../domain/incident/document-edits.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actions, aimAt, formButton, tapButton } from './buttons.ts';
import { actor, bold, date, line } from './text.ts';

/** What people made of the document so far, section by section. */
export function editLines({ edits, evaluation }: IncidentState): readonly RichTextSection[] {
  const entries = [
    ...edits
      .filter((edit) => standingEdit(edits, edit.section) === edit)
      .map((edit) => ({ ...edit, what: `Edited: ${sectionTitle(edit.section)}` })),
    ...(evaluation === null ? [] : [{ ...evaluation, what: 'Process evaluated' }]),
  ];
  return entries.map(({ what, by, atMs }) => line(bold(what), ' by ', actor(by), ' ', date(atMs)));
}

/** Also after the closing: that is when documents are read. */
export function documentButtons(state: IncidentState): readonly KnownBlock[] {
  const aim = aimAt(state);
  return actions(tapButton('edit-document', aim), formButton('evaluation', aim));
}
