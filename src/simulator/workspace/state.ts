import type { Ids } from './ids.ts';
import type { Json } from './json.ts';
import { limits } from './limits.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly email: string | null;
  readonly timeZone: string;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isDeactivated: boolean;
  /** The organisation the account belongs to: the workspace's own, or one it shares a channel with. */
  readonly teamId: string;
  readonly color: string;
}

export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Json;
}

export interface Message {
  readonly ts: string;
  readonly threadTs: string | null;
  readonly userId: string;
  readonly subtype: string | null;
  readonly clientMessageId: string | null;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly metadata: MessageMetadata | null;
  readonly fileIds: readonly string[];
  /** Emoji name → who, in the order they came. */
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly edited: { readonly user: string; readonly ts: string } | null;
  readonly isPinned: boolean;
  /** A reply that was also sent to the channel. */
  readonly isBroadcast: boolean;
  /** Before this moment `conversations.history` does not know the message yet. */
  readonly visibleAtMs: number;
}

export interface EphemeralMessage {
  readonly ts: string;
  readonly threadTs: string | null;
  readonly channelId: string;
  readonly forUserId: string;
  readonly text: string;
  readonly blocks: readonly Json[];
}

export interface Bookmark {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string;
}

/** The messages are replaced, never changed; a Map keeps them in the order of their ts. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** The person at the other end of a direct conversation with the bot, null for channels. */
  readonly directWith: string | null;
  readonly createdAtMs: number;
  readonly memberIds: Set<string>;
  readonly messages: Map<string, Message>;
  readonly bookmarks: Map<string, Bookmark>;
  topic: string;
  isArchived: boolean;
  /** With another organisation, through Slack Connect. */
  isShared: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly content: Buffer;
  /** Empty while Slack would still be looking at the file. */
  readonly mimetype: string;
  readonly shares: readonly {
    readonly channelId: string;
    readonly ts: string;
    readonly threadTs: string | null;
  }[];
}

/** What a canvas is beside its file. */
export interface Canvas {
  /** Channel → what its members may do. */
  readonly access: Map<string, 'read' | 'write'>;
}

export interface OpenView {
  readonly id: string;
  readonly userId: string;
  readonly hash: string;
  readonly externalId: string;
  readonly rootId: string;
  readonly previousId: string | null;
  /** As the app sent it, block ids filled in. */
  readonly view: Json;
  readonly errors: Readonly<Record<string, string>>;
  readonly isSubmitting: boolean;
  readonly problem: string | null;
}

export interface Notice {
  readonly id: string;
  readonly channelId: string;
  readonly text: string;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly userIds: readonly string[];
}

export interface State {
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly userGroups: Map<string, UserGroup>;
  readonly files: Map<string, StoredFile>;
  /** By the id of the file. */
  readonly canvases: Map<string, Canvas>;
  ephemerals: readonly EphemeralMessage[];
  /** Person → modal stack, the top last. */
  readonly modals: Map<string, readonly OpenView[]>;
  /** Person → the Home tab as published for them. */
  readonly homes: Map<string, OpenView>;
  readonly notices: Map<string, readonly Notice[]>;
}

export function createState(): State {
  return {
    people: new Map(),
    channels: new Map(),
    userGroups: new Map(),
    files: new Map(),
    canvases: new Map(),
    ephemerals: [],
    modals: new Map(),
    homes: new Map(),
    notices: new Map(),
  };
}

export function addChannel(
  state: State,
  channel: Pick<Channel, 'id' | 'name' | 'isPrivate' | 'directWith' | 'topic'> & {
    readonly members: Iterable<string>;
  },
): Channel {
  const { members, ...rest } = channel;
  const added: Channel = {
    ...rest,
    createdAtMs: Date.now(),
    memberIds: new Set(members),
    messages: new Map(),
    bookmarks: new Map(),
    isArchived: false,
    isShared: false,
  };
  state.channels.set(added.id, added);
  return added;
}

/** The direct conversation between the bot and this person, opened when it is not there yet. */
export function directChannel(state: State, ids: Ids, userId: string, botUserId: string): Channel {
  for (const channel of state.channels.values()) {
    if (channel.directWith === userId) return channel;
  }
  return addChannel(state, {
    id: ids.id('D'),
    name: '',
    isPrivate: true,
    directWith: userId,
    topic: '',
    members: [userId, botUserId],
  });
}

export function channelType(channel: Channel): 'im' | 'group' | 'channel' {
  if (channel.directWith !== null) return 'im';
  return channel.isPrivate ? 'group' : 'channel';
}

/** Puts the message in, or in place of the one with the same ts; the oldest give way. */
export function keepMessage(channel: Channel, message: Message): void {
  channel.messages.set(message.ts, message);
  if (channel.messages.size <= limits.messagesPerChannelMax) return;
  const oldest = channel.messages.keys().next();
  if (!oldest.done) channel.messages.delete(oldest.value);
}

/** The thread's replies, oldest first, without its root. */
export function repliesTo(channel: Channel, rootTs: string): readonly Message[] {
  return [...channel.messages.values()].filter((message) => message.threadTs === rootTs);
}

export function keepEphemeral(state: State, message: EphemeralMessage): void {
  const kept = [...state.ephemerals.filter((other) => other.ts !== message.ts), message];
  const theirs = kept.filter(({ forUserId }) => forUserId === message.forUserId);
  const isTooMuch = theirs.length > limits.ephemeralMessagesPerPersonMax;
  state.ephemerals = isTooMuch ? kept.filter((other) => other !== theirs[0]) : kept;
}

export function keepFile(state: State, file: StoredFile): void {
  state.files.set(file.id, file);
  if (state.files.size <= limits.filesMax) return;
  const oldest = state.files.keys().next();
  if (!oldest.done) state.files.delete(oldest.value);
}

export function addNotice(state: State, userId: string, notice: Notice): void {
  const notices = [...(state.notices.get(userId) ?? []), notice];
  state.notices.set(userId, notices.slice(-limits.noticesPerPersonMax));
}
