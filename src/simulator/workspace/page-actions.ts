import { z } from 'zod';
import { jsonObject } from './json.ts';
import type { PageAction } from './page-protocol.ts';

/** What a page may send, read once at the edge. */

const stateValues = z.record(z.string(), z.record(z.string(), jsonObject));
const id = z.string().max(255);
const typed = z.string().max(40_000);

const container = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), channelId: id, messageTs: id }),
  z.object({ type: z.literal('view'), viewId: id }),
  z.object({ type: z.literal('home') }),
]);

const action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('send'), channelId: id, threadTs: id.nullable(), text: typed }),
  z.object({ type: z.literal('edit'), channelId: id, ts: id, text: typed }),
  z.object({ type: z.literal('delete'), channelId: id, ts: id }),
  z.object({
    type: z.literal('block-action'),
    container,
    blockId: id,
    element: jsonObject,
    state: stateValues,
  }),
  z.object({ type: z.literal('submit-view'), viewId: id, state: stateValues }),
  z.object({ type: z.literal('close-view'), viewId: id }),
  z.object({ type: z.literal('message-shortcut'), callbackId: id, channelId: id, ts: id }),
  z.object({ type: z.literal('react'), channelId: id, ts: id, name: id, add: z.boolean() }),
  z.object({
    type: z.literal('write-in-canvas'),
    canvasId: id,
    text: typed,
    isAtTop: z.boolean(),
  }),
  z.object({ type: z.literal('open-home') }),
  z.object({ type: z.literal('invite-bot'), channelId: id, invite: z.boolean() }),
  z.object({ type: z.literal('dismiss-notice'), noticeId: id }),
]);

const pageAction = z.intersection(z.object({ requestId: id }), action);

/** What a person does, without the page's number for it. */
export type PersonAction = z.output<typeof action>;

/** Null for anything that is no action. */
export function parsePageAction(value: unknown): PageAction | null {
  const parsed = pageAction.safeParse(value);
  return parsed.success ? parsed.data : null;
}
