import { z } from 'zod';
import { limits } from '../limits.ts';
import { react } from '../reactions.ts';
import { Refusal } from '../refusal.ts';
import { messagePayload } from '../render.ts';
import { keepMessage } from '../state.ts';
import { flag, optionalText, text } from './arguments.ts';
import { permalink } from './chat.ts';
import { requireMembership, requireMessage } from './lookup.ts';
import { type ApiContext, type MethodTable, method } from './method.ts';

/** Reactions, pins and bookmarks. */

const reaction = z.object({ channel: text, timestamp: text, name: text });

function changeReaction({ core }: ApiContext, args: z.output<typeof reaction>, add: boolean) {
  const channel = requireMembership(core, args.channel);
  const message = requireMessage(channel, args.timestamp);
  const name = args.name.replaceAll(':', '');
  const problem = react(core, channel, message, { userId: core.settings.botUserId, name, add });
  if (problem !== null) throw new Refusal(problem);
  return {};
}

const pin = z.object({ channel: text, timestamp: text });

function changePin({ core }: ApiContext, args: z.output<typeof pin>, isPinned: boolean) {
  const channel = requireMembership(core, args.channel);
  if (channel.isArchived) throw new Refusal('is_archived');
  const message = requireMessage(channel, args.timestamp);
  if (message.isPinned === isPinned) throw new Refusal(isPinned ? 'already_pinned' : 'no_pin');
  const pinned = [...channel.messages.values()].filter((each) => each.isPinned);
  if (isPinned && pinned.length >= limits.pinsPerChannelMax) throw new Refusal('too_many_pins');
  keepMessage(channel, { ...message, isPinned });
  core.changed();
  return {};
}

const listPins = method(
  { tier: 'tier2', scopes: ['pins:read'] },
  z.object({ channel: text }),
  ({ core }, args) => {
    const channel = requireMembership(core, args.channel);
    const pinned = [...channel.messages.values()].filter((message) => message.isPinned);
    return {
      items: pinned.map((message) => ({
        type: 'message',
        channel: channel.id,
        created: Math.floor(Number(message.ts)),
        created_by: core.settings.botUserId,
        message: {
          ...messagePayload(core, channel, message),
          permalink: permalink(core, channel.id, message),
        },
      })),
    };
  },
);

const getReactions = method(
  { tier: 'tier3', scopes: ['reactions:read'] },
  z.object({ channel: text, timestamp: text, full: flag }),
  ({ core }, args) => {
    const channel = requireMembership(core, args.channel);
    const message = requireMessage(channel, args.timestamp);
    return {
      type: 'message',
      channel: channel.id,
      message: messagePayload(core, channel, message),
    };
  },
);

const addBookmark = method(
  { tier: 'tier2', scopes: ['bookmarks:write'] },
  z.object({ channel_id: text, title: text, type: text, link: optionalText, emoji: optionalText }),
  ({ core }, args) => {
    const channel = requireMembership(core, args.channel_id);
    if (args.type !== 'link') throw new Refusal('invalid_bookmark_type');
    if (args.link === undefined || !URL.canParse(args.link)) throw new Refusal('invalid_link');
    if (channel.bookmarks.size >= limits.bookmarksPerChannelMax)
      throw new Refusal('too_many_bookmarks');
    const id = core.ids.id('Bk');
    const bookmark = { id, title: args.title, link: args.link, emoji: args.emoji ?? '' };
    channel.bookmarks.set(id, bookmark);
    return { bookmark: { ...bookmark, channel_id: channel.id, type: 'link' } };
  },
);

const listBookmarks = method(
  { tier: 'tier3', scopes: ['bookmarks:read'] },
  z.object({ channel_id: text }),
  ({ core }, args) => {
    const channel = requireMembership(core, args.channel_id);
    const bookmarks = [...channel.bookmarks.values()];
    return {
      bookmarks: bookmarks.map((each) => ({ ...each, channel_id: channel.id, type: 'link' })),
    };
  },
);

export const markMethods = {
  'reactions.add': method(
    { tier: 'tier3', scopes: ['reactions:write'] },
    reaction,
    (context, args) => changeReaction(context, args, true),
  ),
  'reactions.remove': method(
    { tier: 'tier2', scopes: ['reactions:write'] },
    reaction,
    (context, args) => changeReaction(context, args, false),
  ),
  'reactions.get': getReactions,
  'pins.add': method({ tier: 'tier2', scopes: ['pins:write'] }, pin, (context, args) =>
    changePin(context, args, true),
  ),
  'pins.remove': method({ tier: 'tier2', scopes: ['pins:write'] }, pin, (context, args) =>
    changePin(context, args, false),
  ),
  'pins.list': listPins,
  'bookmarks.add': addBookmark,
  'bookmarks.list': listBookmarks,
} as const satisfies MethodTable;
