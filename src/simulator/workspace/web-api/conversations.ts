import { z } from 'zod';
import type { Core } from '../core.ts';
import type { Json } from '../json.ts';
import { joinChannel } from '../membership.ts';
import { Refusal } from '../refusal.ts';
import { channelPayload } from '../render.ts';
import { type Channel, directChannel } from '../state.ts';
import { count, flag, idList, optionalText, page, text } from './arguments.ts';
import { requireChannel, requirePerson } from './lookup.ts';
import { type MethodTable, method } from './method.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const PAGE_MAX = 1_000;

const paged = { limit: count(100, PAGE_MAX), cursor: optionalText };
const oneChannel = z.object({ channel: text });

function typeOf(channel: Channel): string {
  if (channel.directWith !== null) return 'im';
  return channel.isPrivate ? 'private_channel' : 'public_channel';
}

interface ListArguments {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly exclude_archived: boolean;
}

function listChannels(
  core: Core,
  args: ListArguments,
  isListed: (channel: Channel) => boolean,
): Json {
  const types = args.types ?? ['public_channel'];
  const channels = [...core.state.channels.values()].filter(
    (channel) =>
      types.includes(typeOf(channel)) &&
      isListed(channel) &&
      !(args.exclude_archived && channel.isArchived),
  );
  const { items, nextCursor } = page(channels, args.limit, args.cursor);
  return {
    channels: items.map((channel) => channelPayload(core, channel)),
    response_metadata: { next_cursor: nextCursor },
  };
}

const listArguments = { ...paged, types: idList, exclude_archived: flag };

const info = method({ tier: 'tier3', scopes: READ }, oneChannel, ({ core }, args) => ({
  channel: channelPayload(core, requireChannel(core, args.channel)),
}));

const list = method({ tier: 'tier2', scopes: READ }, z.object(listArguments), ({ core }, args) => {
  const { botUserId } = core.settings;
  return listChannels(
    core,
    args,
    (channel) => !channel.isPrivate || channel.memberIds.has(botUserId),
  );
});

const ofUser = z.object({ ...listArguments, user: optionalText });

const usersConversations = method({ tier: 'tier3', scopes: READ }, ofUser, ({ core }, args) => {
  const { botUserId } = core.settings;
  const userId = args.user === undefined ? botUserId : requirePerson(core, args.user).id;
  return listChannels(
    core,
    args,
    ({ memberIds, isPrivate }) => memberIds.has(userId) && (!isPrivate || memberIds.has(botUserId)),
  );
});

const members = method(
  { tier: 'tier4', scopes: READ },
  z.object({ channel: text, ...paged }),
  ({ core }, args) => {
    const channel = requireChannel(core, args.channel);
    const { items, nextCursor } = page([...channel.memberIds], args.limit, args.cursor);
    return { members: items, response_metadata: { next_cursor: nextCursor } };
  },
);

const open = method(
  { tier: 'tier3', scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'] },
  z.object({ users: idList, channel: optionalText, return_im: flag }),
  ({ core }, args) => {
    if (args.channel !== undefined)
      return { channel: { id: requireChannel(core, args.channel).id } };
    const [userId, ...others] = args.users ?? [];
    if (userId === undefined) throw new Refusal('users_list_not_supplied');
    if (others.length > 0) throw new Refusal('method_not_supported_for_channel_type');
    const person = requirePerson(core, userId);
    if (person.isBot) throw new Refusal('cannot_dm_bot');
    if (person.isDeactivated) throw new Refusal('user_disabled');
    const channel = directChannel(core.state, core.ids, person.id, core.settings.botUserId);
    core.changed();
    return { channel: args.return_im ? channelPayload(core, channel) : { id: channel.id } };
  },
);

const join = method({ tier: 'tier3', scopes: ['channels:join'] }, oneChannel, ({ core }, args) => {
  const channel = requireChannel(core, args.channel);
  if (channel.isPrivate) throw new Refusal('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new Refusal('is_archived');
  joinChannel(core, channel, core.settings.botUserId, null);
  return { channel: channelPayload(core, channel) };
});

export const conversationMethods = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.join': join,
  'users.conversations': usersConversations,
} as const satisfies MethodTable;
