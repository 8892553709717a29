import type { Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import { type Channel, directChannel, type Message, type Person } from '../state.ts';

/** Finding things the way Slack lets an app find them: or the refusal it gives. */

function seenByBot(core: Core, channel: Channel): boolean {
  return !channel.isPrivate || channel.memberIds.has(core.settings.botUserId);
}

export function requireChannel(core: Core, id: string): Channel {
  const channel = core.state.channels.get(id);
  if (channel === undefined || !seenByBot(core, channel)) throw new Refusal('channel_not_found');
  return channel;
}

/** A channel the bot may read. */
export function requireMembership(core: Core, id: string): Channel {
  const channel = requireChannel(core, id);
  if (!channel.memberIds.has(core.settings.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

/** A channel the bot may write to. Also takes a channel's name, and a person's id for a direct message. */
export function requireWritable(core: Core, idOrName: string): Channel {
  const { state, ids, settings } = core;
  const name = idOrName.replace(/^#/, '');
  const byName = [...state.channels.values()].find((channel) => channel.name === name)?.id;
  const person = state.people.get(idOrName);
  const channel =
    person === undefined
      ? requireChannel(core, byName ?? idOrName)
      : directChannel(state, ids, person.id, settings.botUserId);
  if (channel.isArchived) throw new Refusal('is_archived');
  const mayWrite =
    channel.memberIds.has(settings.botUserId) ||
    settings.manifest.botScopes?.has('chat:write.public') === true;
  if (!mayWrite) throw new Refusal('not_in_channel');
  return channel;
}

export function requireMessage(channel: Channel, ts: string, code = 'message_not_found'): Message {
  const message = channel.messages.get(ts);
  if (message === undefined || message.subtype === 'tombstone') throw new Refusal(code);
  return message;
}

export function requirePerson(core: Core, userId: string): Person {
  const person = core.state.people.get(userId);
  if (person === undefined) throw new Refusal('user_not_found');
  return person;
}
