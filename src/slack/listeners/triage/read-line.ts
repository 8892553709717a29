import { parseTriage } from '../../../domain/triage/parse-triage.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { accountNamesOf } from '../../../flows/choose-targets.ts';
import type { SlackContext } from '../../context.ts';

/** What somebody typed, by their own clock and by the names of the channel's accounts. */
export async function readLine(
  { people, clock, scopeOf }: Pick<SlackContext, 'people' | 'clock' | 'scopeOf'>,
  { userId, channelId }: { readonly userId: string; readonly channelId: string },
  text: string,
): Promise<{ readonly request: TriageCommand; readonly timeZone: string }> {
  const { timeZone } = await people.describe(userId);
  const accounts = accountNamesOf(scopeOf(channelId));
  const when = { timeZone, nowMs: clock.nowMs(), meaning: 'past', accounts } as const;
  return { request: parseTriage(text, when), timeZone };
}
