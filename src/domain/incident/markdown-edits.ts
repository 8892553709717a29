import type { IncidentDocument } from './document.ts';
import { type EditableSection, sectionTitle, standingEdit } from './document-edits.ts';
import type { MarkdownVoice } from './markdown-voice.ts';

type Section = (document: IncidentDocument, voice: MarkdownVoice) => readonly string[];

/** What people made of a section goes first, with who and when; what the record says stays below it. */
export function withEdit(section: EditableSection, recorded: Section): Section {
  return (document, voice) => {
    const [heading = '', ...blocks] = recorded(document, voice);
    const edit = editBlocks(document, section, voice);
    if (edit.length === 0) return [heading, ...blocks];
    return [heading, ...edit, '**As recorded:**', ...blocks];
  };
}

/** What people added that has its place in no other section. */
export function additionsSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const blocks = editBlocks(document, 'additions', voice);
  return blocks.length === 0 ? [] : [`## ${sectionTitle('additions')}`, ...blocks];
}

function editBlocks(
  { edits }: IncidentDocument,
  section: EditableSection,
  voice: MarkdownVoice,
): readonly string[] {
  const edit = standingEdit(edits, section);
  if (edit === null) return [];
  const { text, atMs, by, revision } = edit;
  const again = revision === 1 ? '' : ` Edit ${revision} of this section; the JSON has them all.`;
  return [voice.quote(text, ''), `Edited ${voice.when(atMs, by)}.${again}`];
}
