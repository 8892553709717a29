import { findIncident, type Place } from '../../flows/find-incident.ts';
import type { SlackContext } from '../context.ts';
import { tellPerson } from '../send/tell-person.ts';
import { recordRefusal } from './record-refusal.ts';

/**
 * Whether this person may not do that here. Said only where there is an incident: reactions
 * anywhere else are none of the bot's business.
 */
export async function isRefusedHere(
  context: SlackContext,
  who: Place & { readonly userId: string; readonly what: string },
): Promise<boolean> {
  const { userId, channelId, threadTs } = who;
  const verdict = await context.access.check(userId, channelId);
  if (verdict.kind === 'allowed') return false;
  const found = await findIncident(context, { channelId, threadTs });
  if (found.kind === 'none') return true;
  const { sentence } = verdict;
  await tellPerson(context, { userId, channelId, threadTs, replyUrl: null, sentence });
  await recordRefusal(context, who, verdict.reason);
  return true;
}
