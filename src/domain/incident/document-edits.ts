import { hasVisibleText } from '../text/cut-text.ts';
import type { Actor, RecordedEvent } from './events.ts';
import type { IncidentState } from './state.ts';

export const EDITABLE_SECTIONS = [
  'problem',
  'impact',
  'root-cause',
  'lessons',
  'preventive-measures',
  'additions',
] as const;

/** A part of the document in which people may put their own words over those of the record. */
export type EditableSection = (typeof EDITABLE_SECTIONS)[number];

/** What a person wrote into the document. The record keeps every one, and what it says itself. */
export interface DocumentEdit {
  readonly section: EditableSection;
  /** Empty: taken back, the section is as recorded again. */
  readonly text: string;
  /** 1 for the first edit of this section; what the next one must have seen. */
  readonly revision: number;
  readonly by: Actor;
  readonly atMs: number;
}

interface SectionRow {
  readonly title: string;
  /** What the record says there; empty where it says nothing. */
  readonly recorded: (state: Pick<IncidentState, 'problem' | 'findings'>) => string;
}

const SECTIONS = {
  problem: { title: 'Problem', recorded: ({ problem }) => problem?.symptoms ?? '' },
  impact: { title: 'Impact', recorded: ({ problem }) => problem?.affected ?? '' },
  'root-cause': { title: 'Root cause', recorded: ({ findings }) => findings?.rootCause ?? '' },
  lessons: { title: 'Lessons', recorded: ({ findings }) => findings?.lessons ?? '' },
  'preventive-measures': {
    title: 'Preventive measures',
    recorded: ({ findings }) =>
      (findings?.preventiveMeasures ?? []).map(({ text }) => text).join('\n'),
  },
  additions: { title: 'Additions', recorded: () => '' },
} as const satisfies Record<EditableSection, SectionRow>;

export const sectionTitle = (section: EditableSection): string => SECTIONS[section].title;

export function recordedText(
  state: Pick<IncidentState, 'problem' | 'findings'>,
  section: EditableSection,
): string {
  return SECTIONS[section].recorded(state).trim();
}

/** The latest edit of a section, one that was taken back included; null: it was never edited. */
export function lastEdit(
  edits: readonly DocumentEdit[],
  section: EditableSection,
): DocumentEdit | null {
  return edits.findLast((edit) => edit.section === section) ?? null;
}

/** The edit whose words stand in the document; null: the section is as recorded. */
export function standingEdit(
  edits: readonly DocumentEdit[],
  section: EditableSection,
): DocumentEdit | null {
  const edit = lastEdit(edits, section);
  return edit !== null && hasVisibleText(edit.text) ? edit : null;
}

/** Every one on record, oldest first. */
export function editsIn(events: readonly RecordedEvent[]): readonly DocumentEdit[] {
  const edits: DocumentEdit[] = [];
  for (const { event, actor, atMs } of events) {
    if (event.type !== 'document-edited') continue;
    const { section, text } = event;
    const revision = (lastEdit(edits, section)?.revision ?? 0) + 1;
    edits.push({ section, text, revision, by: actor, atMs });
  }
  return edits;
}

/** What the document says there now. */
export function wordsIn(
  record: Pick<IncidentState, 'problem' | 'findings' | 'edits'>,
  section: EditableSection,
): string {
  return standingEdit(record.edits, section)?.text ?? recordedText(record, section);
}
