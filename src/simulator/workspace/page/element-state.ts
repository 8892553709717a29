import type { PageStateValues } from '../page-protocol.ts';
import { type Loose, listOf, looseOf, stringOf } from './loose.ts';

/** One element's state as Slack sends it: `{type, value}` or `{type, selected_…}`. */
export type ElementState = Readonly<Record<string, unknown>>;

interface StateRule {
  readonly field: string;
  readonly initial: string;
  readonly empty: null | readonly never[];
}

const stateRules: Readonly<Record<string, StateRule>> = {
  plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
  number_input: { field: 'value', initial: 'initial_value', empty: null },
  email_text_input: { field: 'value', initial: 'initial_value', empty: null },
  url_text_input: { field: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
  users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
  conversations_select: {
    field: 'selected_conversation',
    initial: 'initial_conversation',
    empty: null,
  },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    empty: [],
  },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', empty: [] },
  datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', empty: null },
};

/** What a person changed, by block and action; everything else still has its initial value. */
export type Changes = Readonly<Record<string, Readonly<Record<string, ElementState>>>>;

export interface PlacedElement {
  readonly blockId: string;
  readonly block: Loose;
  readonly element: Loose;
}

/** The name of the field that holds the choice, null for elements without state (buttons). */
export function stateFieldOf(element: Loose): string | null {
  return stateRules[stringOf(element.type)]?.field ?? null;
}

export function initialStateOf(element: Loose): ElementState | null {
  const rule = stateRules[stringOf(element.type)];
  if (rule === undefined) return null;
  return { type: element.type, [rule.field]: element[rule.initial] ?? rule.empty };
}

export function currentStateOf(changes: Changes, blockId: string, element: Loose): ElementState {
  const changed = changes[blockId]?.[stringOf(element.action_id)];
  return changed ?? initialStateOf(element) ?? {};
}

export function withChange(
  changes: Changes,
  blockId: string,
  actionId: string,
  state: ElementState,
): Changes {
  return { ...changes, [blockId]: { ...changes[blockId], [actionId]: state } };
}

/** Every interactive element of these blocks, children of containers included. */
export function placedElementsOf(blocks: readonly Loose[]): readonly PlacedElement[] {
  return blocks.flatMap((block) => {
    const blockId = stringOf(block.block_id);
    const own = [
      ...listOf(block.elements),
      ...listOf(block.actions),
      looseOf(block.accessory),
      looseOf(block.element),
    ].filter((element) => element.action_id !== undefined);
    return [
      ...own.map((element) => ({ blockId, block, element })),
      ...placedElementsOf(listOf(block.child_blocks)),
    ];
  });
}

/** `state.values` of a message or view: one entry per element that has state, set or not. */
export function stateValuesOf(blocks: readonly Loose[], changes: Changes): PageStateValues {
  let values: Changes = {};
  for (const { blockId, element } of placedElementsOf(blocks)) {
    if (initialStateOf(element) === null) continue;
    const state = currentStateOf(changes, blockId, element);
    values = withChange(values, blockId, stringOf(element.action_id), state);
  }
  return values;
}

/** Slack gives every block and element an id; this does so where the app and the server did not. */
export function withIds(blocks: readonly unknown[], prefix = 'block'): readonly Loose[] {
  return blocks.map((raw, index) => {
    const block = looseOf(raw);
    const blockId = stringOf(block.block_id, `${prefix}-${index}`);
    const named = { ...block, block_id: blockId };
    return Object.assign(named, withActionIds(block), withChildIds(block, blockId));
  });
}

const elementLists = ['elements', 'actions'] as const;
const singleElements = ['element', 'accessory'] as const;
const blocksWithElements = new Set(['actions', 'context_actions', 'section', 'input', 'card']);

function withActionIds(block: Loose): Record<string, unknown> {
  if (!blocksWithElements.has(stringOf(block.type))) return {};
  const lists = elementLists
    .filter((field) => Array.isArray(block[field]))
    .map((field) => [field, listOf(block[field]).map((e, i) => named(e, `action-${i}`))] as const);
  const singles = singleElements
    .filter((field) => block[field] !== undefined)
    .map((field) => [field, named(looseOf(block[field]), 'action-0')] as const);
  return Object.fromEntries([...lists, ...singles]);
}

function withChildIds(block: Loose, blockId: string): Record<string, unknown> {
  if (block.type === 'carousel') return { elements: withIds(listOf(block.elements), blockId) };
  if (!Array.isArray(block.child_blocks)) return {};
  return { child_blocks: withIds(block.child_blocks, blockId) };
}

function named(element: Loose, fallback: string): Loose {
  return element.type === 'image' ? element : { action_id: fallback, ...element };
}
