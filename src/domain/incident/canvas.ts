import { cutText, hasVisibleText } from '../text/cut-text.ts';
import { showHidden } from '../text/markdown-text.ts';
import { utcWords } from '../text/time-words.ts';
import { type DocumentEdit, lastEdit, sectionTitle } from './document-edits.ts';
import { type Evaluation, REMARKS } from './evaluation.ts';
import type { RecordedEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { timelineDays } from './markdown-middle.ts';
import { createMarkdownVoice, type MarkdownVoice } from './markdown-voice.ts';
import type { IncidentState } from './state.ts';
import { buildTimeline, type TimelineEntry } from './timeline.ts';

/** Slack takes 1 MiB; what the canvas has no room for is in the file. */
const CANVAS_CHARACTERS_MAX = 1_000_000;
const TITLE_CHARACTERS_MAX = 150;
const NEW_ENTRIES_MAX = 200;

/** What every title of this incident's canvas begins with; after a crash it is found by this. */
export function canvasTitleStart({
  incidentId,
  isDrill,
}: Pick<IncidentState, 'incidentId' | 'isDrill'>): string {
  return `${isDrill ? 'Drill' : 'Incident'} ${incidentId}:`;
}

export function canvasTitle(
  state: Pick<IncidentState, 'incidentId' | 'isDrill' | 'title'>,
): string {
  const title = showHidden(state.title).replace(/\s+/gu, ' ').trim();
  return cutText(`${canvasTitleStart(state)} ${title}`, TITLE_CHARACTERS_MAX);
}

/** In every text that goes into a canvas, once: by it the text is found again. */
export function canvasMark(version: number): string {
  return `version ${version} of the record`;
}

/** The document as a canvas can show it: the title is the canvas's own, and lists need four spaces. */
export function canvasText(markdown: string, version: number): string {
  const [heading = '', ...blocks] = markdown.trimEnd().split('\n\n');
  const body = heading.startsWith('# ') ? blocks : [heading, ...blocks];
  const shown = body.map((block) => block.replace(/^ {2}- /gm, '    - '));
  return joinWithin([
    `This is ${canvasMark(version)}. Write here whatever you like: Redthread changes nothing in this canvas, and adds what is new at its end. The Markdown file in the thread always tells the whole record.`,
    ...shown,
  ]);
}

function joinWithin(blocks: readonly string[]): string {
  const kept: string[] = [];
  let charactersLeft = CANVAS_CHARACTERS_MAX;
  for (const block of blocks) {
    charactersLeft -= block.length + 2;
    if (charactersLeft < 0) {
      return [...kept, 'There is more in the Markdown file in the thread.\n'].join('\n\n');
    }
    kept.push(block);
  }
  return `${kept.join('\n\n')}\n`;
}

/**
 * What a canvas lacks that tells the record up to `sinceVersion`: a section for its end.
 * Null when there is nothing that people would read.
 */
export function canvasNews(
  events: readonly RecordedEvent[],
  names: Readonly<Record<string, string>>,
  { sinceVersion, version, nowMs }: NewsOf,
): string | null {
  const before = events.filter((event) => event.version <= sinceVersion);
  const voice = createMarkdownVoice({ names });
  const entries = newEntries(before, events);
  const shown = entries.slice(-NEW_ENTRIES_MAX);
  const blocks = [...timelineDays(shown, voice), ...wordsOfPeople(before, events, voice)];
  if (blocks.length === 0) return null;
  const left = entries.length - shown.length;
  return joinWithin([
    `## Added ${utcWords(nowMs)}: ${canvasMark(version)}`,
    ...(left > 0 ? [`${left} earlier entries are in the Markdown file in the thread.`] : []),
    ...blocks,
  ]);
}

interface NewsOf {
  readonly sinceVersion: number;
  readonly version: number;
  readonly nowMs: number;
}

/** By what it says and not by its time: what AWS delivered late stands at its own, older time. */
function newEntries(
  before: readonly RecordedEvent[],
  events: readonly RecordedEvent[],
): readonly TimelineEntry[] {
  const known = new Set(buildTimeline(before).map((entry) => JSON.stringify(entry)));
  return buildTimeline(events).filter((entry) => !known.has(JSON.stringify(entry)));
}

/** The timeline tells that somebody wrote; here is what. */
function wordsOfPeople(
  before: readonly RecordedEvent[],
  events: readonly RecordedEvent[],
  voice: MarkdownVoice,
): readonly string[] {
  const earlier = stateAfter(before);
  const now = stateAfter(events);
  if (now === null) return [];
  const edits = now.edits.filter((edit) => isNewer(edit, earlier));
  const { evaluation } = now;
  const isNew = evaluation !== null && evaluation.revision !== earlier?.evaluation?.revision;
  return [
    ...edits.flatMap((edit) => editBlocks(edit, voice)),
    ...(isNew ? remarkBlocks(evaluation, voice) : []),
  ];
}

function isNewer(edit: DocumentEdit, earlier: IncidentState | null): boolean {
  const known = lastEdit(earlier?.edits ?? [], edit.section);
  return hasVisibleText(edit.text) && edit.revision !== known?.revision;
}

function editBlocks({ section, text, atMs, by }: DocumentEdit, voice: MarkdownVoice) {
  return [
    `### ${sectionTitle(section)}, edited`,
    voice.quote(text, ''),
    `Edited ${voice.when(atMs, by)}.`,
  ];
}

function remarkBlocks(evaluation: Evaluation, voice: MarkdownVoice): readonly string[] {
  const remarks = REMARKS.map((name) => evaluation[name]).filter(hasVisibleText);
  return [
    '### How the process went',
    ...remarks.map((remark) => voice.quote(remark, '')),
    `Written ${voice.when(evaluation.atMs, evaluation.by)}.`,
  ];
}

function stateAfter(events: readonly RecordedEvent[]): IncidentState | null {
  let state: IncidentState | null = null;
  for (const event of events) state = evolve(state, event);
  return state;
}
