import { z } from 'zod';
import type { Core } from '../core.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { messagePayload } from '../render.ts';
import type { Channel, Message } from '../state.ts';
import { count, flag, optionalText, page, text } from './arguments.ts';
import { requireMembership } from './lookup.ts';
import { type MethodTable, method } from './method.ts';

const SCOPES = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const PAGE_MAX = 1_000;

const windowFields = {
  channel: text,
  oldest: optionalText,
  latest: optionalText,
  inclusive: flag,
  include_all_metadata: flag,
  limit: count(100, PAGE_MAX),
  cursor: optionalText,
};

type Window = z.output<z.ZodObject<typeof windowFields>>;

/** Timestamps compare as numbers of microseconds: as floats they would lose the last digits. */
function micros(ts: string): bigint {
  const [seconds = '0', fraction = ''] = ts.split('.');
  if (!/^\d+$/.test(seconds) || !/^\d*$/.test(fraction)) throw new Refusal('invalid_ts_oldest');
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

function isInWindow(message: Message, { oldest, latest, inclusive }: Window): boolean {
  const at = micros(message.ts);
  const from = oldest === undefined ? null : micros(oldest);
  const to = latest === undefined || latest === 'now' ? null : micros(latest);
  if (inclusive && (at === from || at === to)) return true;
  return (from === null || at > from) && (to === null || at < to);
}

function isVisible(message: Message): boolean {
  return message.visibleAtMs <= Date.now();
}

function payloads(
  core: Core,
  channel: Channel,
  messages: readonly Message[],
  args: Window,
): readonly Json[] {
  const withMetadata = args.include_all_metadata;
  return messages.map((message) => messagePayload(core, channel, message, { withMetadata }));
}

const history = method(
  { tier: 'tier3', scopes: SCOPES },
  z.object(windowFields),
  ({ core }, args) => {
    const channel = requireMembership(core, args.channel);
    const newestFirst = [...channel.messages.values()]
      .filter((message) => message.threadTs === null || message.isBroadcast)
      .filter((message) => isVisible(message) && isInWindow(message, args))
      .reverse();
    const { items, nextCursor } = page(newestFirst, args.limit, args.cursor);
    return {
      messages: payloads(core, channel, items, args),
      has_more: nextCursor !== '',
      pin_count: newestFirst.filter((message) => message.isPinned).length,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
    };
  },
);

const replies = method(
  { tier: 'tier3', scopes: SCOPES },
  z.object({ ...windowFields, ts: text, limit: count(PAGE_MAX, PAGE_MAX) }),
  ({ core }, args) => {
    const channel = requireMembership(core, args.channel);
    const root = channel.messages.get(args.ts);
    if (root === undefined || !isVisible(root)) throw new Refusal('thread_not_found');
    const inWindow = [...channel.messages.values()].filter(
      (message) => message.threadTs === root.ts && isVisible(message) && isInWindow(message, args),
    );
    const { items, nextCursor } = page([root, ...inWindow], args.limit, args.cursor);
    return {
      messages: payloads(core, channel, items, args),
      has_more: nextCursor !== '',
      ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
    };
  },
);

export const historyMethods = {
  'conversations.history': history,
  'conversations.replies': replies,
} as const satisfies MethodTable;
