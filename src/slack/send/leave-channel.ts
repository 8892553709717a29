import type { RecordedEvent } from '../../domain/incident/events.ts';
import { isRoot, placedSlot, rootHere, slotOfStay } from '../../domain/incident/places.ts';
import { foldUntil } from '../../domain/incident/record.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import { toConservative } from '../blocks/conservative.ts';
import type { MessageContent, SlotContent } from '../blocks/message.ts';
import {
  renderMovedLine,
  renderMovedRoot,
  type WhereNow,
  withoutControls,
} from '../blocks/moved-card.ts';
import { renderIncident } from '../blocks/render-incident.ts';
import type { SlackContext } from '../context.ts';
import { readPermalink } from './read-permalink.ts';
import { sendSlot } from './send-slot.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** The new card is on its way: a link to it helps more than the channel's name. */
const CARD_WAIT = { eachMs: 1_000, wholeMs: 20_000 } as const;

type LeaveContext = SlackContext & { readonly unknownOutcomeWaitMs?: number };

/**
 * Level-triggered: in every channel that the incident has left, the card and the thread say where it
 * is now, and nothing there can be tapped any more.
 */
export async function leaveChannel(
  context: LeaveContext,
  { incidentId }: Extract<Work, { kind: 'leave-channel' }>,
): Promise<WorkOutcome> {
  const state = await context.store.readState(incidentId);
  const last = state?.formerPlaces.at(-1);
  if (state === null || last === undefined) return { kind: 'done' };
  const messages = await context.store.readMessages(incidentId);
  const root = rootHere(messages, state);
  const isLate = context.clock.nowMs() - last.leftAtMs > CARD_WAIT.wholeMs;
  if (root?.ts == null && !isLate) return { kind: 'later', delayMs: CARD_WAIT.eachMs };
  const permalink = root?.ts == null ? null : await readPermalink(context, root.channelId, root.ts);
  const events = await context.store.readEvents(incidentId);
  let laterMs: number | null = null;
  for (const [stay, left] of state.formerPlaces.entries()) {
    const whereNow = { left, channelId: state.channelId, permalink };
    const delayMs = await leaveOne(context, { stay, whereNow, events, messages });
    if (delayMs !== null) laterMs = Math.max(laterMs ?? 0, delayMs);
  }
  return laterMs === null ? { kind: 'done' } : { kind: 'later', delayMs: laterMs };
}

interface Leaving {
  readonly stay: number;
  readonly whereNow: WhereNow;
  readonly events: readonly RecordedEvent[];
  readonly messages: readonly PostedMessage[];
}

/** When to try again, in milliseconds; null: all is said, or cannot be said there any more. */
async function leaveOne(context: LeaveContext, leaving: Leaving): Promise<number | null> {
  const { stay, events, messages } = leaving;
  const { left } = leaving.whereNow;
  const then = foldUntil(events, left.leftVersion - 1);
  const root = messages.find(({ slot }) => slot === placedSlot('root', stay));
  if (then === null || root?.ts == null) return null;
  const place = {
    incidentId: then.incidentId,
    channelId: left.channelId,
    threadTs: left.threadTs ?? root.ts,
  };
  const deps = { ...context, nowMs: context.clock.nowMs };
  for (const content of contentsOf(context, leaving, then)) {
    const posted = messages.find(({ slot }) => slot === content.slot);
    const outcome = await sendSlot(deps, place, content, posted);
    if (outcome.kind === 'rate-limited' || outcome.kind === 'later') return outcome.delayMs;
    if (outcome.kind === 'shown') continue;
    const pause = outcome.kind === 'failed' ? waitForSlack(context.token, outcome.failure) : null;
    if (pause !== null) return pause.delayMs;
    // The bot may have been taken out of the channel: then nobody reads it there through the bot.
    context.log.warn('a message in a channel that was left could not be changed', {
      incidentId: then.incidentId,
      slot: content.slot,
    });
  }
  return null;
}

/** The card first, then what else could be tapped, and the thread's last line. */
function contentsOf(
  { clock, consoleUrl, playbooks }: LeaveContext,
  { stay, whereNow, events, messages }: Leaving,
  then: IncidentState,
): readonly SlotContent[] {
  const posted = new Set(
    messages.flatMap(({ slot, ts }) => (ts === null ? [] : [slotOfStay(slot, stay)])),
  );
  const shown = renderIncident({
    state: then,
    events,
    nowMs: clock.nowMs(),
    consoleUrl,
    playbooks,
  });
  const bare = shown
    .filter(({ slot }) => posted.has(slot) && !isRoot(slot))
    .map((content) => withoutControls({ ...content, slot: placedSlot(content.slot, stay) }));
  return [
    toSlot(placedSlot('root', stay), renderMovedRoot(then, whereNow)),
    ...bare,
    toSlot(`left-${whereNow.left.leftVersion}`, renderMovedLine(then, whereNow)),
  ];
}

function toSlot(slot: string, content: MessageContent): SlotContent {
  return { slot, ...content, conservative: toConservative(content) };
}
