import type { Core } from './core.ts';
import type { Json } from './json.ts';
import { messagePayload } from './render.ts';
import {
  type Channel,
  channelType,
  keepMessage,
  type Message,
  type MessageMetadata,
  repliesTo,
} from './state.ts';

export interface NewMessage {
  readonly channel: Channel;
  readonly userId: string;
  readonly text: string;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  /** Where no such root exists the message is posted outside threads, as Slack does. */
  readonly threadTs?: string | null;
  readonly isBroadcast?: boolean;
  readonly metadata?: MessageMetadata | null;
  readonly fileIds?: readonly string[];
  readonly subtype?: string;
  readonly clientMessageId?: string;
}

const subscriptions = {
  im: 'message.im',
  group: 'message.groups',
  channel: 'message.channels',
} as const satisfies Record<ReturnType<typeof channelType>, string>;

/** The app hears only what happens in channels it is a member of. */
export function isHeardByApp(core: Core, channel: Channel): boolean {
  return channel.memberIds.has(core.settings.botUserId);
}

function publishMessageEvent(core: Core, channel: Channel, event: Json): void {
  if (!isHeardByApp(core, channel)) return;
  const type = channelType(channel);
  core.publish(subscriptions[type], {
    type: 'message',
    ...event,
    channel: channel.id,
    event_ts: event['event_ts'] ?? event['ts'],
    channel_type: type,
  });
}

function publishMention(core: Core, channel: Channel, message: Message): void {
  const { botUserId } = core.settings;
  if (channel.directWith !== null || message.userId === botUserId) return;
  if (!message.text.includes(`<@${botUserId}>`) || !isHeardByApp(core, channel)) return;
  core.publish('app_mention', {
    ...messagePayload(core, channel, message),
    type: 'app_mention',
    channel: channel.id,
    event_ts: message.ts,
  });
}

export function postMessage(core: Core, fresh: NewMessage): Message {
  const root = fresh.threadTs ? fresh.channel.messages.get(fresh.threadTs) : undefined;
  const threadTs = root !== undefined && root.threadTs === null ? root.ts : null;
  const message: Message = {
    ts: core.ids.nextTs(),
    threadTs,
    userId: fresh.userId,
    subtype: fresh.subtype ?? null,
    clientMessageId: fresh.clientMessageId ?? null,
    text: fresh.text,
    blocks: fresh.blocks ?? [],
    attachments: fresh.attachments ?? [],
    metadata: fresh.metadata ?? null,
    fileIds: fresh.fileIds ?? [],
    reactions: new Map(),
    edited: null,
    isPinned: false,
    isBroadcast: threadTs !== null && fresh.isBroadcast === true,
    visibleAtMs: Date.now() + core.faults.historyLagMs(),
  };
  keepMessage(fresh.channel, message);
  publishMessageEvent(core, fresh.channel, messagePayload(core, fresh.channel, message));
  publishMention(core, fresh.channel, message);
  core.changed();
  return message;
}

/** Replaces the message. Only changes that Slack announces are announced: not reactions, not pins. */
export function changeMessage(
  core: Core,
  channel: Channel,
  message: Message,
  change: Partial<Omit<Message, 'ts' | 'threadTs' | 'userId'>>,
): Message {
  const changed = { ...message, ...change };
  keepMessage(channel, changed);
  publishMessageEvent(core, channel, {
    subtype: 'message_changed',
    message: messagePayload(core, channel, changed),
    previous_message: messagePayload(core, channel, message),
    hidden: true,
    ts: core.ids.nextTs(),
  });
  core.changed();
  return changed;
}

/** A root with replies leaves a tombstone, because its thread stays; anything else is gone. */
export function removeMessage(core: Core, channel: Channel, message: Message): void {
  if (message.threadTs === null && repliesTo(channel, message.ts).length > 0) {
    changeMessage(core, channel, message, {
      subtype: 'tombstone',
      text: 'This message was deleted.',
      blocks: [],
      attachments: [],
      metadata: null,
      fileIds: [],
      reactions: new Map(),
      isPinned: false,
    });
    return;
  }
  channel.messages.delete(message.ts);
  publishMessageEvent(core, channel, {
    subtype: 'message_deleted',
    deleted_ts: message.ts,
    previous_message: messagePayload(core, channel, message),
    hidden: true,
    ts: core.ids.nextTs(),
  });
  core.changed();
}
