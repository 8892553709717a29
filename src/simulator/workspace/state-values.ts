import { isObject, type Json, objectsIn } from './json.ts';
import type { PageStateValues } from './page-protocol.ts';

/** Element type → the field of its state, and the field of the element that it starts from. */
const stateFields: Readonly<Record<string, readonly [field: string, initial: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  file_input: ['files', 'files'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  checkboxes: ['selected_options', 'initial_options'],
  radio_buttons: ['selected_option', 'initial_option'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
};

const listFields = [
  'selected_options',
  'selected_users',
  'selected_conversations',
  'selected_channels',
  'files',
];

/** The interactive elements of one block, containers' children aside. */
export function elementsOf(block: Json): readonly Json[] {
  const single = [block['element'], block['accessory']].filter(isObject);
  return [...single, ...objectsIn(block['elements']), ...objectsIn(block['actions'])];
}

/** All blocks, those inside containers included. */
export function flatBlocks(blocks: unknown): readonly Json[] {
  return objectsIn(blocks).flatMap((block) => [
    block,
    ...flatBlocks(block['child_blocks']),
    ...(block['type'] === 'carousel' ? flatBlocks(block['elements']) : []),
  ]);
}

function elementState(element: Json, given: Json | undefined): Json | null {
  const type = String(element['type']);
  const fields = stateFields[type];
  if (fields === undefined) return null;
  const [field, initial] = fields;
  const value = given === undefined ? element[initial] : given[field];
  return { type, [field]: value ?? (listFields.includes(field) ? [] : null) };
}

/** Slack's `state.values`: every stateful element, also those that nobody touched. */
export function stateValues(blocks: unknown, given: PageStateValues): PageStateValues {
  const values: Record<string, Record<string, Json>> = {};
  for (const block of flatBlocks(blocks)) {
    const blockId = String(block['block_id']);
    for (const element of elementsOf(block)) {
      const actionId = String(element['action_id']);
      const state = elementState(element, given[blockId]?.[actionId]);
      if (state !== null) values[blockId] = { ...values[blockId], [actionId]: state };
    }
  }
  return values;
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

function inputProblem(block: Json, value: unknown): string | null {
  if (isEmpty(value)) {
    return block['optional'] === true ? null : 'Please complete this required field.';
  }
  const element = isObject(block['element']) ? block['element'] : {};
  if (element['type'] !== 'plain_text_input') return null;
  const length = [...String(value)].length;
  const { min_length: min = 0, max_length: max = 3_000 } = element;
  if (length > Number(max)) return `Please use ${String(max)} characters or fewer.`;
  return length < Number(min) ? `Please use at least ${String(min)} characters.` : null;
}

/** What Slack's own client complains about before it sends a form: block_id → sentence. */
export function formErrors(
  blocks: unknown,
  values: PageStateValues,
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const block of flatBlocks(blocks).filter((each) => each['type'] === 'input')) {
    const element = isObject(block['element']) ? block['element'] : {};
    const field = stateFields[String(element['type'])]?.[0] ?? '';
    const blockId = String(block['block_id']);
    const state = values[blockId]?.[String(element['action_id'])];
    const problem = inputProblem(block, state?.[field]);
    if (problem !== null) errors[blockId] = problem;
  }
  return errors;
}

/** What a person chose, put onto the element as the app sent it: the app's own fields cannot be changed. */
export function chosenAction(element: Json, chosen: Json): Json {
  const { options: _, option_groups: __, ...own } = element;
  const field = stateFields[String(element['type'])]?.[0];
  const overflow =
    element['type'] === 'overflow' ? { selected_option: chosen['selected_option'] } : {};
  if (field === undefined) return { ...own, ...overflow };
  return { ...own, [field]: chosen[field] ?? null };
}
