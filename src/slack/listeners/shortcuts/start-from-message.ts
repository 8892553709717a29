import { findThreadIncident, movedWords } from '../../../flows/find-incident.ts';
import { wordsOf } from '../../captured-text.ts';
import type { SlackContext } from '../../context.ts';
import { buildStartForm } from '../../forms/start.ts';
import type { MessageShortcut } from '../../payloads.ts';
import { readPermalink } from '../../send/read-permalink.ts';
import { tellPerson } from '../../send/tell-person.ts';

const TITLE_CHARACTERS_MAX = 150;

/** Opens the start form with the message as title; the session's thread is that message's own. */
export async function startFromMessage(
  context: SlackContext,
  payload: MessageShortcut,
): Promise<void> {
  const { channel, message } = payload;
  const threadTs = message.thread_ts ?? message.ts;
  const taken = await findThreadIncident(context, { channelId: channel.id, threadTs });
  if (taken !== null) {
    await tellPerson(context, {
      userId: payload.user.id,
      channelId: channel.id,
      threadTs: message.thread_ts ?? null,
      replyUrl: payload.response_url,
      sentence:
        taken.kind === 'moved'
          ? movedWords(taken)
          : `${taken.incidentId} is worked on in this thread already.`,
    });
    return;
  }
  const sourcePermalink = await readPermalink(context, channel.id, message.ts);
  const view = buildStartForm({
    place: { channelId: channel.id, threadTs, sourcePermalink },
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
