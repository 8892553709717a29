import type { Ids } from './ids.ts';
import { isObject, type Json } from './json.ts';

/** Slack gives every block an id, every interactive element an action id, and fills in text defaults. */
const INTERACTIVE = new Set([
  'button',
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'number_input',
  'overflow',
  'plain_text_input',
  'radio_buttons',
  'rich_text_input',
  'timepicker',
  'url_text_input',
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
  'file_input',
  'feedback_buttons',
  'icon_button',
  'workflow_button',
]);

function withDefaults(value: unknown, ids: Ids): unknown {
  if (Array.isArray(value)) return value.map((item) => withDefaults(item, ids));
  if (!isObject(value)) return value;
  const filled: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withDefaults(inner, ids)]),
  );
  const type = value['type'];
  if (type === 'plain_text') return { emoji: true, ...filled };
  if (type === 'mrkdwn') return { verbatim: false, ...filled };
  if (typeof type === 'string' && INTERACTIVE.has(type) && value['action_id'] === undefined) {
    filled['action_id'] = ids.word(5);
  }
  return filled;
}

export function fillBlocks(blocks: readonly Json[], ids: Ids): readonly Json[] {
  return blocks.map((block) => {
    const filled = withDefaults(block, ids) as Record<string, unknown>;
    const nested = filled['child_blocks'];
    return {
      ...filled,
      ...(Array.isArray(nested) ? { child_blocks: fillBlocks(nested, ids) } : {}),
      block_id: filled['block_id'] ?? ids.word(5),
    };
  });
}

const TOKEN = /(<[@#!][^<>\s]+>|https?:\/\/[^\s<>|]+)/g;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export interface Mentionable {
  /** Handle without `@` → user id. */
  readonly people: ReadonlyMap<string, string>;
  /** Name without `#` → channel id. */
  readonly channels: ReadonlyMap<string, string>;
}

/**
 * What a person typed, as Slack stores it: mentions become `<@U…>` and `<#C…|name>`, links get
 * angle brackets, the three special characters are escaped. Ready-made mentions stay.
 */
export function composeText(typed: string, known: Mentionable): string {
  const mentioned = typed
    .replace(/(^|[^\w<])@([\w.-]*\w)/g, (whole, before: string, name: string) => {
      if (/^(here|channel|everyone)$/.test(name)) return `${before}<!${name}>`;
      const id = known.people.get(name.toLowerCase());
      return id === undefined ? whole : `${before}<@${id}>`;
    })
    .replace(/(^|[^\w<&])#([\w-]+)/g, (whole, before: string, name: string) => {
      const id = known.channels.get(name.toLowerCase());
      return id === undefined ? whole : `${before}<#${id}|${name}>`;
    });
  return mentioned
    .split(TOKEN)
    .map((part) => {
      if (part.startsWith('<') && part.endsWith('>')) return part;
      if (/^https?:\/\//.test(part)) return `<${part.replaceAll('&', '&amp;')}>`;
      return escaped(part);
    })
    .join('');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function richElement(part: string): Json {
  if (part.startsWith('<@')) return { type: 'user', user_id: part.slice(2, -1).split('|')[0] };
  if (part.startsWith('<#'))
    return { type: 'channel', channel_id: part.slice(2, -1).split('|')[0] };
  if (part.startsWith('<!')) return { type: 'broadcast', range: part.slice(2, -1) };
  if (part.startsWith('<')) return { type: 'link', url: unescaped(part.slice(1, -1)) };
  return { type: 'text', text: unescaped(part) };
}

/** The rich_text block that Slack's composer sends along with what a person typed. */
export function composeBlocks(text: string, ids: Ids): readonly Json[] {
  const parts = text.split(/(<[^<>]+>)/g).filter((part) => part !== '');
  return [
    {
      type: 'rich_text',
      block_id: ids.word(5),
      elements: [{ type: 'rich_text_section', elements: parts.map(richElement) }],
    },
  ];
}
