import { captureMessage } from '../../../flows/capture-message.ts';
import { capturedText } from '../../captured-text.ts';
import type { SlackContext } from '../../context.ts';
import type { MessageShortcut } from '../../payloads.ts';
import { readPermalink } from '../../send/read-permalink.ts';
import { tellPerson } from '../../send/tell-person.ts';

/** The message goes on the timeline with its own time, author and link. */
export async function addToTimeline(
  context: SlackContext,
  payload: MessageShortcut,
): Promise<void> {
  const { channel, message, user } = payload;
  const captured = await captureMessage(context, {
    place: { channelId: channel.id, threadTs: message.thread_ts ?? message.ts },
    message: {
      channelId: channel.id,
      messageTs: message.ts,
      authorId: message.user ?? null,
      text: capturedText(message),
      permalink: await readPermalink(context, channel.id, message.ts),
    },
    actorId: user.id,
    dedupeId: `shortcut:${payload.team.id}:${payload.trigger_id}`,
  });
  await tellPerson(context, {
    userId: user.id,
    channelId: channel.id,
    threadTs: message.thread_ts ?? null,
    replyUrl: payload.response_url,
    sentence: captured.sentence,
  });
}
