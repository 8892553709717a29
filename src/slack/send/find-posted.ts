import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { MESSAGE_METADATA_TYPE } from '../ids.ts';

const PAGE_MESSAGES_MAX = 200;
const PAGES_MAX = 5;
/** Clocks differ, and a message may have been accepted just before we noted the attempt. */
const EARLIER_MS = 60_000;

const replySchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      thread_ts: z.string().optional(),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ incident_id: z.string(), slot: z.string() }).partial(),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface PostedWanted {
  readonly incidentId: string;
  readonly slot: string;
  readonly channelId: string;
  /** Null: look in the channel itself. */
  readonly threadTs: string | null;
  readonly sinceMs: number;
}

/** Looks in Slack for a first post whose outcome is unknown; null when it is not there. */
export async function findPosted(client: WebClient, wanted: PostedWanted): Promise<string | null> {
  const oldest = ((wanted.sinceMs - EARLIER_MS) / 1_000).toFixed(6);
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const common = {
      channel: wanted.channelId,
      limit: PAGE_MESSAGES_MAX,
      include_all_metadata: true,
      oldest,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const reply = replySchema.parse(
      wanted.threadTs === null
        ? await client.conversations.history(common)
        : await client.conversations.replies({ ...common, ts: wanted.threadTs }),
    );
    const found = reply.messages.find(
      ({ metadata }) =>
        metadata?.event_type === MESSAGE_METADATA_TYPE &&
        metadata.event_payload.incident_id === wanted.incidentId &&
        metadata.event_payload.slot === wanted.slot,
    );
    if (found !== undefined) return found.ts;
    cursor = reply.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}
