import type { SlackContext } from '../context.ts';
import { isDirect } from './access.ts';
import { recordRefusal } from './record-refusal.ts';

/** An incident is for the people of a channel. */
export const SAY_IT_IN_A_CHANNEL =
  'Incidents are worked on in channels, not in direct messages. Type /triage and what is wrong in the channel where people should see it.';

/** Why this person may not start an incident in this channel, wherever they ask for it; null: they may. */
export async function refusedStart(
  context: Pick<SlackContext, 'access' | 'store' | 'clock' | 'log'>,
  who: { readonly userId: string; readonly channelId: string },
): Promise<string | null> {
  if (isDirect(who.channelId)) return SAY_IT_IN_A_CHANNEL;
  const verdict = await context.access.check(who.userId, who.channelId);
  if (verdict.kind === 'allowed') return null;
  await recordRefusal(context, { ...who, what: 'start' }, verdict.reason);
  return verdict.sentence;
}
