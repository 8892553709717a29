import { z } from 'zod';
import { briefOf } from '../../domain/incident/brief.ts';
import { type Handover, lastHandover } from '../../domain/incident/handover.ts';
import { lastRoot, threadHere } from '../../domain/incident/places.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import { checkOwner } from '../access/refused-owner.ts';
import { renderBrief } from '../blocks/brief.ts';
import { toConservative } from '../blocks/conservative.ts';
import type { SlotContent } from '../blocks/message.ts';
import type { SlackContext } from '../context.ts';
import { readPermalink } from './read-permalink.ts';
import { sendSlot } from './send-slot.ts';
import { type SlackFailure, slackFailureOf } from './slack-failure.ts';
import { tellPerson } from './tell-person.ts';
import { unsendableReason } from './unsendable.ts';
import { waitForSlack } from './wait-for-slack.ts';

/** The card may be on its way: with a link into the thread a brief helps more. */
const CARD_WAIT = { eachMs: 2_000, wholeMs: 10_000 } as const;

/** Slack may be silent about who may read a brief: it waits, but nobody waits for it for ever. */
const ACCESS_WAIT = { eachMs: 15_000, wholeMs: 30 * 60_000 } as const;

const opened = z.object({ channel: z.object({ id: z.string() }) });

type BriefContext = SlackContext & { readonly unknownOutcomeWaitMs?: number };

/**
 * Sends whoever owns the incident now, and came to it by a handover, the brief as of that moment.
 * One message for each handover, however often this runs; who has handed it on meanwhile gets none.
 */
export async function briefWork(
  context: BriefContext,
  { incidentId, ownerId }: Extract<Work, { kind: 'brief' }>,
): Promise<WorkOutcome> {
  const events = await context.store.readEvents(incidentId);
  const handover = lastHandover(events);
  if (handover === null || handover.ownerId !== ownerId) return { kind: 'done' };
  const waitedMs = context.clock.nowMs() - handover.state.lastActivityAtMs;
  const check = await checkOwner(context, ownerId);
  if (check.kind === 'unknown' && waitedMs < ACCESS_WAIT.wholeMs) {
    return { kind: 'later', delayMs: ACCESS_WAIT.eachMs };
  }
  if (check.kind !== 'allowed') return tellGiver(context, handover, check.reason);
  const messages = await context.store.readMessages(incidentId);
  const root = lastRoot(messages);
  if (root === null && waitedMs <= CARD_WAIT.wholeMs) {
    return { kind: 'later', delayMs: CARD_WAIT.eachMs };
  }
  const content = renderBrief({
    brief: briefOf(
      handover.state,
      events.filter(({ version }) => version <= handover.version),
    ),
    handedOverBy: handover.handedOverBy,
    permalink: root === null ? null : await readPermalink(context, root.channelId, root.ts),
  });
  const slot = `brief-${handover.version}`;
  return send(
    context,
    handover,
    { slot, ...content, conservative: toConservative(content) },
    messages.find((message) => message.slot === slot),
  );
}

async function send(
  context: BriefContext,
  handover: Handover,
  content: SlotContent,
  posted: PostedMessage | undefined,
): Promise<WorkOutcome> {
  // Sent is sent: later words for the same record are no reason to touch somebody's message.
  if (posted != null && posted.ts !== null) return { kind: 'done' };
  const { incidentId } = handover.state;
  const deps = { ...context, nowMs: context.clock.nowMs };
  try {
    const { channel } = opened.parse(
      await context.clients.background.conversations.open({ users: handover.ownerId }),
    );
    const place = { incidentId, channelId: channel.id, threadTs: null };
    const outcome = await sendSlot(deps, place, content, posted);
    if (outcome.kind === 'failed') return notSent(context, handover, outcome.failure, posted);
    if (outcome.kind === 'later' || outcome.kind === 'rate-limited') {
      return { kind: 'later', delayMs: outcome.delayMs };
    }
    return { kind: 'done' };
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown') throw error;
    return notSent(context, handover, failure, posted);
  }
}

async function notSent(
  context: BriefContext,
  handover: Handover,
  failure: SlackFailure,
  posted: PostedMessage | undefined,
): Promise<WorkOutcome> {
  const pause = waitForSlack(context.token, failure);
  if (pause !== null) return pause;
  switch (failure.kind) {
    case 'scope-missing':
      if (posted === undefined) return tellGiver(context, handover, failure.sentence);
      // Where the bot may not look for a message that may be there: twice is better than never.
      await context.store.saveMessage({ ...posted, sentAtMs: 0 });
      return { kind: 'later', delayMs: 0 };
    case 'channel-closed':
      return tellGiver(context, handover, unsendableReason('channel_not_found'));
    case 'refused':
      return tellGiver(context, handover, unsendableReason(failure.code));
    default:
      return { kind: 'hopeless', reason: 'Slack would not take the message.' };
  }
}

/** Once. The handover stands: it is on the record and in the thread. */
async function tellGiver(
  context: BriefContext,
  { ownerId, handedOverBy, version, state }: Handover,
  reason: string,
): Promise<WorkOutcome> {
  const userId = handedOverBy ?? ownerId;
  const isFirst = await context.store.schedule([], `unbriefed:${state.incidentId}:${version}`);
  if (!isFirst) return { kind: 'done' };
  const here = (await context.store.readState(state.incidentId)) ?? state;
  await tellPerson(context, {
    userId,
    channelId: here.channelId,
    threadTs: threadHere(await context.store.readMessages(state.incidentId), here),
    replyUrl: null,
    sentence: `I could not send <@${ownerId}> the brief for ${state.incidentId}: ${reason} On the record they own it; make sure that they know, or hand it to somebody else.`,
  });
  return { kind: 'done' };
}
