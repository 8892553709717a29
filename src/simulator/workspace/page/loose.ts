/**
 * What an app sends is not ours: every field may be missing or of another type. The fields the
 * page reads are named so that they can be read with a dot; each still has to be checked.
 */
export interface Loose {
  readonly [field: string]: unknown;
  readonly type?: unknown;
  readonly text?: unknown;
  readonly block_id?: unknown;
  readonly action_id?: unknown;
  readonly elements?: unknown;
  readonly element?: unknown;
  readonly accessory?: unknown;
  readonly child_blocks?: unknown;
  readonly actions?: unknown;
  readonly options?: unknown;
  readonly option_groups?: unknown;
  readonly label?: unknown;
  readonly hint?: unknown;
  readonly title?: unknown;
  readonly subtitle?: unknown;
  readonly body?: unknown;
  readonly value?: unknown;
  readonly url?: unknown;
  readonly style?: unknown;
  readonly confirm?: unknown;
  readonly deny?: unknown;
  readonly submit?: unknown;
  readonly close?: unknown;
  readonly blocks?: unknown;
  readonly optional?: unknown;
  readonly placeholder?: unknown;
  readonly description?: unknown;
  readonly multiline?: unknown;
  readonly min_length?: unknown;
  readonly max_length?: unknown;
  readonly min_value?: unknown;
  readonly max_value?: unknown;
  readonly is_decimal_allowed?: unknown;
  readonly dispatch_action?: unknown;
  readonly dispatch_action_config?: unknown;
  readonly trigger_actions_on?: unknown;
  readonly fields?: unknown;
  readonly rows?: unknown;
  readonly caption?: unknown;
  readonly page_size?: unknown;
  readonly row_header_column_index?: unknown;
  readonly external_id?: unknown;
  readonly image_url?: unknown;
  readonly slack_file?: unknown;
  readonly alt_text?: unknown;
  readonly hero_image?: unknown;
  readonly icon?: unknown;
  readonly id?: unknown;
  readonly is_collapsible?: unknown;
  readonly default_collapsed?: unknown;
  readonly rich_text_title?: unknown;
  readonly accessibility_label?: unknown;
  readonly positive_button?: unknown;
  readonly negative_button?: unknown;
  readonly focus_on_load?: unknown;
  readonly default_to_current_conversation?: unknown;
}

export function looseOf(value: unknown): Loose {
  return isLoose(value) ? value : {};
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.map(looseOf) : [];
}

export function stringOf(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

export function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/** The characters of a text object, or of a plain string where an app sent one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : stringOf(looseOf(value).text);
}
