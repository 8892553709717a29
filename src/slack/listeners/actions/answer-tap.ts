import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildWindow, type WindowOf } from '../../blocks/window.ts';
import type { SlackContext } from '../../context.ts';
import { isWindowTap, type TapId, windowOfCallback } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { addresseeOf } from './addressee-of.ts';
import { onTap } from './tap.ts';

interface AnsweredTap {
  readonly tap: TapId;
  readonly target: string;
}

/** Taps whose answer takes the place of the message they are on. */
const IN_PLACE: ReadonlySet<TapId> = new Set<TapId>(['cancel-lookup']);

/** The window that the tap was made in, if it was in one. */
export function windowOf({ view }: BlockAction): WindowOf | null {
  const tap = view?.type === 'modal' ? windowOfCallback(view.callback_id ?? '') : null;
  return tap === null ? null : { tap, target: view?.private_metadata ?? '' };
}

/** Shows what a tap is answered with; a window is drawn anew when the cards say the rest. */
export async function answerTap(
  context: SlackContext,
  payload: BlockAction,
  { tap, target }: AnsweredTap,
  content: MessageContent | null,
): Promise<void> {
  const window = windowOf(payload);
  if (content !== null && isWindowTap(tap)) {
    return showWindow(context, payload, { tap, target }, content);
  }
  if (window !== null) return redraw(context, payload, window, content);
  if (content === null) return;
  if (!IN_PLACE.has(tap)) return tellTapper(context, payload, content);
  await tellPerson(context, { ...addresseeOf(payload), content, inPlace: true });
}

/**
 * Tells something to whoever tapped. A card in the channel is seen in the channel and in its thread,
 * and an ephemeral message only in one of the two: from there it comes as a window.
 */
export async function tellTapper(
  context: SlackContext,
  payload: BlockAction,
  content: MessageContent,
): Promise<void> {
  if (isOnCard(payload)) return showWindow(context, payload, null, content);
  await tellPerson(context, { ...addresseeOf(payload), content });
}

function isOnCard({ container }: BlockAction): boolean {
  const { type, is_ephemeral, thread_ts, message_ts } = container;
  return type === 'message' && !is_ephemeral && (thread_ts == null || thread_ts === message_ts);
}

async function showWindow(
  context: SlackContext,
  payload: BlockAction,
  of: WindowOf | null,
  content: MessageContent,
): Promise<void> {
  const { views } = context.clients.interactive;
  const view = buildWindow(of, content.blocks);
  const viewId = windowOf(payload) === null ? undefined : payload.view?.id;
  try {
    if (viewId === undefined) await views.open({ trigger_id: payload.trigger_id, view });
    else await views.update({ view_id: viewId, view });
  } catch (error) {
    context.log.warn('a window could not be shown', { problem: String(error).slice(0, 200) });
    await tellPerson(context, { ...addresseeOf(payload), content });
  }
}

/** The same window as it is now, below what there is to say about the tap. */
async function redraw(
  context: SlackContext,
  payload: BlockAction,
  window: WindowOf,
  said: MessageContent | null,
): Promise<void> {
  const now = await onTap(context, payload, window);
  const blocks = [...(said?.blocks ?? []), ...(now?.blocks ?? [])];
  const { text } = said ?? now ?? sentenceContent('');
  await showWindow(context, payload, window, { text, blocks });
}
