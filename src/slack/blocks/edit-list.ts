import type { KnownBlock, ModalView } from '@slack/types';
import {
  type DocumentEdit,
  EDITABLE_SECTIONS,
  type EditableSection,
  lastEdit,
  sectionTitle,
  standingEdit,
  wordsIn,
} from '../../domain/incident/document-edits.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { hasVisibleText } from '../../domain/text/cut-text.ts';
import { actions, aimAt, formButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { actor, bold, date, italic, line, type Part, plain, richText, typed } from './text.ts';

const SHOWN_CHARACTERS_MAX = 160;

/** Which parts of the document people may put into their own words, and what stands there now. */
export function buildEditList(state: IncidentState): ModalView {
  const blocks = [
    richText(
      line('What is on record stays in the document: your words stand above it, with your name.'),
    ),
    ...EDITABLE_SECTIONS.flatMap((section) => sectionBlocks(state, section)),
    richText(
      line(bold('How the process went')),
      line(state.evaluation === null ? italic('nobody has said yet') : signature(state.evaluation)),
    ),
    ...actions(formButton('evaluation', aimAt(state))),
  ];
  return {
    type: 'modal',
    title: plain('Edit the document', BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Back', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: [...fitMessage({ text: '', blocks }).blocks],
  };
}

function sectionBlocks(state: IncidentState, section: EditableSection): readonly KnownBlock[] {
  const title = sectionTitle(section);
  const words = wordsIn(state, section);
  const edit = standingEdit(state.edits, section);
  return [
    richText(
      line(bold(title), edit === null ? null : [' · edited ', signature(edit)]),
      line(
        hasVisibleText(words)
          ? typed(words, SHOWN_CHARACTERS_MAX)
          : italic(emptyWords(state, section)),
      ),
    ),
    ...actions(formButton('edit-section', aimAt(state, section), { label: `Edit: ${title}` })),
  ];
}

function emptyWords({ edits }: IncidentState, section: EditableSection): string {
  if (section !== 'additions') return 'nothing on record';
  return lastEdit(edits, section) === null ? 'nothing added' : 'taken out again';
}

function signature({ by, atMs }: Pick<DocumentEdit, 'by' | 'atMs'>): Part {
  return ['by ', actor(by), ' ', date(atMs)];
}
