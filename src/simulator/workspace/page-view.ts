import { canvasMimetype, linkedCanvases } from './canvases.ts';
import type { Core } from './core.ts';
import { limits } from './limits.ts';
import { isTextType } from './mimetypes.ts';
import type {
  PageChannel,
  PageFile,
  PageMessage,
  PagePerson,
  PageView,
  PageWorkspace,
} from './page-protocol.ts';
import { isVisibleTo } from './people.ts';
import type { Channel, EphemeralMessage, Message, Person, StoredFile } from './state.ts';
import { stackOf } from './views.ts';

/** One person's whole view of the workspace. */
export function pageWorkspace(core: Core, person: Person, appConnections: number): PageWorkspace {
  const { state, settings } = core;
  const visible = [...state.channels.values()].filter((channel) => isVisibleTo(channel, person));
  return {
    name: settings.teamName,
    me: pagePerson(person),
    people: [...state.people.values()].map(pagePerson),
    channels: visible.map((channel) => pageChannel(core, person, channel)),
    commands: settings.manifest.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    messageShortcuts: settings.manifest.messageShortcuts,
    modal: pageModal(core, person),
    home: state.homes.get(person.id)?.view ?? null,
    appConnections,
    notices: state.notices.get(person.id) ?? [],
  };
}

function pagePerson({ id, name, realName, isBot, color }: Person): PagePerson {
  return { id, name, realName, isBot, color };
}

function pageModal(core: Core, person: Person): PageView | null {
  const top = stackOf(core, person.id).at(-1);
  if (top === undefined) return null;
  const { id, hash, view, errors, isSubmitting, problem } = top;
  return { id, hash, view, errors, submitting: isSubmitting, problem };
}

function pageChannel(core: Core, person: Person, channel: Channel): PageChannel {
  const { settings, state } = core;
  const isDirect = channel.directWith !== null;
  const replies = repliesByRoot(channel);
  const isSeen = (channelId: string): boolean => {
    const other = state.channels.get(channelId);
    return other !== undefined && isVisibleTo(other, person);
  };
  const messages = [...channel.messages.values()].map((message) =>
    pageMessage(core, message, replies.get(message.ts) ?? [], isSeen),
  );
  const ephemerals = state.ephemerals
    .filter(({ channelId, forUserId }) => channelId === channel.id && forUserId === person.id)
    .map((message) => pageEphemeral(core, message));
  return {
    id: channel.id,
    name: isDirect ? settings.manifest.botName : channel.name,
    isPrivate: channel.isPrivate,
    isDirect,
    isArchived: channel.isArchived,
    topic: channel.topic,
    botIsMember: channel.memberIds.has(settings.botUserId),
    messages: [...messages, ...ephemerals].sort((left, right) => (left.ts < right.ts ? -1 : 1)),
  };
}

function repliesByRoot(channel: Channel): ReadonlyMap<string, readonly Message[]> {
  const threaded = [...channel.messages.values()].filter(({ threadTs }) => threadTs !== null);
  return Map.groupBy(threaded, ({ threadTs }) => threadTs ?? '');
}

/** Slack shows a card below a message that links to a canvas. */
function canvasesIn(
  core: Core,
  { text, userId }: Message,
  isVisible: (channelId: string) => boolean,
): readonly StoredFile[] {
  // The buttons of a card are links too, and get none.
  return userId === core.settings.botUserId ? linkedCanvases(core, text, isVisible) : [];
}

function pageMessage(
  core: Core,
  message: Message,
  replies: readonly Message[],
  isVisible: (channelId: string) => boolean,
): PageMessage {
  const files = message.fileIds
    .map((id) => core.state.files.get(id))
    .filter((file) => file !== undefined);
  const isTyped = message.clientMessageId !== null;
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    isBroadcast: message.isBroadcast,
    userId: message.userId,
    text: message.text,
    // What people typed is shown from its text, which the page can draw without the rich text blocks.
    blocks: isTyped ? [] : message.blocks,
    files: [...files, ...canvasesIn(core, message, isVisible)].map(pageFile),
    reactions: [...message.reactions].map(([name, userIds]) => ({ name, userIds })),
    replyCount: replies.length,
    replyUserIds: [...new Set(replies.map(({ userId }) => userId))],
    edited: message.edited !== null,
    pinned: message.isPinned,
    ephemeral: false,
  };
}

function pageEphemeral(core: Core, message: EphemeralMessage): PageMessage {
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    isBroadcast: false,
    userId: core.settings.botUserId,
    text: message.text,
    blocks: message.blocks,
    files: [],
    reactions: [],
    replyCount: 0,
    replyUserIds: [],
    edited: false,
    pinned: false,
    ephemeral: true,
  };
}

function pageFile(file: StoredFile): PageFile {
  const isReady = file.mimetype !== '';
  const isCanvas = file.mimetype === canvasMimetype;
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    sizeBytes: file.content.length,
    url: isReady ? `/files/${file.id}/${encodeURIComponent(file.name)}` : null,
    preview:
      isTextType(file.mimetype) || isCanvas
        ? file.content.toString('utf8').slice(0, limits.previewCharactersMax)
        : null,
  };
}
