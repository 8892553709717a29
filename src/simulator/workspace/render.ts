import { canvasMimetype, canvasUrl } from './canvases.ts';
import type { Core } from './core.ts';
import type { Json } from './json.ts';
import {
  type Channel,
  channelType,
  type Message,
  type Person,
  repliesTo,
  type StoredFile,
} from './state.ts';

/** Shapes of the Web API and of payloads, as Slack sends them. */

function threadFields(channel: Channel, message: Message): Json {
  if (message.threadTs !== null) {
    const root = channel.messages.get(message.threadTs);
    return { thread_ts: message.threadTs, parent_user_id: root?.userId };
  }
  const replies = repliesTo(channel, message.ts);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((reply) => reply.userId))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users.slice(0, 5),
    is_locked: false,
    subscribed: false,
  };
}

export function reactionList(message: Message): readonly Json[] {
  return [...message.reactions].map(([name, users]) => ({ name, users, count: users.length }));
}

function optionalFields(core: Core, message: Message): Json {
  const files = message.fileIds
    .map((id) => core.state.files.get(id))
    .filter((file) => file !== undefined);
  return {
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(message.clientMessageId === null ? {} : { client_msg_id: message.clientMessageId }),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(files.length > 0
      ? { files: files.map((file) => filePayload(core, file)), upload: false }
      : {}),
    ...(message.edited === null ? {} : { edited: message.edited }),
    ...(message.reactions.size > 0 ? { reactions: reactionList(message) } : {}),
  };
}

export function messagePayload(
  core: Core,
  channel: Channel,
  message: Message,
  options: { readonly withMetadata: boolean } = { withMetadata: false },
): Json {
  const { settings } = core;
  const isBot = message.userId === settings.botUserId;
  return {
    user: message.userId,
    type: 'message',
    ts: message.ts,
    ...(isBot ? { bot_id: settings.botId, app_id: settings.appId } : {}),
    text: message.text,
    team: settings.teamId,
    ...(isBot ? { bot_profile: botProfile(core) } : {}),
    ...optionalFields(core, message),
    ...threadFields(channel, message),
    ...(options.withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(message.isPinned ? { pinned_to: [channel.id] } : {}),
  };
}

function botProfile(core: Core): Json {
  const { settings } = core;
  return {
    id: settings.botId,
    app_id: settings.appId,
    user_id: settings.botUserId,
    name: settings.manifest.botName,
    icons: {},
    deleted: false,
    updated: 0,
    team_id: settings.teamId,
  };
}

export function filePayload(core: Core, file: StoredFile): Json {
  const { settings } = core;
  const isReady = file.mimetype !== '';
  const url = `${settings.baseUrl}/files-pri/${settings.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  return {
    id: file.id,
    created: Math.floor(file.createdAtMs / 1_000),
    timestamp: Math.floor(file.createdAtMs / 1_000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: isReady ? (file.name.split('.').at(-1) ?? '') : '',
    pretty_type: '',
    user: file.userId,
    user_team: settings.teamId,
    editable: false,
    size: file.content.length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: true,
    public_url_shared: false,
    url_private: `${url}/${name}`,
    url_private_download: `${url}/download/${name}`,
    permalink: `${settings.baseUrl}/files/${file.id}/${name}`,
    ...(file.mimetype === canvasMimetype ? canvasFields(core, file) : {}),
    ...sharesOf(core, file),
    has_rich_preview: false,
    file_access: 'visible',
  };
}

function canvasFields(core: Core, file: StoredFile): Json {
  return {
    filetype: 'quip',
    mode: 'quip',
    pretty_type: 'Canvas',
    editable: true,
    permalink: canvasUrl(core, file.id),
  };
}

/** Where the file is: public channels, private ones and direct conversations are told apart. */
function sharesOf(core: Core, file: StoredFile): Json {
  const places = file.shares.flatMap((share) => {
    const channel = core.state.channels.get(share.channelId);
    return channel === undefined ? [] : [{ share, channel }];
  });
  const idsOf = (type: string) =>
    places.filter(({ channel }) => channelType(channel) === type).map(({ channel }) => channel.id);
  const byPrivacy = Object.groupBy(places, ({ channel }) =>
    channel.isPrivate ? 'private' : 'public',
  );
  const shares = Object.entries(byPrivacy).map(([privacy, shared]) => [
    privacy,
    Object.fromEntries(
      shared.map(({ share, channel }) => [
        channel.id,
        [
          {
            ts: share.ts,
            channel_name: channel.name,
            team_id: core.settings.teamId,
            share_user_id: core.settings.botUserId,
            ...(share.threadTs === null ? {} : { thread_ts: share.threadTs }),
          },
        ],
      ]),
    ),
  ]);
  return {
    channels: idsOf('channel'),
    groups: idsOf('group'),
    ims: idsOf('im'),
    shares: Object.fromEntries(shares),
  };
}

export function channelPayload(core: Core, channel: Channel): Json {
  const { settings } = core;
  const isDirect = channel.directWith !== null;
  const isMember = channel.memberIds.has(settings.botUserId);
  const common = {
    id: channel.id,
    created: Math.floor(channel.createdAtMs / 1_000),
    is_archived: channel.isArchived,
    is_im: isDirect,
    is_mpim: false,
    is_org_shared: false,
    context_team_id: settings.teamId,
    updated: channel.createdAtMs,
  };
  if (isDirect) return { ...common, user: channel.directWith, is_open: true };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_private: channel.isPrivate,
    is_general: channel.name === 'general',
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_pending_ext_shared: false,
    is_member: isMember,
    creator: settings.botUserId,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.memberIds.size,
  };
}

function offsetSeconds(timeZone: string): number {
  const now = new Date();
  const local = new Date(now.toLocaleString('en-US', { timeZone }));
  const utc = new Date(now.toLocaleString('en-US', { timeZone: 'UTC' }));
  return Math.round((local.getTime() - utc.getTime()) / 1_000);
}

/** `withEmail`: the app has `users:read.email`. */
export function userPayload(core: Core, person: Person, withEmail: boolean): Json {
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.isDeactivated,
    color: person.color.replace('#', ''),
    real_name: person.realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetSeconds(person.timeZone),
    profile: {
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      team: person.teamId,
      ...(withEmail && person.email !== null ? { email: person.email } : {}),
      ...(person.isBot ? { api_app_id: core.settings.appId, bot_id: core.settings.botId } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isGuest,
    is_ultra_restricted: false,
    is_bot: person.isBot,
    is_app_user: false,
    is_email_confirmed: true,
    updated: 0,
  };
}
