import { isReadable } from '../../../flows/read-home.ts';
import { type HomeList, showHome, turnPage } from '../../../flows/refresh-home.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildWindow } from '../../blocks/window.ts';
import type { SlackContext } from '../../context.ts';
import { decodeTarget, HOME_ACTIONS, type HomeActionId, type TapId, tapOf } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { onTap } from './tap.ts';

const NOT_YOURS =
  'I cannot show you this incident: you are not in its channel any more, or Slack does not tell me just now. Open my Home tab again.';

/** What the Home tab lets people do to an incident; all else is done in its thread. */
const INCIDENT_TAPS: ReadonlySet<TapId> = new Set<TapId>(['take-ownership', 'show-status']);

interface HomeTap {
  readonly context: SlackContext;
  readonly payload: BlockAction;
  readonly value: string;
  readonly dedupeId: string;
}

const HOME_TAPS: Readonly<Record<HomeActionId, (tap: HomeTap) => Promise<void>>> = {
  [HOME_ACTIONS.next]: turn,
  [HOME_ACTIONS.back]: turn,
  [HOME_ACTIONS.trend]: wantTrend,
};

/** A button on the Home tab. What there is to say comes up in a window: Home has no conversation. */
export async function onHomeTap(context: SlackContext, payload: BlockAction): Promise<void> {
  const [action] = payload.actions;
  if (action === undefined) return;
  const dedupeId = `home:${payload.team.id}:${payload.trigger_id}`;
  const own = Object.values(HOME_ACTIONS).find((id) => id === action.action_id);
  if (own !== undefined) {
    await HOME_TAPS[own]({ context, payload, value: action.value ?? '', dedupeId });
    return;
  }
  const tap = tapOf(action);
  if (tap === null || !INCIDENT_TAPS.has(tap.tap)) return;
  const mayRead = await mayReadTarget(context, payload.user.id, tap.target);
  const content = mayRead ? await onTap(context, payload, tap) : sentenceContent(NOT_YOURS);
  if (content !== null) await showInWindow(context, payload, content);
  await showHome(context, payload.user.id, dedupeId);
}

/** Home may be older than a change of who is in the channel. */
async function mayReadTarget(
  { store, memberships }: SlackContext,
  userId: string,
  target: string,
): Promise<boolean> {
  const state = await store.readState(decodeTarget(target)?.incidentId ?? '');
  if (state === null) return false;
  const { channelId, ownerId, openedBy } = state;
  const openedById = openedBy.kind === 'person' ? openedBy.userId : null;
  const channelIds = await memberships.channelsOf(userId);
  return isReadable({ userId, channelIds }, { channelId, ownerId, openedById });
}

/** For reading only: what can be done is done in the thread, where others see it. */
async function showInWindow(
  { clients }: SlackContext,
  { trigger_id }: BlockAction,
  { blocks }: MessageContent,
): Promise<void> {
  const view = buildWindow(
    null,
    blocks.filter(({ type }) => type !== 'actions'),
  );
  await clients.interactive.views.open({ trigger_id, view });
}

async function turn({ context, payload, value, dedupeId }: HomeTap): Promise<void> {
  const match = /^(open|documents)\|(\d{1,3})$/.exec(value);
  if (match === null) return;
  const list: HomeList = match[1] === 'open' ? 'open' : 'documents';
  await turnPage(context, { userId: payload.user.id, list, page: Number(match[2]) }, dedupeId);
}

/** Two taps in a row ask for one picture. */
async function wantTrend({ context, payload, dedupeId }: HomeTap): Promise<void> {
  const userId = payload.user.id;
  const work = { kind: 'send-trend', userId } as const;
  const dueAtMs = context.clock.nowMs();
  await context.store.schedule([{ workId: `send-trend-${userId}`, dueAtMs, work }], dedupeId);
  context.wakeWorkers();
}
