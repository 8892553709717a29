import type { KnownBlock, RichTextBlock, RichTextElement, SectionBlock } from '@slack/types';
import { fitMessage } from './fit-message.ts';
import { BLOCK_LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';

const TASK_MARKS = { complete: '✅', in_progress: '▶️', pending: '▫️', error: '❌' } as const;

/** The same message in sections, context and actions, for a Slack that refuses the newer blocks. */
export function toConservative(content: MessageContent): MessageContent {
  return fitMessage({ text: content.text, blocks: content.blocks.flatMap(convert) });
}

function convert(block: KnownBlock): KnownBlock[] {
  switch (block.type) {
    case 'section':
    case 'context':
    case 'actions':
      return [block];
    case 'header':
      return [{ type: 'section', text: block.text }];
    case 'rich_text':
      return sections(richTextLines(block));
    case 'plan':
      return sections([
        `*${escapeMrkdwn(block.title)}*`,
        ...(block.tasks ?? []).flatMap((task) => taskLine(task as TaskLike)),
      ]);
    default:
      return [];
  }
}

interface TaskLike {
  readonly type: 'task_card';
  readonly title: string;
  readonly status: keyof typeof TASK_MARKS;
  readonly details?: RichTextBlock;
}

function taskLine(task: TaskLike): string[] {
  return [
    `${TASK_MARKS[task.status]} ${escapeMrkdwn(task.title)}`,
    ...(task.details === undefined ? [] : richTextLines(task.details)),
  ];
}

/** `&`, `<` and `>` are all that Slack's markup needs escaped; no mention survives it. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function richTextLines(block: RichTextBlock): string[] {
  return block.elements.flatMap((element) => {
    switch (element.type) {
      case 'rich_text_list':
        return element.elements.map((item, index) => {
          const bullet = element.style === 'ordered' ? `${index + 1}.` : '•';
          return `${bullet} ${mrkdwn(item.elements)}`;
        });
      case 'rich_text_quote':
        return [mrkdwn(element.elements).replaceAll(/^/gm, '> ')];
      default:
        return [mrkdwn(element.elements)];
    }
  });
}

function mrkdwn(elements: readonly RichTextElement[]): string {
  return elements.map(inlineMrkdwn).join('').trim();
}

function inlineMrkdwn(element: RichTextElement): string {
  switch (element.type) {
    case 'text':
      return styled(element.text, element.style ?? {});
    case 'user':
      return `<@${element.user_id}>`;
    case 'link':
      return `<${element.url.replaceAll(/[<>|\s]/g, encodeURIComponent)}|${escapeMrkdwn(element.text ?? element.url).replaceAll('|', '/')}>`;
    case 'date':
      return escapeMrkdwn(element.fallback ?? '');
    default:
      return '';
  }
}

function styled(text: string, style: { readonly code?: boolean; readonly bold?: boolean }): string {
  const escaped = escapeMrkdwn(text);
  if (style.code === true) return `\`${escaped.replaceAll('`', "'")}\``;
  const isBold = style.bold === true && !text.includes('*') && text.trim() === text;
  return isBold ? `*${escaped}*` : escaped;
}

/** Lines joined into as few sections as the limit allows. */
function sections(lines: readonly string[]): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines.filter((candidate) => candidate !== '')) {
    const last = texts.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && joined.length <= BLOCK_LIMITS.sectionCharactersMax) {
      texts[texts.length - 1] = joined;
    } else {
      texts.push(line);
    }
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }));
}
