import type { Core } from './core.ts';
import { type Acknowledgement, once } from './delivery.ts';
import { isEmptyPayload } from './json.ts';
import type { ManifestCommand } from './manifest.ts';
import { mentionable } from './mentionable.ts';
import { composeText } from './message-format.ts';
import { type ResponseTarget, respond } from './responses.ts';
import { addNotice, type Channel, type Person } from './state.ts';
import { wording } from './wording.ts';

const errors = {
  timeout: 'operation_timeout',
  unreachable: 'dispatch_failed',
} as const satisfies Record<Exclude<Acknowledgement['kind'], 'acked'>, string>;

/** `/name rest of the line`, or null where the text is no command. */
export function splitCommand(
  text: string,
): { readonly name: string; readonly rest: string } | null {
  const match = /^\/(\S+)\s*([\s\S]*)$/.exec(text);
  return match === null ? null : { name: `/${match[1]}`, rest: (match[2] ?? '').trimEnd() };
}

/** Sends the command to the app and shows what came back, or Slack's notice that nothing did. */
export async function runSlashCommand(
  core: Core,
  person: Person,
  channel: Channel,
  command: ManifestCommand,
  rest: string,
): Promise<void> {
  const { settings } = core;
  const target: ResponseTarget = {
    kind: 'commands',
    userId: person.id,
    channelId: channel.id,
    message: null,
  };
  const answer = await core.deliver(
    once('slash_commands', {
      token: settings.verificationToken,
      team_id: settings.teamId,
      team_domain: settings.teamDomain,
      channel_id: channel.id,
      channel_name: channel.directWith === null ? channel.name : 'directmessage',
      user_id: person.id,
      user_name: person.name,
      command: command.command,
      text: command.shouldEscape ? composeText(rest, mentionable(core)) : rest,
      api_app_id: settings.appId,
      is_enterprise_install: 'false',
      response_url: core.responseUrls.issue(target),
      trigger_id: core.triggers.issue({ userId: person.id, viewId: null }),
    }),
  );
  const failure =
    answer.kind === 'acked' ? show(core, target, answer.payload) : errors[answer.kind];
  if (failure === null) return;
  const text = wording.commandFailed(command.command, failure);
  addNotice(core.state, person.id, { id: core.ids.id('N'), channelId: channel.id, text });
  core.changed();
}

/** Returns Slack's error where the answer cannot be shown. */
function show(core: Core, target: ResponseTarget, payload: unknown): string | null {
  return isEmptyPayload(payload) ? null : respond(core, target, payload);
}
