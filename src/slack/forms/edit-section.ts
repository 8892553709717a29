import type { KnownBlock } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import {
  EDITABLE_SECTIONS,
  type EditableSection,
  lastEdit,
  recordedText,
  sectionTitle,
  standingEdit,
  wordsIn,
} from '../../domain/incident/document-edits.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actor, bold, date, line, quote, richText, typed } from '../blocks/text.ts';
import { textField } from './fields.ts';
import type { Form } from './form.ts';
import { incidentModal } from './incident-modal.ts';
import { readValues } from './read-values.ts';

const RULE = COMMAND_TEXTS['edit-document'].text;
/** Beside the field, which has room for the whole. */
const SHOWN_CHARACTERS_MAX = 2_500;

/** What a form is about: the section, and which of its edits the person has seen. */
function readItem(itemId: string | null): {
  readonly section: EditableSection;
  readonly basis: number;
} {
  const match = /^([a-z-]+?)(?:-(\d{1,4}))?$/.exec(itemId ?? '');
  const section = EDITABLE_SECTIONS.find((known) => known === match?.[1]) ?? 'additions';
  return { section, basis: Number(match?.[2] ?? 0) };
}

/** A section of the document, in people's own words. */
export const editSectionForm: Form = {
  id: 'edit-section',
  build: (context) => {
    const { state, target, initial, isOutdated } = context;
    const { section } = readItem(target.itemId);
    const revision = lastEdit(state.edits, section)?.revision ?? 0;
    return incidentModal('edit-section', context, {
      title: 'Edit the document',
      submit: 'Save',
      itemId: `${section}-${revision}`,
      blocks: [
        ...(isOutdated === true ? changedBlocks(state, section) : []),
        textField({
          name: 'text',
          label: sectionTitle(section),
          hint: HINTS[section],
          rule: RULE,
          initial: initial?.['text'] ?? wordsIn(state, section),
          lines: 'many',
        }),
        ...recordedBlocks(state, section),
      ],
    });
  },
  parse: ({ values, target }) => {
    const read = readValues(values);
    const text = read.text('text', RULE);
    return read.result({ type: 'edit-document', ...readItem(target.itemId), text });
  },
};

const AS_RECORDED = 'What is on record stays below your words. Empty: only what is on record.';

const HINTS = {
  problem: AS_RECORDED,
  impact: AS_RECORDED,
  'root-cause': AS_RECORDED,
  lessons: AS_RECORDED,
  'preventive-measures': `One measure a line. ${AS_RECORDED}`,
  additions: 'Whatever else a reader should know. Empty: the document has no such section.',
} as const satisfies Record<EditableSection, string>;

/** Two people wrote at once: what the other one did, above what this one has typed. */
function changedBlocks(state: IncidentState, section: EditableSection): readonly KnownBlock[] {
  const last = lastEdit(state.edits, section);
  if (last === null) return [];
  return [
    richText(
      line(
        '⚠️ ',
        actor(last.by),
        ` changed “${sectionTitle(section)}” `,
        date(last.atMs),
        ', after you had opened it. ',
        last.text === '' ? 'It is as recorded again.' : 'It now says:',
      ),
      ...(last.text === '' ? [] : [quote(typed(last.text, SHOWN_CHARACTERS_MAX))]),
      line('What you typed is still below. Put together what should stand, and save.'),
    ),
  ];
}

/** Whoever edits again sees what the first one wrote over. */
function recordedBlocks(state: IncidentState, section: EditableSection): readonly KnownBlock[] {
  const recorded = recordedText(state, section);
  if (standingEdit(state.edits, section) === null || recorded === '') return [];
  return [richText(line(bold('As recorded:')), quote(typed(recorded, SHOWN_CHARACTERS_MAX)))];
}
