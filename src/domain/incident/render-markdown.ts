import type { IncidentDocument } from './document.ts';
import {
  componentSection,
  headSection,
  impactSection,
  problemSection,
  summarySection,
} from './markdown-beginning.ts';
import { additionsSection, withEdit } from './markdown-edits.ts';
import { durationsSection, missingSection } from './markdown-ending.ts';
import { processSection } from './markdown-evaluation.ts';
import { evidenceSection } from './markdown-evidence.ts';
import { hypothesesSection, rootCauseSection } from './markdown-hypotheses.ts';
import {
  escalationsSection,
  lessonsSection,
  measuresSection,
  solutionSection,
  timelineSection,
  verificationSection,
} from './markdown-middle.ts';
import { createMarkdownVoice, type MarkdownVoice } from './markdown-voice.ts';

/** Blocks of Markdown; empty when the section has nothing to say. */
export type MarkdownSection = (
  document: IncidentDocument,
  voice: MarkdownVoice,
) => readonly string[];

const SECTIONS: readonly MarkdownSection[] = [
  headSection,
  summarySection,
  missingSection,
  withEdit('problem', problemSection),
  withEdit('impact', impactSection),
  componentSection,
  timelineSection,
  hypothesesSection,
  withEdit('root-cause', rootCauseSection),
  solutionSection,
  verificationSection,
  escalationsSection,
  withEdit('lessons', lessonsSection),
  withEdit('preventive-measures', measuresSection),
  additionsSection,
  durationsSection,
  processSection,
  evidenceSection,
];

/** The document for people. The same document gives the same bytes. */
export function renderMarkdown(document: IncidentDocument): string {
  const voice = createMarkdownVoice(document);
  return `${SECTIONS.flatMap((section) => section(document, voice)).join('\n\n')}\n`;
}
