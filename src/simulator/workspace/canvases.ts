import type { Core } from './core.ts';
import { Refusal } from './refusal.ts';
import { type Canvas, keepFile, type Person, type StoredFile } from './state.ts';

/** Canvases: files that people and apps write in. Slack keeps sections; here they are paragraphs. */

export const canvasMimetype = 'application/vnd.slack-docs';

export const canvasLimits = { charactersMax: 1_048_576, tableCellsMax: 300 } as const;

export function canvasUrl(core: Core, id: string): string {
  return `${core.settings.baseUrl}/docs/${core.settings.teamId}/${id}`;
}

/** What Slack refuses in the Markdown of a canvas, in its words; null: nothing. */
export function canvasProblem(markdown: string): string | null {
  if (markdown.length > canvasLimits.charactersMax) return "'content' error: too long";
  const lines = markdown.split('\n');
  const deep = lines.findIndex((line) => /^#{4,6} /.test(line));
  if (deep >= 0) return `'content' error: line ${deep + 1}: Unsupported heading level`;
  let cells = 0;
  for (const [index, line] of lines.entries()) {
    cells = line.startsWith('|') ? cells + line.split('|').length - 2 : 0;
    if (cells > canvasLimits.tableCellsMax) {
      return `'content' error: line ${index + 1}: Unsupported table size`;
    }
  }
  return null;
}

export function createCanvas(core: Core, title: string, markdown: string): StoredFile {
  const problem = canvasProblem(markdown);
  if (problem !== null) throw new Refusal('canvas_creation_failed', { detail: problem });
  const file: StoredFile = {
    id: core.ids.id('F'),
    name: title,
    title,
    userId: core.settings.botUserId,
    createdAtMs: Date.now(),
    content: Buffer.from(markdown),
    mimetype: canvasMimetype,
    shares: [],
  };
  keepFile(core.state, file);
  core.state.canvases.set(file.id, { access: new Map() });
  core.changed();
  return file;
}

export function requireCanvas(core: Core, id: string): { file: StoredFile; canvas: Canvas } {
  const file = core.state.files.get(id);
  const canvas = core.state.canvases.get(id);
  if (file === undefined || canvas === undefined) throw new Refusal('canvas_not_found');
  return { file, canvas };
}

export function sectionsOf(file: StoredFile): readonly string[] {
  return file.content
    .toString('utf8')
    .split('\n\n')
    .filter((section) => section.trim() !== '');
}

export function rewriteCanvas(core: Core, file: StoredFile, sections: readonly string[]): void {
  const content = Buffer.from(sections.map((section) => section.trimEnd()).join('\n\n'));
  keepFile(core.state, { ...file, content });
  core.changed();
}

/** The canvases that a text links to and that this person may read, by the channels they see. */
export function linkedCanvases(
  core: Core,
  text: string,
  isVisible: (channelId: string) => boolean,
): readonly StoredFile[] {
  const ids = new Set([...text.matchAll(/\/docs\/\w+\/(F\w+)/g)].map(([, id]) => id ?? ''));
  return [...ids].flatMap((id) => {
    const file = core.state.files.get(id);
    const access = core.state.canvases.get(id)?.access;
    const isOpen = [...(access?.keys() ?? [])].some(isVisible);
    return file !== undefined && isOpen ? [file] : [];
  });
}

/** A person writes a paragraph at the top or at the end. Returns false where they may not. */
export function writeInCanvas(
  core: Core,
  person: Person,
  written: { readonly canvasId: string; readonly text: string; readonly isAtTop: boolean },
): boolean {
  const { state } = core;
  const file = state.files.get(written.canvasId);
  const access = [...(state.canvases.get(written.canvasId)?.access ?? [])];
  const mayWrite = access.some(
    ([id, level]) => level === 'write' && state.channels.get(id)?.memberIds.has(person.id) === true,
  );
  if (file === undefined || !mayWrite) return false;
  const sections = sectionsOf(file);
  const text = written.text.trim();
  rewriteCanvas(core, file, written.isAtTop ? [text, ...sections] : [...sections, text]);
  return true;
}
