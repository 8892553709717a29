import type { z } from 'zod';
import type { SlackContext } from '../../context.ts';
import type { mentionEvent } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { typedLine } from '../../typed-text.ts';
import { guarded } from '../guard.ts';
import { answerTriage } from '../triage/answer-triage.ts';
import { readLine } from '../triage/read-line.ts';

/** For longer than Slack brings one mention again. */
const ANSWERED_MS = 25 * 60 * 60_000;

/**
 * `@redthread …`: slash commands do not exist in threads, so a mention speaks the same grammar: questions as well.
 */
export async function onMention(
  context: SlackContext,
  event: z.infer<typeof mentionEvent>,
  teamId: string,
): Promise<void> {
  const userId = event.user;
  if (userId == null || event.bot_id != null) return;
  const threadTs = event.thread_ts ?? null;
  const to = { userId, channelId: event.channel, threadTs, replyUrl: null };
  // Slack may send one mention under several event ids: the message itself is what happens once.
  const dedupeId = `mention:${teamId}:${event.channel}:${event.ts}`;
  await guarded(
    context,
    'mention',
    async () => {
      // Nothing said to the bot is answered as nothing typed: with the menu.
      const text = lineToBot(event.text, context.botUserId) ?? '';
      const { request, timeZone } = await readLine(context, to, text);
      const asker = { ...to, teamId, timeZone, dedupeId };
      const answer = await answerTriage({ context, asker }, request);
      if (answer.kind === 'nothing') return;
      if ((await context.store.readCached(dedupeId)) !== null) return;
      const content = answer.kind === 'content' ? answer.content : answer.without;
      await tellPerson(context, { ...to, content });
      // After it: who was not told because the bot was stopped is told when Slack brings it again.
      await context.store.saveCached(dedupeId, 'answered', ANSWERED_MS);
    },
    ({ sentence }) => tellPerson(context, { ...to, sentence }),
  );
}

/** "Thanks @redthread" is said about the bot, not to it: null, and the menu shows what could be. */
function lineToBot(typed: string, botUserId: string): string | null {
  const mention = `<@${botUserId}>`;
  const text = typedLine(typed);
  const at = text.indexOf(mention);
  if (at < 0 || /[\p{L}\p{N}<]/u.test(text.slice(0, at))) return null;
  const line = text.slice(at + mention.length).replaceAll(mention, ' ');
  return line.replace(/^[\s,:;]+/, '').trim();
}
