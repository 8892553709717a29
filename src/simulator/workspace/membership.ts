import type { Core } from './core.ts';
import { isHeardByApp, postMessage } from './messages.ts';
import { type Channel, channelType } from './state.ts';

/** Lets the person or the bot in, with the line and the events that Slack makes of it. */
export function joinChannel(
  core: Core,
  channel: Channel,
  userId: string,
  inviterId: string | null,
): void {
  if (channel.memberIds.has(userId)) return;
  channel.memberIds.add(userId);
  if (isHeardByApp(core, channel)) {
    core.publish('member_joined_channel', {
      type: 'member_joined_channel',
      user: userId,
      channel: channel.id,
      channel_type: channelType(channel) === 'channel' ? 'C' : 'G',
      team: core.settings.teamId,
      ...(inviterId === null ? {} : { inviter: inviterId }),
      event_ts: core.ids.nextTs(),
    });
  }
  postMessage(core, {
    channel,
    userId,
    text: `<@${userId}> has joined the channel`,
    subtype: 'channel_join',
  });
}

export function leaveChannel(core: Core, channel: Channel, userId: string): void {
  if (!channel.memberIds.delete(userId)) return;
  const event = {
    type: 'member_left_channel',
    user: userId,
    channel: channel.id,
    channel_type: channelType(channel) === 'channel' ? 'C' : 'G',
    team: core.settings.teamId,
    event_ts: core.ids.nextTs(),
  };
  if (userId === core.settings.botUserId) {
    core.publish('channel_left', {
      type: 'channel_left',
      channel: channel.id,
      event_ts: event.event_ts,
    });
  } else if (isHeardByApp(core, channel)) core.publish('member_left_channel', event);
  core.changed();
}
