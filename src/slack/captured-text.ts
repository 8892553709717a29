import { z } from 'zod';
import { typedText } from './typed-text.ts';

const FILES_MAX = 10;
const ATTACHMENTS_MAX = 20;
/** Deeper than Slack nests: a list in rich text. */
const DEPTH_MAX = 8;
const CHARACTERS_MAX = 10_000;

/** Files of a message: kept as links, never copied. */
export const messageFiles = z
  .array(z.object({ name: z.string().nullish(), permalink: z.string().nullish() }))
  .optional()
  .catch(undefined);

const words = z.string().nullish().catch(null);

/** What the words of a message are read from. Apps often leave `text` empty. */
export const messageWords = {
  text: z.string().max(100_000).default(''),
  blocks: z.array(z.unknown()).optional().catch(undefined),
  attachments: z
    .array(
      z.object({
        pretext: words,
        title: words,
        text: words,
        fallback: words,
        blocks: z.array(z.unknown()).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
  files: messageFiles,
};

const shape = z.object(messageWords);
type Message = Pick<z.output<typeof shape>, 'text'> & Partial<z.output<typeof shape>>;

/** What goes on the timeline of a message: its words, and a line with a link for each file. */
export function capturedText(message: Message): string {
  const files = message.files ?? [];
  const links = files
    .slice(0, FILES_MAX)
    .map(
      ({ name, permalink }) =>
        `File: ${[name ?? 'without a name', permalink].filter(Boolean).join(' ')}`,
    );
  const hidden = files.length - links.length;
  const said = wordsOf(message);
  return [
    ...(said === '' ? [] : [said]),
    ...links,
    ...(hidden > 0 ? [`and ${hidden} more files`] : []),
  ].join('\n');
}

/** What was typed; of an app's message without text, what its blocks show, else its attachments. */
export function wordsOf({ text, blocks = [], attachments = [] }: Message): string {
  const shown = [
    text,
    linesOf(blocks),
    attachments.slice(0, ATTACHMENTS_MAX).map(attached).join('\n'),
  ];
  const said = shown.find((candidate) => candidate.trim() !== '') ?? '';
  return typedText(said.trim().slice(0, CHARACTERS_MAX));
}

type Attachment = NonNullable<Message['attachments']>[number];

function attached({ pretext, title, text, fallback, blocks = [] }: Attachment): string {
  const lines = [pretext, title, text].filter(Boolean).join('\n');
  return lines || linesOf(blocks) || (fallback ?? '');
}

/** One line for each block. */
function linesOf(blocks: readonly unknown[]): string {
  return blocks
    .map((block) =>
      textsIn(block, 0)
        .join(' ')
        .replaceAll(/[ \t]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}

/** Every `text` in a block, in its order; what nobody sees (ids, values, links) is left out. */
function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'string' ? (key === 'text' ? [child] : []) : textsIn(child, depth + 1),
  );
}
