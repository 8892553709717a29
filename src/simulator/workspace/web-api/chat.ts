import { z } from 'zod';
import { blockLimits } from '../block-limits.ts';
import { requireMessageBlocks } from '../check-blocks.ts';
import type { Core } from '../core.ts';
import type { Json } from '../json.ts';
import { limits } from '../limits.ts';
import { fillBlocks } from '../message-format.ts';
import { changeMessage, postMessage, removeMessage } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { messagePayload } from '../render.ts';
import { showEphemeral } from '../responses.ts';
import type { Message, MessageMetadata } from '../state.ts';
import { flag, optionalObject, optionalObjects, optionalText, text } from './arguments.ts';
import { requireChannel, requireMessage, requireWritable } from './lookup.ts';
import { type MethodTable, method } from './method.ts';

/** Slack's text for apps that send blocks and no text. */
const FALLBACK_TEXT = "This content can't be displayed.";

const contentFields = {
  text: optionalText,
  blocks: optionalObjects,
  attachments: optionalObjects,
  markdown_text: optionalText,
  metadata: optionalObject,
};

interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
}

type ContentArguments = z.output<z.ZodObject<typeof contentFields>>;

/** Checks text and blocks as Slack does, and fills in what it fills in. */
function readContent(core: Core, args: ContentArguments): Content {
  const markdown = args.markdown_text;
  if (markdown !== undefined && (args.text !== undefined || args.blocks !== undefined)) {
    throw new Refusal('markdown_text_conflict');
  }
  if ([...(markdown ?? '')].length > blockLimits.markdownCharactersMax) {
    throw new Refusal('msg_too_long');
  }
  const blocks =
    markdown === undefined ? (args.blocks ?? []) : [{ type: 'markdown', text: markdown }];
  const attachments = args.attachments ?? [];
  if (args.text === undefined && blocks.length === 0 && attachments.length === 0) {
    throw new Refusal('no_text');
  }
  if ([...(args.text ?? '')].length > limits.textCharactersMax) throw new Refusal('msg_too_long');
  requireMessageBlocks(core, blocks);
  const fallback = blocks.length > 0 ? FALLBACK_TEXT : '';
  return {
    text: args.text ?? markdown ?? fallback,
    blocks: fillBlocks(blocks, core.ids),
    attachments,
  };
}

const metadataSchema = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

function readMetadata(metadata: Json | undefined): MessageMetadata | null {
  if (metadata === undefined || Object.keys(metadata).length === 0) return null;
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) throw new Refusal('invalid_metadata_schema');
  return parsed.data;
}

const post = z.object({
  ...contentFields,
  channel: text,
  thread_ts: optionalText,
  reply_broadcast: flag,
});

const postMessageMethod = method(
  { tier: 'special', scopes: ['chat:write'] },
  post,
  ({ core }, args) => {
    const channel = requireWritable(core, args.channel);
    const message = postMessage(core, {
      channel,
      userId: core.settings.botUserId,
      ...readContent(core, args),
      metadata: readMetadata(args.metadata),
      threadTs: args.thread_ts ?? null,
      isBroadcast: args.reply_broadcast,
    });
    return { channel: channel.id, ts: message.ts, message: messagePayload(core, channel, message) };
  },
);

/** What `chat.update` leaves as it is: text without blocks takes the blocks away, neither keeps both. */
function updatedContent(core: Core, message: Message, args: ContentArguments): Partial<Message> {
  const isEmpty = !args.text && !args.blocks && !args.attachments && !args.markdown_text;
  if (isEmpty && args.metadata !== undefined) return {};
  const content = readContent(core, args);
  const hasBlocks = content.blocks.length > 0;
  const edited = { user: core.settings.botUserId, ts: core.ids.nextTs() };
  return { ...content, edited: hasBlocks ? message.edited : edited };
}

const update = z.object({ ...contentFields, channel: text, ts: text });

const updateMethod = method({ tier: 'tier3', scopes: ['chat:write'] }, update, ({ core }, args) => {
  const channel = requireChannel(core, args.channel);
  const message = requireMessage(channel, args.ts);
  if (message.userId !== core.settings.botUserId) throw new Refusal('cant_update_message');
  if (channel.isArchived) throw new Refusal('is_archived');
  const metadata = args.metadata === undefined ? {} : { metadata: readMetadata(args.metadata) };
  const changed = changeMessage(core, channel, message, {
    ...updatedContent(core, message, args),
    ...metadata,
  });
  return {
    channel: channel.id,
    ts: changed.ts,
    text: changed.text,
    message: messagePayload(core, channel, changed),
  };
});

const postEphemeral = z.object({
  ...contentFields,
  channel: text,
  user: text,
  thread_ts: optionalText,
});

const postEphemeralMethod = method(
  { tier: 'tier4', scopes: ['chat:write'] },
  postEphemeral,
  ({ core }, args) => {
    const channel = requireWritable(core, args.channel);
    if (!channel.memberIds.has(args.user)) throw new Refusal('user_not_in_channel');
    const { text: fallback, blocks } = readContent(core, args);
    const ts = showEphemeral(core, {
      channelId: channel.id,
      forUserId: args.user,
      threadTs: args.thread_ts ?? null,
      text: fallback,
      blocks,
    });
    return { message_ts: ts };
  },
);

const one = z.object({ channel: text, ts: text });

const deleteMethod = method({ tier: 'tier3', scopes: ['chat:write'] }, one, ({ core }, args) => {
  const channel = requireChannel(core, args.channel);
  const message = requireMessage(channel, args.ts);
  if (message.userId !== core.settings.botUserId) throw new Refusal('cant_delete_message');
  removeMessage(core, channel, message);
  return { channel: channel.id, ts: args.ts };
});

const permalinkMethod = method(
  { tier: 'special' },
  z.object({ channel: text, message_ts: text }),
  ({ core }, args) => {
    const channel = requireChannel(core, args.channel);
    const message = requireMessage(channel, args.message_ts);
    return { channel: channel.id, permalink: permalink(core, channel.id, message) };
  },
);

export function permalink(core: Core, channelId: string, message: Message): string {
  const link = `${core.settings.baseUrl}/archives/${channelId}/p${message.ts.replace('.', '')}`;
  return message.threadTs === null
    ? link
    : `${link}?thread_ts=${message.threadTs}&cid=${channelId}`;
}

export const chatMethods = {
  'chat.postMessage': postMessageMethod,
  'chat.update': updateMethod,
  'chat.postEphemeral': postEphemeralMethod,
  'chat.delete': deleteMethod,
  'chat.getPermalink': permalinkMethod,
} as const satisfies MethodTable;
