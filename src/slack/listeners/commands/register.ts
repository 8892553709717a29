import type { App } from '@slack/bolt';
import { sentenceContent } from '../../blocks/error.ts';
import { renderTrailHelp } from '../../blocks/help.ts';
import type { MessageContent } from '../../blocks/message.ts';
import type { SlackContext } from '../../context.ts';
import { COMMANDS } from '../../ids.ts';
import { type SlashCommand, slashCommandPayload } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { typedLine, typedText } from '../../typed-text.ts';
import { acknowledgeOnce, guarded } from '../guard.ts';
import { answerTriage } from '../triage/answer-triage.ts';
import { readLine } from '../triage/read-line.ts';
import { askTrail } from './trail.ts';

type Handle = (context: SlackContext, command: SlashCommand) => Promise<MessageContent | null>;

const HANDLERS: readonly { readonly command: string; readonly handle: Handle }[] = [
  { command: COMMANDS.triage, handle: onTriage },
  { command: COMMANDS.trail, handle: onTrail },
];

/** Recorded first, acknowledged then; the acknowledgement carries what only the asker sees. */
export function registerCommands(app: App, context: SlackContext): void {
  for (const { command, handle } of HANDLERS) {
    app.command(command, async ({ body, ack }) => {
      const acknowledgement = acknowledgeOnce(ack);
      const say = async (content: MessageContent): Promise<void> => {
        // Slack takes words with the acknowledgement only; what comes later goes another way.
        if (acknowledgement.isSent()) await sayLater(context, body, content);
        const { text, blocks } = content;
        await acknowledgement.send({ response_type: 'ephemeral', text, blocks: [...blocks] });
      };
      await guarded(
        context,
        command,
        async () => {
          const content = await handle(context, slashCommandPayload.parse(body));
          await (content === null ? acknowledgement.send() : say(content));
        },
        ({ sentence }) => say(sentenceContent(sentence)),
        acknowledgement,
      );
    });
  }
}

async function sayLater(
  context: SlackContext,
  body: unknown,
  content: MessageContent,
): Promise<void> {
  const { user_id, channel_id, response_url } = slashCommandPayload.parse(body);
  await tellPerson(context, {
    userId: user_id,
    channelId: channel_id,
    threadTs: null,
    replyUrl: response_url,
    content,
  });
}

async function onTriage(
  context: SlackContext,
  command: SlashCommand,
): Promise<MessageContent | null> {
  const who = { userId: command.user_id, channelId: command.channel_id };
  const { request, timeZone } = await readLine(context, who, typedLine(command.text));
  const asker = {
    ...who,
    teamId: command.team_id,
    threadTs: null,
    timeZone,
    replyUrl: command.response_url,
    dedupeId: `command:${command.team_id}:${command.trigger_id}`,
  };
  const answer = await answerTriage({ context, asker }, request);
  if (answer.kind === 'nothing') return null;
  if (answer.kind === 'content') return answer.content;
  await context.clients.interactive.views.open({
    trigger_id: command.trigger_id,
    view: answer.view,
  });
  return null;
}

async function onTrail(
  context: SlackContext,
  command: SlashCommand,
): Promise<MessageContent | null> {
  if (/^\s*(?:help|--help|\?)?\s*$/i.test(command.text)) return renderTrailHelp();
  await askTrail(context, {
    question: typedText(command.text),
    userId: command.user_id,
    channelId: command.channel_id,
    threadTs: null,
    replyUrl: command.response_url,
    dedupeId: `command:${command.team_id}:${command.trigger_id}`,
  });
  return null;
}
