import { z } from 'zod';
import { messageWords } from '../captured-text.ts';
import type { SlackContext } from '../context.ts';

const answerSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      thread_ts: z.string().nullish(),
      user: z.string().nullish(),
      ...messageWords,
      reactions: z
        .array(z.object({ name: z.string(), users: z.array(z.string()), count: z.number() }))
        .optional()
        .catch(undefined),
    }),
  ),
});

export type ReadMessage = z.infer<typeof answerSchema>['messages'][number];

/**
 * One message by its timestamp, top-level or in a thread: `conversations.history` would return
 * only top-level ones, and the wrong one for a reply. Null when it is not there.
 */
export async function readMessage(
  context: SlackContext,
  channelId: string,
  messageTs: string,
): Promise<ReadMessage | null> {
  const answer = answerSchema.parse(
    await context.clients.history.conversations.replies({
      channel: channelId,
      ts: messageTs,
      latest: messageTs,
      inclusive: true,
      limit: 1,
    }),
  );
  return answer.messages.find((message) => message.ts === messageTs) ?? null;
}
