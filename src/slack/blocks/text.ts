import type {
  PlainTextElement,
  RichTextBlock,
  RichTextDate,
  RichTextElement,
  RichTextLink,
  RichTextList,
  RichTextQuote,
  RichTextSection,
} from '@slack/types';
import type { Actor } from '../../domain/incident/events.ts';
import { utcClock, utcWords } from '../../domain/text/time-words.ts';
import type { Untrusted } from '../../domain/untrusted.ts';
import { cleanTyped, cleanUntrusted } from './characters.ts';

/**
 * The only place that turns text into block text. Everything ends in rich_text or plain_text, which
 * Slack does not parse: no mention, link or broadcast can come out of what somebody typed.
 */
export type Part = string | RichTextElement | readonly Part[] | null;

/** A person's paragraph on a card; the document has it whole. */
const PARAGRAPH_CHARACTERS_MAX = 3_000;
/** What Slack takes with a command, and the command. */
const LINE_CHARACTERS_MAX = 3_100;

/** Text from outside, as code: Slack interprets nothing in it and people see that it is quoted. */
export function show(text: Untrusted): RichTextElement {
  return { type: 'text', text: cleanUntrusted(text) || '(empty)', style: { code: true } };
}

/** What a person typed, or a sentence of ours. */
export function typed(
  text: string,
  charactersMax = PARAGRAPH_CHARACTERS_MAX,
): RichTextElement | null {
  const cleaned = cleanTyped(text, charactersMax);
  return cleaned === '' ? null : { type: 'text', text: cleaned };
}

/** A line that somebody typed or may copy. */
export function copyable(text: string): RichTextElement {
  return {
    type: 'text',
    text: cleanTyped(text, LINE_CHARACTERS_MAX) || '–',
    style: { code: true },
  };
}

export function bold(text: string): RichTextElement {
  return {
    type: 'text',
    text: cleanTyped(text, PARAGRAPH_CHARACTERS_MAX) || '–',
    style: { bold: true },
  };
}

export function italic(text: string): RichTextElement {
  return {
    type: 'text',
    text: cleanTyped(text, PARAGRAPH_CHARACTERS_MAX) || '–',
    style: { italic: true },
  };
}

const USER_ID = /^[UW][A-Z0-9]{1,20}$/;

/** A mention, when it is a user id; otherwise the text as it is. */
export function mention(userId: string): RichTextElement {
  return USER_ID.test(userId)
    ? { type: 'user', user_id: userId }
    : { type: 'text', text: cleanUntrusted(userId) || 'somebody', style: { code: true } };
}

const CHANNEL_ID = /^[CG][A-Z0-9]{1,20}$/;

/** Slack shows its name to who may know it. */
export function channel(channelId: string): RichTextElement {
  return CHANNEL_ID.test(channelId)
    ? { type: 'channel', channel_id: channelId }
    : { type: 'text', text: 'another channel' };
}

/** Calls everybody in it. */
function group(groupId: string): RichTextElement {
  return { type: 'usergroup', usergroup_id: groupId };
}

export function actor(by: Actor | null): RichTextElement {
  if (by === null) return { type: 'text', text: 'somebody' };
  return by.kind === 'bot' ? { type: 'text', text: 'Redthread' } : mention(by.userId);
}

