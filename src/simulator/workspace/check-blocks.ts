import { blockLimits } from './block-limits.ts';
import { blockRules } from './block-rules.ts';
import { byType, type Report } from './check-kit.ts';
import type { Core } from './core.ts';
import { isObject, type Json, objectsIn } from './json.ts';
import { Refusal } from './refusal.ts';

export type Surface = 'message' | 'modal' | 'home';

export interface BlockError {
  readonly message: string;
  readonly pointer: string;
}

const ERRORS_MAX = 20;

/** `input` fills forms, `alert` warns in them; tables and plans are for messages only. */
const notOn: Readonly<Record<Surface, readonly string[]>> = {
  message: ['alert'],
  modal: [
    'markdown',
    'table',
    'data_table',
    'data_visualization',
    'plan',
    'task_card',
    'context_actions',
  ],
  home: [
    'alert',
    'markdown',
    'table',
    'data_table',
    'data_visualization',
    'plan',
    'task_card',
    'context_actions',
  ],
};

const mostPerMessage: Readonly<Record<string, number>> = {
  table: blockLimits.tablesPerMessageMax,
  data_visualization: blockLimits.chartsPerMessageMax,
};

/** Block ids are unique in the whole message, containers included; action ids within their block. */
function checkIds(
  blocks: readonly Json[],
  pointer: string,
  report: Report,
  blockIds: Set<unknown> = new Set(),
): void {
  blocks.forEach((block, index) => {
    const id = block['block_id'];
    if (id !== undefined && blockIds.has(id)) {
      report.problem(`block_id \`${String(id)}\` already exists`, `${pointer}/${index}/block_id`);
    }
    blockIds.add(id);
    checkIds(
      objectsIn(block['child_blocks']),
      `${pointer}/${index}/child_blocks`,
      report,
      blockIds,
    );
    const actionIds = new Set<unknown>();
    objectsIn(block['elements']).forEach((element, place) => {
      const actionId = element['action_id'];
      if (actionId !== undefined && actionIds.has(actionId)) {
        const at = `${pointer}/${index}/elements/${place}/action_id`;
        report.problem(`action_id \`${String(actionId)}\` already exists`, at);
      }
      actionIds.add(actionId);
    });
  });
}

function checkSurface(blocks: readonly Json[], surface: Surface, report: Report): void {
  const counts = new Map<unknown, number>();
  blocks.forEach((block, index) => {
    const type = String(block['type']);
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    if (notOn[surface].includes(type)) {
      report.problem(`unsupported type: ${type}`, `/blocks/${index}/type`);
    }
    const max = mostPerMessage[type];
    if (max !== undefined && count > max) {
      report.problem(`no more than ${max} ${type} blocks allowed`, `/blocks/${index}`);
    }
  });
  if (counts.has('plan') && counts.has('task_card')) {
    report.problem('plan and task_card must not be in the same message', '/blocks');
  }
}

/** Characters a reader sees: every `text` that is a string, at any depth. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? [...inner].length : textLength(inner)),
    0,
  );
}

function checkTableSizes(blocks: readonly Json[], report: Report): void {
  const most: Readonly<Record<string, number>> = {
    table: blockLimits.tableCharactersMax,
    data_table: blockLimits.dataTableCharactersMax,
  };
  for (const [type, max] of Object.entries(most)) {
    const rows = blocks.filter((block) => block['type'] === type).map((block) => block['rows']);
    const length = textLength(rows);
    if (length > max)
      report.problem(`must be less than ${max + 1} characters in all cells`, '/blocks');
  }
}

/** Images by file id exist only once Slack has looked at the file. */
function checkSlackFiles(
  value: unknown,
  pointer: string,
  core: Pick<Core, 'state'>,
  report: Report,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkSlackFiles(item, `${pointer}/${index}`, core, report);
    });
    return;
  }
  if (!isObject(value)) return;
  const file = value['slack_file'];
  if (isObject(file) && typeof file['id'] === 'string') {
    const isImage = core.state.files.get(file['id'])?.mimetype.startsWith('image/') === true;
    if (!isImage) report.problem('invalid slack file', `${pointer}/slack_file`);
  }
  for (const [key, inner] of Object.entries(value)) {
    checkSlackFiles(inner, `${pointer}/${key}`, core, report);
  }
}

/** What is wrong with the blocks, in Slack's words; empty when all is well. */
export function blockErrors(
  blocks: readonly Json[],
  surface: Surface,
  core: Pick<Core, 'state'>,
): readonly BlockError[] {
  const errors: BlockError[] = [];
  const report: Report = {
    problem: (message, pointer) => {
      if (errors.length < ERRORS_MAX) errors.push({ message, pointer });
    },
  };
  const max = blockLimits.blocks[surface];
  if (blocks.length > max) report.problem(`no more than ${max} items allowed`, '/blocks');
  const check = byType(() => blockRules);
  blocks.forEach((block, index) => {
    check(block, `/blocks/${index}`, report);
  });
  checkIds(blocks, '/blocks', report);
  checkSurface(blocks, surface, report);
  checkTableSizes(blocks, report);
  checkSlackFiles(blocks, '/blocks', core, report);
  return errors;
}

/** Slack's answer to broken blocks: `errors`, and the same again under `response_metadata`. */
export function blocksRefusal(code: string, errors: readonly BlockError[], prefix = ''): Refusal {
  const lines = errors.map((error) => `${error.message} [json-pointer:${prefix}${error.pointer}]`);
  return new Refusal(code, {
    errors: lines,
    response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) },
  });
}

/** Throws the refusal for a message's blocks. */
export function requireMessageBlocks(core: Core, blocks: readonly Json[]): void {
  const errors = blockErrors(blocks, 'message', core);
  if (errors.length > 0) throw blocksRefusal('invalid_blocks', errors);
  const inTables = blocks.filter((block) => String(block['type']).endsWith('table'));
  if (textLength(blocks) - textLength(inTables) > blockLimits.messageTextCharactersMax) {
    throw new Refusal('msg_blocks_too_long');
  }
}
