import type { SlackContext } from '../context.ts';
import { TIMELINE_REACTION } from '../ids.ts';
import { slackCodeOf, slackFailureOf } from './slack-failure.ts';

type MarkContext = Pick<SlackContext, 'clients' | 'log'>;

/** The mark is as it should be, or there is nothing to mark any more. */
const AS_WANTED = new Set(['already_reacted', 'no_reaction']);
/** Said once for each client, not at each message. */
const scopeTold = new WeakSet<MarkContext['clients']>();

/**
 * The bot's own 📌 says that a message is on the timeline. The record does not depend on it, so
 * nobody waits for it: Slack wants its acknowledgement first. Never rejects.
 */
export async function markMessage(
  { clients, log }: MarkContext,
  { channelId, messageTs }: { readonly channelId: string; readonly messageTs: string },
  isKept: boolean,
): Promise<void> {
  const mark = { channel: channelId, timestamp: messageTs, name: TIMELINE_REACTION };
  try {
    if (isKept) await clients.background.reactions.add(mark);
    else await clients.background.reactions.remove(mark);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'message-gone') return;
    if (failure.kind === 'refused' && AS_WANTED.has(failure.code)) return;
    if (failure.kind === 'scope-missing') {
      if (scopeTold.has(clients)) return;
      scopeTold.add(clients);
    }
    log.warn('no mark on a message of the timeline', { problem: slackCodeOf(error) });
  }
}
