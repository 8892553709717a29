import type { z } from 'zod';
import { findThreadIncident, movedWords } from '../../../flows/find-incident.ts';
import type { SlackContext } from '../../context.ts';
import type { threadTalkEvent } from '../../payloads.ts';
import { type Addressee, tellPerson } from '../../send/tell-person.ts';

/** Whoever goes on in a thread that its incident has left is told so once, and nobody else is. */
export async function onThreadTalk(
  context: SlackContext,
  said: z.output<typeof threadTalkEvent>,
): Promise<void> {
  const { channel: channelId, user: userId, thread_ts: threadTs } = said;
  if (said.bot_id != null) return;
  const found = await findThreadIncident(context, { channelId, threadTs });
  if (found?.kind !== 'moved') return;
  const moved = { incidentId: found.incidentId, movedTo: found.channelId };
  await tellMovedOnce(
    context,
    { userId, channelId, threadTs },
    { ...moved, sentence: movedWords(found) },
  );
}

export async function tellMovedOnce(
  context: SlackContext,
  to: Omit<Addressee, 'replyUrl'>,
  moved: { readonly incidentId: string; readonly movedTo: string; readonly sentence: string },
): Promise<void> {
  const told = `moved-told:${moved.incidentId}:${moved.movedTo}:${to.channelId}:${to.userId}`;
  const isFirst = await context.store.schedule([], told);
  if (isFirst) await tellPerson(context, { ...to, replyUrl: null, sentence: moved.sentence });
}
