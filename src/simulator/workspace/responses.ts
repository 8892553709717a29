import { z } from 'zod';
import { blockErrors } from './check-blocks.ts';
import type { Core } from './core.ts';
import { type Json, jsonObject } from './json.ts';
import { limits } from './limits.ts';
import { fillBlocks } from './message-format.ts';
import { changeMessage, postMessage, removeMessage } from './messages.ts';
import { type Channel, keepEphemeral } from './state.ts';

/** Where a response_url leads: the person who acted, and the message they acted on. */
export interface ResponseTarget {
  readonly kind: 'commands' | 'actions';
  readonly userId: string;
  readonly channelId: string;
  /** Null for slash commands. */
  readonly message: { readonly ts: string; readonly isEphemeral: boolean } | null;
}

interface IssuedUrl extends ResponseTarget {
  readonly atMs: number;
  uses: number;
}

export interface ResponseUrls {
  /** The address for one interaction, good for 30 minutes and 5 uses. */
  issue(target: ResponseTarget): string;
  use(path: string): ResponseTarget | 'expired_url' | 'used_url' | 'unknown_url';
}

export function createResponseUrls(
  baseUrl: string,
  teamId: string,
  ttlMs: number,
  word: (length: number) => string,
): ResponseUrls {
  const issued = new Map<string, IssuedUrl>();
  return {
    issue(target) {
      const path = `/response/${target.kind}/${teamId}/${word(13)}/${word(24)}`;
      issued.set(path, { ...target, atMs: Date.now(), uses: 0 });
      if (issued.size > limits.responseUrlsMax) {
        const oldest = issued.keys().next();
        if (!oldest.done) issued.delete(oldest.value);
      }
      return `${baseUrl}${path}`;
    },
    use(path) {
      const url = issued.get(path);
      if (url === undefined) return 'unknown_url';
      if (Date.now() - url.atMs > ttlMs) return 'expired_url';
      if (url.uses >= limits.responseUrlUsesMax) return 'used_url';
      url.uses += 1;
      return url;
    },
  };
}

const responseSchema = z.object({
  text: z.string().default(''),
  blocks: z.array(jsonObject).default([]),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

type Response = Readonly<Omit<z.output<typeof responseSchema>, 'blocks'>> & {
  readonly blocks: readonly Json[];
};

/** Shows an app's answer, whether it came in an acknowledgement or to a response_url. Returns Slack's error, or null. */
export function respond(core: Core, target: ResponseTarget, body: unknown): string | null {
  const parsed = responseSchema.safeParse(typeof body === 'string' ? { text: body } : body);
  if (!parsed.success) return 'invalid_payload';
  const channel = core.state.channels.get(target.channelId);
  if (channel === undefined) return 'channel_not_found';
  const response = parsed.data;
  const isOnMessage =
    target.message !== null && (response.delete_original || response.replace_original);
  if (isOnMessage && response.delete_original) return deleteOriginal(core, channel, target);
  if (response.text === '' && response.blocks.length === 0) return 'no_text';
  if (blockErrors(response.blocks, 'message', core).length > 0) return 'invalid_blocks';
  const filled = { ...response, blocks: fillBlocks(response.blocks, core.ids) };
  if (isOnMessage) return replaceOriginal(core, channel, target, filled);
  show(core, channel, target, filled);
  return null;
}

function show(core: Core, channel: Channel, target: ResponseTarget, response: Response): void {
  const { text, blocks } = response;
  const threadTs = response.thread_ts ?? null;
  if (response.response_type === 'in_channel') {
    postMessage(core, { channel, userId: core.settings.botUserId, text, blocks, threadTs });
    return;
  }
  showEphemeral(core, { channelId: channel.id, forUserId: target.userId, threadTs, text, blocks });
}

/** Returns the message_ts. */
export function showEphemeral(
  core: Core,
  message: Omit<Parameters<typeof keepEphemeral>[1], 'ts'>,
): string {
  const ts = core.ids.nextTs();
  keepEphemeral(core.state, { ...message, ts });
  core.changed();
  return ts;
}

function deleteOriginal(core: Core, channel: Channel, target: ResponseTarget): string | null {
  const { ephemerals } = core.state;
  core.state.ephemerals = ephemerals.filter((message) => message.ts !== target.message?.ts);
  const message = channel.messages.get(target.message?.ts ?? '');
  if (message !== undefined) removeMessage(core, channel, message);
  core.changed();
  return null;
}

function replaceOriginal(
  core: Core,
  channel: Channel,
  target: ResponseTarget,
  { text, blocks }: Response,
): string | null {
  const ts = target.message?.ts ?? '';
  const ephemeral = core.state.ephemerals.find((message) => message.ts === ts);
  if (ephemeral !== undefined) {
    const others = core.state.ephemerals.map((message) =>
      message === ephemeral ? { ...message, text, blocks } : message,
    );
    core.state.ephemerals = others;
    core.changed();
    return null;
  }
  const message = channel.messages.get(ts);
  if (message === undefined || message.userId !== core.settings.botUserId)
    return 'message_not_found';
  changeMessage(core, channel, message, { text, blocks });
  return null;
}
