import { z } from 'zod';
import {
  canvasProblem,
  createCanvas,
  requireCanvas,
  rewriteCanvas,
  sectionsOf,
} from '../canvases.ts';
import type { Core } from '../core.ts';
import { type Json, parseJson } from '../json.ts';
import { invalidArguments, Refusal } from '../refusal.ts';
import {
  idList,
  object,
  optionalObject,
  optionalObjects,
  optionalText,
  text,
} from './arguments.ts';
import { requireChannel } from './lookup.ts';
import { type MethodTable, method } from './method.ts';

const WRITE = ['canvases:write'];
const READ = ['canvases:read'];

const content = z.object({ type: z.literal('markdown'), markdown: z.string() });

function markdownOf(value: Json | undefined): string {
  if (value === undefined) return '';
  const parsed = content.safeParse(value);
  if (!parsed.success) throw invalidArguments(['[ERROR] must be a valid document_content']);
  return parsed.data.markdown;
}

const create = method(
  { tier: 'tier2', scopes: WRITE },
  z.object({ title: optionalText, document_content: optionalObject, channel_id: optionalText }),
  ({ core }, args) => {
    const { isPaidPlan } = core.settings;
    if (!isPaidPlan && args.channel_id === undefined) {
      throw new Refusal('free_teams_cannot_create_non_tabbed_canvases');
    }
    const channel = args.channel_id === undefined ? null : requireChannel(core, args.channel_id);
    const file = createCanvas(core, args.title ?? 'Untitled', markdownOf(args.document_content));
    if (channel !== null) requireCanvas(core, file.id).canvas.access.set(channel.id, 'write');
    return { canvas_id: file.id };
  },
);

const change = z.discriminatedUnion('operation', [
  z.object({ operation: z.enum(['insert_at_start', 'insert_at_end']), document_content: object }),
  z.object({
    operation: z.enum(['insert_before', 'insert_after', 'replace']),
    section_id: z.string(),
    document_content: object,
  }),
  z.object({ operation: z.literal('delete'), section_id: z.string() }),
]);

type Change = z.output<typeof change>;

/** As in Slack, ids hold only until somebody writes. */
const sectionId = (index: number): string => `temp:C:${String(index).padStart(28, '0')}`;

function changed(sections: readonly string[], wanted: Change): readonly string[] {
  const added = 'document_content' in wanted ? [markdownOf(wanted.document_content)] : [];
  const problem = canvasProblem(added.join(''));
  if (problem !== null) throw new Refusal('canvas_editing_failed', { detail: problem });
  if (!('section_id' in wanted)) {
    return wanted.operation === 'insert_at_start'
      ? [...added, ...sections]
      : [...sections, ...added];
  }
  const at = sections.findIndex((_, index) => sectionId(index) === wanted.section_id);
  if (at < 0) throw new Refusal('canvas_editing_failed', { detail: 'section not found' });
  const start = wanted.operation === 'insert_after' ? at + 1 : at;
  const removed = wanted.operation === 'delete' || wanted.operation === 'replace' ? 1 : 0;
  return sections.toSpliced(start, removed, ...added);
}

const edit = method(
  { tier: 'tier3', scopes: WRITE },
  z.object({ canvas_id: text, changes: optionalObjects }),
  ({ core }, args) => {
    const { file } = requireCanvas(core, args.canvas_id);
    if (!core.settings.isPaidPlan) throw new Refusal('free_teams_cannot_edit_standalone_canvases');
    // Slack takes a list, and one change in it.
    const changes = z.array(change).length(1).safeParse(args.changes);
    const [wanted] = changes.success ? changes.data : [];
    if (wanted === undefined) throw invalidArguments(['[ERROR] must be one valid change']);
    rewriteCanvas(core, file, changed(sectionsOf(file), wanted));
    return {};
  },
);

const lookup = method(
  { tier: 'tier3', scopes: READ },
  z.object({ canvas_id: text, criteria: object }),
  ({ core }, args) => {
    const { file } = requireCanvas(core, args.canvas_id);
    const wanted = z.object({ contains_text: z.string().min(1) }).safeParse(args.criteria);
    if (!wanted.success) throw invalidArguments(['[ERROR] this workspace looks by text only']);
    const sections = sectionsOf(file).flatMap((section, index) =>
      section.includes(wanted.data.contains_text) ? [{ id: sectionId(index) }] : [],
    );
    return { sections };
  },
);

/** The client sends a list as JSON in a form field. */
const channelIdList = z.preprocess(
  (value) => (typeof value === 'string' && value.startsWith('[') ? parseJson(value) : value),
  idList,
);

function requireRegularChannels(core: Core, ids: readonly string[]): void {
  for (const id of ids) {
    if (requireChannel(core, id).directWith !== null) throw new Refusal('channel_not_found');
  }
}

const setAccess = method(
  { tier: 'tier3', scopes: WRITE },
  z.object({
    canvas_id: text,
    access_level: z.enum(['read', 'write']),
    channel_ids: channelIdList,
  }),
  ({ core }, args) => {
    const { canvas } = requireCanvas(core, args.canvas_id);
    const channelIds = args.channel_ids ?? [];
    if (channelIds.length === 0) throw new Refusal('invalid_parameters');
    requireRegularChannels(core, channelIds);
    for (const id of channelIds) canvas.access.set(id, args.access_level);
    core.changed();
    return {};
  },
);

const deleteAccess = method(
  { tier: 'tier3', scopes: WRITE },
  z.object({ canvas_id: text, channel_ids: channelIdList }),
  ({ core }, args) => {
    const { canvas } = requireCanvas(core, args.canvas_id);
    const channelIds = args.channel_ids ?? [];
    if (channelIds.length === 0) throw new Refusal('invalid_parameters');
    requireRegularChannels(core, channelIds);
    for (const id of channelIds) canvas.access.delete(id);
    core.changed();
    return {};
  },
);

export const canvasMethods = {
  'canvases.create': create,
  'canvases.edit': edit,
  'canvases.sections.lookup': lookup,
  'canvases.access.set': setAccess,
  'canvases.access.delete': deleteAccess,
} as const satisfies MethodTable;