/** A sentence of ours with people as `<@U123>`, channels as `<#C123>` and user groups as `<!subteam^S123>`. */
export function sentenceToRichText(sentence: string): Part {
  return sentence.split(/(<(?:[@#]|!subteam\^)[A-Z0-9]{2,21}>)/).map((piece) => {
    const [, sign, id = ''] = /^<([@#]|!subteam\^)([A-Z0-9]{2,21})>$/.exec(piece) ?? [];
    if (sign === undefined) return piece;
    if (sign === '@') return mention(id);
    return sign === '#' ? channel(id) : group(id);
  });
}

/** Shown in the reader's own time zone; the fallback says UTC. */
export function date(atMs: number, precision: 'minute' | 'second' = 'minute'): RichTextElement {
  const clock = precision === 'second' ? '{time_secs}' : '{time}';
  return {
    type: 'date',
    timestamp: Math.floor(atMs / 1_000),
    format: `{date_short_pretty} ${clock}`,
    fallback: utcWords(atMs),
  } satisfies RichTextDate;
}

/** The same for small print, which has no rich text. Nothing but the number can come from outside. */
export function dateMarkup(atMs: number): string {
  const words = utcWords(atMs);
  const isShown = atMs >= 0 && /^\d{4}-/.test(words);
  return isShown
    ? `<!date^${Math.floor(atMs / 1_000)}^{date_short_pretty} {time}|${words}>`
    : words;
}

/** The time alone, for the end of what began on the same day. */
export function time(atMs: number): RichTextElement {
  return {
    type: 'date',
    timestamp: Math.floor(atMs / 1_000),
    format: '{time_secs}',
    fallback: `${utcClock(atMs)} UTC`,
  } satisfies RichTextDate;
}

/** A link, when `url` comes from `links.ts`; otherwise the label alone. */
export function link(url: string | null, label: string): RichTextElement {
  const text = cleanTyped(label, 200) || 'link';
  return url === null
    ? { type: 'text', text }
    : ({ type: 'link', url, text } satisfies RichTextLink);
}

/** All text in bold, in as few pieces as can be; people and times stay what they are. */
export function bolded(...parts: Part[]): Part {
  const pieces: RichTextElement[] = [];
  for (const element of inline(parts)) {
    const last = pieces.at(-1);
    if (element.type !== 'text') pieces.push(element);
    else if (last?.type !== 'text') pieces.push({ ...element, style: { bold: true } });
    else pieces[pieces.length - 1] = { ...last, text: `${last.text}${element.text}` };
  }
  return pieces;
}

/** Strings among the parts are cleaned; empty ones disappear. */
export function inline(parts: Part): RichTextElement[] {
  if (parts === null) return [];
  if (typeof parts === 'string') return stringElement(parts);
  return Array.isArray(parts)
    ? parts.flatMap((part: Part) => inline(part))
    : [parts as RichTextElement];
}

/** Leading and trailing spaces separate parts, so only the inside is cleaned. */
function stringElement(text: string): RichTextElement[] {
  if (text.trim() === '')
    return text === '' ? [] : [{ type: 'text', text: /^\n+$/.test(text) ? '\n' : ' ' }];
  const before = /^\s/.test(text) ? (text.startsWith('\n') ? '\n' : ' ') : '';
  const after = /\s$/.test(text) ? (text.endsWith('\n') ? '\n' : ' ') : '';
  return [{ type: 'text', text: `${before}${cleanTyped(text, PARAGRAPH_CHARACTERS_MAX)}${after}` }];
}

export function line(...parts: Part[]): RichTextSection {
  const elements = inline(parts);
  return {
    type: 'rich_text_section',
    elements: elements.length === 0 ? [{ type: 'text', text: '–' }] : elements,
  };
}

export function quote(...parts: Part[]): RichTextQuote {
  return { type: 'rich_text_quote', elements: line(...parts).elements };
}

export function list(items: readonly Part[], style: 'bullet' | 'ordered' = 'bullet'): RichTextList {
  return { type: 'rich_text_list', style, elements: items.map((item) => line(item)) };
}

/** Sections end without a line break of their own, so one is put between neighbours. */
export function richText(
  ...elements: readonly (RichTextSection | RichTextList | RichTextQuote | null)[]
): RichTextBlock {
  const present = elements.filter((element) => element !== null);
  return {
    type: 'rich_text',
    elements: present.map((element, index) => {
      const next = present[index + 1];
      if (element.type !== 'rich_text_section' || next?.type !== 'rich_text_section')
        return element;
      return { ...element, elements: [...element.elements, { type: 'text', text: '\n' }] };
    }),
  };
}

/** plain_text without emoji names, for headers, labels, buttons and options. */
export function plain(text: string, charactersMax: number): PlainTextElement {
  return { type: 'plain_text', text: cleanTyped(text, charactersMax) || '–', emoji: false };
}
