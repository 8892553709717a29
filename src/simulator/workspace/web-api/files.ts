import { z } from 'zod';
import { requireMessageBlocks } from '../check-blocks.ts';
import type { Core } from '../core.ts';
import { limits } from '../limits.ts';
import { fillBlocks } from '../message-format.ts';
import { postMessage } from '../messages.ts';
import { mimetypeOf } from '../mimetypes.ts';
import { Refusal } from '../refusal.ts';
import { filePayload } from '../render.ts';
import { type Channel, keepFile, type StoredFile } from '../state.ts';
import { count, optionalObjects, optionalText, text } from './arguments.ts';
import { requireWritable } from './lookup.ts';
import { type MethodTable, method } from './method.ts';

const getUploadUrl = method(
  { tier: 'tier4', scopes: ['files:write'] },
  z.object({ filename: text, length: z.coerce.number().int() }),
  ({ core }, args) => {
    if (args.length <= 0 || args.length > limits.uploadBytesMax) {
      throw new Refusal('file_upload_size_restricted');
    }
    const { fileId, path } = core.uploads.begin(args.filename);
    return { upload_url: `${core.settings.baseUrl}${path}`, file_id: fileId };
  },
);

const fileList = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

const complete = z.object({
  files: optionalObjects,
  channel_id: optionalText,
  channels: optionalText,
  thread_ts: optionalText,
  initial_comment: optionalText,
  blocks: optionalObjects,
});

type Completion = z.output<typeof complete>;

/** Taken out of the waiting uploads; still without a mimetype, as Slack's files are at first. */
function storeFile(core: Core, id: string, title: string | undefined): StoredFile {
  const upload = core.uploads.finish(id);
  if (upload?.content == null) throw new Refusal('file_not_found');
  const file: StoredFile = {
    id,
    name: upload.name,
    title: title ?? upload.name,
    userId: core.settings.botUserId,
    createdAtMs: Date.now(),
    content: upload.content,
    mimetype: '',
    shares: [],
  };
  keepFile(core.state, file);
  return file;
}

/** Once Slack has looked at the files: their types are known, and their message is posted. */
function share(
  core: Core,
  channel: Channel | null,
  files: readonly StoredFile[],
  args: Completion,
): void {
  // What was deleted meanwhile does not come back.
  const left = files.filter(({ id }) => core.state.files.has(id));
  const ready = left.map((file) => ({ ...file, mimetype: mimetypeOf(file.name, file.content) }));
  for (const file of ready) keepFile(core.state, file);
  if (channel === null || ready.length === 0) {
    core.changed();
    return;
  }
  const message = postMessage(core, {
    channel,
    userId: core.settings.botUserId,
    text: args.initial_comment ?? '',
    // A comment makes Slack ignore the blocks.
    blocks: args.initial_comment === undefined ? fillBlocks(args.blocks ?? [], core.ids) : [],
    threadTs: args.thread_ts ?? null,
    fileIds: ready.map(({ id }) => id),
    subtype: 'file_share',
  });
  const { ts, threadTs } = message;
  for (const file of ready) {
    keepFile(core.state, { ...file, shares: [{ channelId: channel.id, ts, threadTs }] });
  }
  core.changed();
}

const completeUpload = method(
  { tier: 'tier4', scopes: ['files:write'] },
  complete,
  ({ core }, args) => {
    const wanted = fileList.safeParse(args.files);
    if (!wanted.success) throw new Refusal('invalid_arguments');
    const target = args.channel_id ?? args.channels;
    const channel = target === undefined ? null : requireWritable(core, target);
    requireMessageBlocks(core, args.blocks ?? []);
    const files = wanted.data.map(({ id, title }) => storeFile(core, id, title));
    core.timers.after(core.settings.timings.fileProcessingMs, () =>
      share(core, channel, files, args),
    );
    return { files: files.map((file) => filePayload(core, file)) };
  },
);

const info = method(
  { tier: 'tier4', scopes: ['files:read'] },
  z.object({ file: text }),
  ({ core }, args) => {
    const file = core.state.files.get(args.file);
    if (file === undefined) throw new Refusal('file_not_found');
    return { file: filePayload(core, file), comments: [], response_metadata: { next_cursor: '' } };
  },
);

const list = method(
  { tier: 'tier3', scopes: ['files:read'] },
  z.object({
    user: optionalText,
    ts_from: optionalText,
    count: count(100, 1_000),
    page: count(1, 100),
  }),
  ({ core }, args) => {
    const fromMs = Number(args.ts_from ?? 0) * 1_000;
    const files = [...core.state.files.values()]
      .filter(
        ({ userId, createdAtMs }) => createdAtMs >= fromMs && userId === (args.user ?? userId),
      )
      .toReversed();
    const start = (args.page - 1) * args.count;
    return {
      files: files.slice(start, start + args.count).map((file) => filePayload(core, file)),
      paging: {
        count: args.count,
        total: files.length,
        page: args.page,
        pages: Math.ceil(files.length / args.count),
      },
    };
  },
);

const remove = method(
  { tier: 'tier3', scopes: ['files:write'] },
  z.object({ file: text }),
  ({ core }, args) => {
    const file = core.state.files.get(args.file);
    if (file === undefined) throw new Refusal('file_not_found');
    if (file.userId !== core.settings.botUserId) throw new Refusal('cant_delete_file');
    core.state.files.delete(args.file);
    core.changed();
    return {};
  },
);

export const fileMethods = {
  'files.delete': remove,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
  'files.list': list,
} as const satisfies MethodTable;
