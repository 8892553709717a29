import type { z } from 'zod';
import { findThreadIncident, movedWords } from '../../../flows/find-incident.ts';
import type { SlackContext } from '../../context.ts';
import type { threadTalkEvent } from '../../payloads.ts';
import { type Addressee, tellPerson } from '../../send/tell-person.ts';
import { offerCatchUp } from './offer-catch-up.ts';

/**
 * Whoever goes on in a thread that its incident has left is told so once; who is new to one that is
 * there is offered to be caught up.
 */
export async function onThreadTalk(
  context: SlackContext,
  said: z.output<typeof threadTalkEvent>,
): Promise<void> {
  const { channel: channelId, user: userId, thread_ts: threadTs } = said;
  if (said.bot_id != null) return;
  const found = await findThreadIncident(context, { channelId, threadTs });
  const to = { userId, channelId, threadTs };
  if (found?.kind === 'one') return offerCatchUp(context, { incidentId: found.incidentId, to });
  if (found === null) return;
  const moved = { incidentId: found.incidentId, movedTo: found.channelId };
  await tellMovedOnce(context, to, { ...moved, sentence: movedWords(found) });
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
