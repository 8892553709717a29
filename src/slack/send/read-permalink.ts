import type { SlackContext } from '../context.ts';

/** Slack's link to a message; null when Slack does not give one: the timeline works without. */
export async function readPermalink(
  context: SlackContext,
  channelId: string,
  messageTs: string,
): Promise<string | null> {
  try {
    const answer = await context.clients.interactive.chat.getPermalink({
      channel: channelId,
      message_ts: messageTs,
    });
    return answer.permalink ?? null;
  } catch (error) {
    context.log.warn('a permalink could not be had', { problem: String(error) });
    return null;
  }
}
