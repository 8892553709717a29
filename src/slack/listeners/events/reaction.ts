import type { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { captureMessage } from '../../../flows/capture-message.ts';
import { findIncident } from '../../../flows/find-incident.ts';
import { isRefusedHere } from '../../access/refused-here.ts';
import { capturedText } from '../../captured-text.ts';
import type { SlackContext } from '../../context.ts';
import { TIMELINE_REACTION } from '../../ids.ts';
import type { reactionEvent } from '../../payloads.ts';
import { type ReadMessage, readMessage } from '../../send/read-message.ts';
import { readPermalink } from '../../send/read-permalink.ts';
import { slackFailureOf } from '../../send/slack-failure.ts';
import { tellPerson } from '../../send/tell-person.ts';
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
  const { channel, ts } = event.item;
  if (event.reaction !== TIMELINE_REACTION || channel === undefined || ts === undefined) return;
  const message = await readReacted(context, channel, ts);
  if (message === null || message.user === context.botUserId) return;
  const threadTs = message.thread_ts ?? message.ts;
  const place = { channelId: channel, threadTs };
  if (await isRefusedHere(context, { userId: event.user, what: 'reaction', ...place })) return;
  const outcome = await captureMessage(context, {
    place,
    message: {
      channelId: channel,
      messageTs: ts,
      authorId: message.user ?? null,
      text: capturedText(message),
      permalink: await readPermalink(context, channel, ts),
    },
    actorId: event.user,
    dedupeId,
  });
  // Pins outside any session are none of our business.
  if (outcome.kind === 'captured' || outcome.incidentId === null) return;
  if (outcome.movedTo !== undefined) {
    const to = { userId: event.user, channelId: channel, threadTs };
    await tellMovedOnce(context, to, {
      incidentId: outcome.incidentId,
      movedTo: outcome.movedTo,
      sentence: outcome.sentence,
    });
    return;
  }
  await tellPerson(context, {
    userId: event.user,
    channelId: channel,
    threadTs: message.thread_ts ?? null,
    replyUrl: null,
    sentence: outcome.sentence,
  });
}

/** Taking 📌 off takes the message off the timeline. */
export async function onReactionRemoved(
  context: SlackContext,
  event: Reaction,
  dedupeId: string,
): Promise<void> {
  const { channel, ts } = event.item;
  if (event.reaction !== TIMELINE_REACTION || channel === undefined || ts === undefined) return;
  const message = await readReacted(context, channel, ts);
  const threadTs = message?.thread_ts ?? ts;
  const place = { channelId: channel, threadTs };
  if (await isRefusedHere(context, { userId: event.user, what: 'reaction', ...place })) return;
  const found = await findIncident(context, place);
  if (found.kind !== 'one' && found.kind !== 'moved') return;
  await actOnIncident(context, {
    incidentId: found.incidentId,
    command: { type: 'release-captured-message', messageTs: ts },
    actor: { kind: 'person', userId: event.user },
    dedupeId,
  });
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
