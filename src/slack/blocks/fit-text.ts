import type {
  MrkdwnElement,
  PlainTextElement,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
} from '@slack/types';
import { cutText } from '../../domain/text/cut-text.ts';

/** Entities, mentions and links that a cut would leave open. */
const OPEN_MARKUP = /(<[^>]*|&[a-z]{0,5})…$/;

export function fitTextObject<T extends PlainTextElement | MrkdwnElement>(text: T, max: number): T {
  const cut = cutText(text.text.toWellFormed(), max);
  const closed = text.type === 'mrkdwn' ? cut.replace(OPEN_MARKUP, '…') : cut;
  return { ...text, text: closed.trim() === '' ? '–' : closed };
}

/**
 * Characters that Slack may count, in UTF-16 units: never fewer than its own count, whichever
 * unit that is. Values and ids are not text.
 */
export function countCharacters(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce((sum: number, item) => sum + countCharacters(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, child]) =>
      sum +
      (typeof child === 'string' && TEXT_KEYS.has(key) ? child.length : countCharacters(child)),
    0,
  );
}

const TEXT_KEYS: ReadonlySet<string> = new Set(['text', 'title', 'fallback', 'url', 'user_id']);

/** Keeps the beginning of a rich_text block; null when nothing of it fits. */
export function fitRichText(block: RichTextBlock, charactersMax: number): RichTextBlock | null {
  let left = charactersMax;
  const take = (elements: readonly RichTextElement[]): RichTextElement[] =>
    elements.flatMap((element) => {
      const size = countCharacters(element);
      const kept = size <= left ? element : cutElement(element, left);
      left -= size;
      return kept === null ? [] : [kept];
    });
  const elements = block.elements.flatMap((element): RichTextBlockElement[] => {
    if (element.type === 'rich_text_list') {
      const items = element.elements
        .map((item) => ({ ...item, elements: take(item.elements) }))
        .filter((item) => item.elements.length > 0);
      return items.length === 0 ? [] : [{ ...element, elements: items }];
    }
    const kept = { ...element, elements: take(element.elements) } as RichTextBlockElement;
    return kept.elements.length === 0 ? [] : [kept];
  });
  return elements.length === 0 ? null : { ...block, elements };
}

function cutElement(element: RichTextElement, charactersMax: number): RichTextElement | null {
  if (element.type !== 'text' || charactersMax < 2) return null;
  return { ...element, text: cutText(element.text, Math.floor(charactersMax / 2)) };
}
