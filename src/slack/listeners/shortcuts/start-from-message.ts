import { refusedStart } from '../../access/refused-start.ts';
import { sentenceContent } from '../../blocks/error.ts';
import { wordsOf } from '../../captured-text.ts';
import type { SlackContext } from '../../context.ts';
import { buildStartForm } from '../../forms/start.ts';
import type { MessageShortcut } from '../../payloads.ts';
import { readPermalink } from '../../send/read-permalink.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { threadTaken } from '../thread-taken.ts';

const TITLE_CHARACTERS_MAX = 150;

/** Opens the start form with the message as title; the session's thread is that message's own. */
export async function startFromMessage(
  context: SlackContext,
  payload: MessageShortcut,
): Promise<void> {
  const { channel, message } = payload;
  const threadTs = message.thread_ts ?? message.ts;
  const place = { channelId: channel.id, threadTs };
  const refused = await refusedStart(context, { userId: payload.user.id, channelId: channel.id });
  const taken = refused === null ? await threadTaken(context, place) : null;
  const content = refused === null ? taken?.content : sentenceContent(refused);
  if (content !== undefined) {
    await tellPerson(context, {
      userId: payload.user.id,
      channelId: channel.id,
      threadTs: message.thread_ts ?? null,
      replyUrl: payload.response_url,
      content,
    });
    return;
  }
  const sourcePermalink = await readPermalink(context, channel.id, message.ts);
  const view = buildStartForm({
    place: { ...place, sourcePermalink },
    prefill: {
      title: titleOf(wordsOf(message)),
      startedAtMs: Math.round(Number(message.ts) * 1_000),
    },
  });
  await context.clients.interactive.views.open({ trigger_id: payload.trigger_id, view });
}

/** The message's first line. */
function titleOf(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return [...line].slice(0, TITLE_CHARACTERS_MAX).join('');
}
