import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

const PAGE_FILES_MAX = 200;
const PAGES_MAX = 5;
/** Clocks differ, and Slack may have made it just before we noted the attempt. */
const EARLIER_MS = 60_000;

const listSchema = z.object({
  files: z.array(z.object({ id: z.string(), title: z.string().nullish() })),
  paging: z.object({ pages: z.number() }).optional(),
});

/** The id of a canvas that the bot made and never heard of; null when it is not there. */
export async function findCanvas(
  client: WebClient,
  wanted: { readonly userId: string; readonly titleStart: string; readonly sinceMs: number },
): Promise<string | null> {
  const tsFrom = String(Math.floor((wanted.sinceMs - EARLIER_MS) / 1_000));
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    // Not by type: under which one Slack lists a canvas has changed before.
    const { files, paging } = listSchema.parse(
      await client.files.list({
        user: wanted.userId,
        ts_from: tsFrom,
        count: PAGE_FILES_MAX,
        page,
      }),
    );
    const found = files.find((file) => file.title?.startsWith(wanted.titleStart));
    if (found !== undefined) return found.id;
    if (page >= (paging?.pages ?? 1)) return null;
  }
  return null;
}
