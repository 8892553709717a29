import type { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { releaseMessage } from '../../../flows/release-message.ts';
import { isRefusedHere } from '../../access/refused-here.ts';
import type { SlackContext } from '../../context.ts';
import { TIMELINE_REACTION } from '../../ids.ts';
import type { reactionEvent } from '../../payloads.ts';
import { markMessage } from '../../send/mark-message.ts';
import { type ReadMessage, readMessage } from '../../send/read-message.ts';
import { slackFailureOf } from '../../send/slack-failure.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { keepMessage } from '../keep-message.ts';
import { tellMovedOnce } from './moved-once.ts';

type Reaction = z.infer<typeof reactionEvent>;

/** Slack's history lags: a message that is younger may be there without being shown. */
const SHOWN_AFTER_MS = 60_000;

/** 📌 on a message puts it on the timeline. No answer in the thread: the mark is the answer. */
export async function onReactionAdded(
  context: SlackContext,
  event: Reaction,
  dedupeId: string,
): Promise<void> {
  const { user: userId, item } = event;
  const { channel: channelId, ts } = item;
  if (!isPin(context, event) || channelId === undefined || ts === undefined) return;
  const message = await readReacted(context, channelId, ts);
  if (message === null) return;
  const threadTs = message.thread_ts ?? message.ts;
  if (await isRefusedHere(context, { userId, what: 'reaction', channelId, threadTs })) return;
  const outcome = await keepMessage(context, { channelId, message, userId, dedupeId });
  // Pins outside any session are none of our business.
  if (outcome.kind !== 'refused') return;
  const { incidentId, movedTo, sentence } = outcome;
  if (incidentId !== null && movedTo !== undefined) {
    const to = { userId, channelId, threadTs };
    await tellMovedOnce(context, to, { incidentId, movedTo, sentence });
    return;
  }
  const to = { userId, channelId, threadTs: message.thread_ts ?? null, replyUrl: null };
  await tellPerson(context, { ...to, sentence });
}

/** When the last person has taken 📌 off, the message goes off the timeline. */
export async function onReactionRemoved(
  context: SlackContext,
  event: Reaction,
  dedupeId: string,
): Promise<void> {
  const { user: userId, item } = event;
  const { channel: channelId, ts } = item;
  if (!isPin(context, event) || channelId === undefined || ts === undefined) return;
  const message = await readReacted(context, channelId, ts);
  if (message !== null && isPinnedByOthers(message, [userId, context.botUserId])) return;
  const threadTs = message?.thread_ts ?? ts;
  if (await isRefusedHere(context, { userId, what: 'reaction', channelId, threadTs })) return;
  const captured = { channelId, messageTs: ts };
  const actor = { kind: 'person', userId } as const;
  const held = await releaseMessage(context, { ...captured, threadTs, actor, dedupeId });
  if (held.length > 0) void markMessage(context, captured, false);
}

/** The bot's own mark says what people did, and does nothing. */
function isPin({ botUserId }: SlackContext, { reaction, user }: Reaction): boolean {
  return reaction === TIMELINE_REACTION && user !== botUserId;
}

/** Slack counts everybody, but names only some where there are many. */
function isPinnedByOthers({ reactions = [] }: ReadMessage, these: readonly string[]): boolean {
  const pins = reactions.find(({ name }) => name === TIMELINE_REACTION);
  if (pins === undefined) return false;
  const { users, count } = pins;
  return count > users.filter((userId) => these.includes(userId)).length;
}

/**
 * Null when it is not there.
 * @throws AppError `slack-unavailable` for one that may only not be shown yet: Slack brings the
 *   reaction again.
 */
async function readReacted(
  context: SlackContext,
  channelId: string,
  ts: string,
): Promise<ReadMessage | null> {
  const message = await readMessage(context, channelId, ts).catch((error: unknown) => {
    if (slackFailureOf(error).kind === 'message-gone') return null;
    throw error;
  });
  if (message === null && context.clock.nowMs() - Number(ts) * 1_000 < SHOWN_AFTER_MS) {
    throw new AppError('slack-unavailable', 'Slack does not show this message yet.');
  }
  return message;
}
