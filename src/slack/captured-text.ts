import { z } from 'zod';
import { typedText } from './typed-text.ts';

const FILES_MAX = 10;

/** Files of a message: kept as links, never copied. */
export const messageFiles = z
  .array(z.object({ name: z.string().nullish(), permalink: z.string().nullish() }))
  .optional()
  .catch(undefined);

/** What goes on the timeline of a message: what was typed, and a line with a link for each file. */
export function capturedText({
  text,
  files = [],
}: {
  readonly text: string;
  readonly files?: z.output<typeof messageFiles>;
}): string {
  const links = files
    .slice(0, FILES_MAX)
    .map(
      ({ name, permalink }) =>
        `File: ${[name ?? 'without a name', permalink].filter(Boolean).join(' ')}`,
    );
  const hidden = files.length - links.length;
  return [
    ...(text === '' ? [] : [typedText(text)]),
    ...links,
    ...(hidden > 0 ? [`and ${hidden} more files`] : []),
  ].join('\n');
}
