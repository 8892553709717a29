import type { Core } from './core.ts';
import { limits } from './limits.ts';
import { isHeardByApp } from './messages.ts';
import { type Channel, keepMessage, type Message } from './state.ts';

export type ReactionProblem = 'already_reacted' | 'no_reaction' | 'too_many_emoji' | 'invalid_name';

/** Adds or takes away one person's emoji. Returns Slack's error, or null. */
export function react(
  core: Core,
  channel: Channel,
  message: Message,
  change: { readonly userId: string; readonly name: string; readonly add: boolean },
): ReactionProblem | null {
  const { userId, name, add } = change;
  if (!/^[\w+'-]{1,100}(::skin-tone-[2-6])?$/.test(name)) return 'invalid_name';
  const users = message.reactions.get(name) ?? [];
  if (add && users.includes(userId)) return 'already_reacted';
  if (!add && !users.includes(userId)) return 'no_reaction';
  if (add && users.length === 0 && message.reactions.size >= limits.reactionsPerMessageMax) {
    return 'too_many_emoji';
  }
  const reactions = new Map(message.reactions);
  const left = add ? [...users, userId] : users.filter((user) => user !== userId);
  if (left.length > 0) reactions.set(name, left);
  else reactions.delete(name);
  keepMessage(channel, { ...message, reactions });
  announce(core, channel, message, change);
  core.changed();
  return null;
}

function announce(
  core: Core,
  channel: Channel,
  message: Message,
  { userId, name, add }: { readonly userId: string; readonly name: string; readonly add: boolean },
): void {
  if (!isHeardByApp(core, channel)) return;
  const type = add ? 'reaction_added' : 'reaction_removed';
  core.publish(type, {
    type,
    user: userId,
    reaction: name,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    item_user: message.userId,
    event_ts: core.ids.nextTs(),
  });
}
