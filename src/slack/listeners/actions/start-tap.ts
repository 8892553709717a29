import { findThreadIncident } from '../../../flows/find-incident.ts';
import { isDirect } from '../../access/access.ts';
import { refusedStart, SAY_IT_IN_A_CHANNEL } from '../../access/refused-start.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildStartForm } from '../../forms/start.ts';
import { openTyped } from '../triage/typed-title.ts';
import { openView } from './open-view.ts';
import type { Tap } from './run.ts';

/** Opens what was typed already, or the form for an incident where the button is, in its thread if that has none yet. */
export async function openStartForm(tap: Tap): Promise<MessageContent | null> {
  const { who, target } = tap;
  if (target.itemId !== null) return openTyped(tap, target.itemId);
  const channelId = await channelOf(tap);
  if (channelId === null) return sentenceContent(SAY_IT_IN_A_CHANNEL);
  const refused = await refusedStart(tap.context, { userId: who.userId, channelId });
  if (refused !== null) return sentenceContent(refused);
  const isHere = who.threadTs !== null && who.channelId === channelId;
  const taken = isHere ? await findThreadIncident(tap.context, who) : null;
  const threadTs = isHere && taken === null ? who.threadTs : null;
  const place = { channelId, threadTs, sourcePermalink: null };
  return openView(tap, buildStartForm({ place, prefill: {} }));
}

/** In a direct message and in a window: the channel of the incident that it is about. */
async function channelOf({ context, payload, target }: Tap): Promise<string | null> {
  const channelId = payload.channel?.id ?? null;
  if (channelId !== null && !isDirect(channelId)) return channelId;
  if (target.incidentId === null) return null;
  return (await context.store.readState(target.incidentId))?.channelId ?? null;
}
