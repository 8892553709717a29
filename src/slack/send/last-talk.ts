import { z } from 'zod';
import { rootHere } from '../../domain/incident/places.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { SlackContext } from '../context.ts';
import { slackFailureOf } from './slack-failure.ts';

const PAGE_MESSAGES_MAX = 200;
const PAGES_MAX = 5;

const replies = z.object({
  messages: z.array(
    z.object({ ts: z.string(), user: z.string().optional(), bot_id: z.string().optional() }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * When a person last wrote in the incident's thread, later than `sinceMs`; null: nobody did, or the
 * bot may not look. Rejects when Slack could not be asked just now.
 */
export async function lastTalk(
  context: Pick<SlackContext, 'store' | 'clients' | 'log'>,
  state: IncidentState,
  sinceMs: number,
): Promise<number | null> {
  const { incidentId, channelId, threadTs } = state;
  const messages = await context.store.readMessages(incidentId);
  const ts = threadTs ?? rootHere(messages, state)?.ts ?? null;
  if (ts === null) return null;
  try {
    return await newestOf(context, { channel: channelId, ts }, sinceMs);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown' || failure.kind === 'rate-limited') throw error;
    context.log.warn('a thread could not be looked at', { incidentId, failure: failure.kind });
    return null;
  }
}

async function newestOf(
  { clients }: Pick<SlackContext, 'clients'>,
  thread: { readonly channel: string; readonly ts: string },
  sinceMs: number,
): Promise<number | null> {
  const oldest = (sinceMs / 1_000).toFixed(6);
  let newestMs: number | null = null;
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const reply = replies.parse(
      await clients.history.conversations.replies({
        ...thread,
        oldest,
        limit: PAGE_MESSAGES_MAX,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    for (const { ts, user, bot_id } of reply.messages) {
      const atMs = Math.floor(Number(ts) * 1_000);
      // Slack gives the thread's first message with every page, however old it is.
      const isTalk = user !== undefined && bot_id === undefined && atMs > sinceMs;
      if (isTalk) newestMs = Math.max(newestMs ?? 0, atMs);
    }
    cursor = reply.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return newestMs;
}
