import { z } from 'zod';
import type { Config } from '../../config.ts';
import type { SlackClients } from '../../slack/connect/clients.ts';
import { slackFailureOf } from '../../slack/send/slack-failure.ts';
import { type Check, type Finding, failed, notChecked, ok } from './check.ts';

/** Slack allows some fifty of these calls a minute. */
const CHANNELS_MAX = 40;

const isSo = z.boolean().default(false);
const channelInfo = z.object({
  channel: z.object({
    name: z.string().default('a conversation'),
    is_member: isSo,
    is_im: isSo,
    is_archived: isSo,
    is_ext_shared: isSo,
    is_pending_ext_shared: isSo,
  }),
});

/** One row for each channel that the configuration names. */
export function channelChecks(
  config: Config,
  clients: Pick<SlackClients, 'history'>,
): readonly Check[] {
  return channelIdsOf(config).map((channelId, index) => ({
    area: 'Slack',
    name: `channel ${channelId}`,
    run: async () =>
      index < CHANNELS_MAX
        ? checkChannel(clients, channelId)
        : notChecked(`only the first ${CHANNELS_MAX} channels are looked at`),
  }));
}

function channelIdsOf({ channels, access, alarms, webhooks }: Config): readonly string[] {
  const routes = [alarms?.fallback, ...(alarms?.rules ?? []).map(({ route }) => route)];
  return [
    ...new Set([
      ...channels.map(({ channelId }) => channelId),
      ...access.channelIds,
      ...routes.flatMap((route) => (route?.kind === 'open' ? [route.channelId] : [])),
      ...(webhooks?.targets ?? []).flatMap(({ channelIds }) => channelIds ?? []),
    ]),
  ];
}

async function checkChannel(
  { history }: Pick<SlackClients, 'history'>,
  channelId: string,
): Promise<Finding> {
  try {
    const { channel } = channelInfo.parse(await history.conversations.info({ channel: channelId }));
    const name = `#${channel.name}`;
    if (channel.is_archived) {
      return failed(`${name} is archived`, 'Name another channel in the configuration.');
    }
    if (channel.is_ext_shared || channel.is_pending_ext_shared) {
      return failed(
        `${name} is shared with another organisation`,
        'What the bot finds in AWS would be read there: name a channel of your own.',
      );
    }
    if (!channel.is_member && !channel.is_im) {
      return failed(`the bot is not in ${name}`, `Say /invite @redthread in ${name}.`);
    }
    return ok(`the bot is in ${name}`);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): Finding {
  const failure = slackFailureOf(error);
  switch (failure.kind) {
    case 'channel-closed':
      return failed(
        'Slack knows no such channel, or it is private and the bot is not in it',
        'Compare the id with the one in the channel’s details; in a private channel say /invite @redthread.',
      );
    case 'rate-limited':
      return notChecked('Slack asked for fewer calls: run it again in a minute');
    case 'credentials-refused':
      return notChecked('the bot token did not work');
    case 'scope-missing':
      return notChecked('the scope for it is missing: see the granted scopes');
    default:
      return failed('Slack could not be asked', 'Run it again.');
  }
}
