import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

const PAGE_MESSAGES_MAX = 200;
const PAGES_MAX = 5;

const replySchema = z.object({
  messages: z.array(
    z.object({
      files: z
        .array(
          z.object({
            id: z.string(),
            name: z.string().nullish(),
            permalink: z.string().nullish(),
          }),
        )
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface FoundFile {
  readonly id: string;
  /** Null where Slack does not say. */
  readonly permalink: string | null;
}

/** A file in a thread by its name; null when it is not there. */
export async function findFile(
  client: WebClient,
  place: { readonly channelId: string; readonly threadTs: string },
  name: string,
): Promise<FoundFile | null> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const reply = replySchema.parse(
      await client.conversations.replies({
        channel: place.channelId,
        ts: place.threadTs,
        limit: PAGE_MESSAGES_MAX,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    const files = reply.messages.flatMap((message) => message.files ?? []);
    const found = files.find((file) => file.name === name);
    if (found !== undefined) return { id: found.id, permalink: found.permalink ?? null };
    cursor = reply.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}
