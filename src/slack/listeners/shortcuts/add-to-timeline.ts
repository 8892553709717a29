import { listWords } from '../../../domain/text/list-words.ts';
import { findCaptured } from '../../../flows/find-captured.ts';
import { sentenceContent } from '../../blocks/error.ts';
import { renderKeptMessage } from '../../blocks/kept-message.ts';
import type { MessageContent } from '../../blocks/message.ts';
import type { SlackContext } from '../../context.ts';
import type { MessageShortcut } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { keepMessage } from '../keep-message.ts';

/** The message goes on the timeline with its own time, author and link; the answer can take it off again. */
export async function addToTimeline(
  context: SlackContext,
  payload: MessageShortcut,
): Promise<void> {
  const { channel, message, user } = payload;
  await tellPerson(context, {
    userId: user.id,
    channelId: channel.id,
    threadTs: message.thread_ts ?? null,
    replyUrl: payload.response_url,
    content: await keep(context, payload),
  });
}

async function keep(context: SlackContext, payload: MessageShortcut): Promise<MessageContent> {
  const { channel, message, user, team, trigger_id } = payload;
  const outcome = await keepMessage(context, {
    channelId: channel.id,
    message,
    userId: user.id,
    dedupeId: `shortcut:${team.id}:${trigger_id}`,
  });
  if (outcome.kind === 'captured') return renderKeptMessage(outcome.sentence, message.ts);
  // It may be on one that is closed or was moved, and can be taken off that one here.
  const held = await findCaptured(context, {
    channelId: channel.id,
    messageTs: message.ts,
    threadTs: message.thread_ts ?? null,
  });
  return held.length === 0
    ? sentenceContent(outcome.sentence)
    : renderKeptMessage(`This is on the timeline of ${listWords(held)}.`, message.ts);
}
