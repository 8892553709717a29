import { z } from 'zod';
import type { Channels, CurrentMemberships, Logger, SeenChannel } from '../ports.ts';
import type { SlackClients } from './connect/clients.ts';
import { slackFailureOf } from './send/slack-failure.ts';

const isSo = z.boolean().default(false);

const channelInfo = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_member: isSo,
    is_archived: isSo,
    is_im: isSo,
    is_mpim: isSo,
    is_ext_shared: isSo,
    is_pending_ext_shared: isSo,
  }),
});

/** Channels by id, asked for each time: who is in and who reads may have changed just now. */
export function createChannels({
  clients,
  log,
  memberships,
}: {
  readonly clients: Pick<SlackClients, 'interactive'>;
  readonly log: Logger;
  readonly memberships: CurrentMemberships;
}): Channels {
  return {
    ofPerson: memberships.channelsNow,
    look: async (channelId) => {
      try {
        const answer = await clients.interactive.conversations.info({ channel: channelId });
        return seen(channelInfo.parse(answer).channel);
      } catch (error) {
        const { kind } = slackFailureOf(error);
        if (kind === 'channel-closed') return { kind: 'unseen' };
        log.warn('a channel could not be looked at', { problem: String(error) });
        return { kind: 'unknown' };
      }
    },
  };
}

function seen(channel: z.output<typeof channelInfo>['channel']): SeenChannel {
  return {
    kind: 'seen',
    name: channel.name ?? null,
    hasBot: channel.is_member,
    isArchived: channel.is_archived,
    isChannel: !channel.is_im && !channel.is_mpim,
    isShared: channel.is_ext_shared || channel.is_pending_ext_shared,
  };
}
