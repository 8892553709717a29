import type { AnswerChange } from '../../../domain/incident/inquiry.ts';
import { answerActor } from '../../../flows/ask-actor.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { buildCommentForm } from '../../forms/actor-comment.ts';
import { buildWaiting } from '../../forms/ask-actor.ts';
import { openView } from './open-view.ts';
import type { Run, Tap } from './run.ts';

/** The buttons of asking the person behind a call, and of answering. */
export const ACTOR_TAPS = {
  'ask-actor': openAskForm,
  'answer-planned': (tap) => answerWith(tap, { verdict: 'planned' }),
  'answer-mistake': (tap) => answerWith(tap, { verdict: 'mistake' }),
  'answer-not-me': (tap) => answerWith(tap, { verdict: 'not-me' }),
  'answer-comment': openCommentForm,
} as const satisfies Readonly<Record<string, Run>>;

/** An event id goes into ids made from it, which have to fit into buttons. */
const EVENT_ID = /^[A-Za-z0-9-]{1,50}$/;

/** Opens the form at once and has it filled in: reading the call again may take seconds. */
async function openAskForm(tap: Tap): Promise<MessageContent | null> {
  const { context, payload, target, who, dedupeId } = tap;
  const eventId = target.itemId ?? '';
  if (!EVENT_ID.test(eventId)) {
    return sentenceContent('I cannot ask about this call: its id is not one of CloudTrail’s.');
  }
  const { view } = await context.clients.interactive.views.open({
    trigger_id: payload.trigger_id,
    view: buildWaiting(),
  });
  const { userId, channelId } = who;
  const viewId = view?.id ?? '';
  const askedAtMs = context.clock.nowMs();
  const { incidentId } = target;
  const work = { eventId, viewId, userId, channelId, incidentId, askedAtMs };
  await context.store.schedule(
    [{ workId: `view-${viewId}`, dueAtMs: askedAtMs, work: { kind: 'prepare-inquiry', ...work } }],
    dedupeId,
  );
  context.wakeWorkers();
  return null;
}

/** What the person who was asked says with one tap. */
async function answerWith(
  { context, payload, target }: Tap,
  change: AnswerChange,
): Promise<MessageContent | null> {
  const outcome = await answerActor(context, {
    inquiryId: target.itemId ?? '',
    userId: payload.user.id,
    change,
  });
  return outcome.kind === 'refused' ? sentenceContent(outcome.sentence) : null;
}

async function openCommentForm(tap: Tap): Promise<MessageContent | null> {
  const { context, payload, target } = tap;
  const inquiry = await context.store.readInquiry(target.itemId ?? '');
  if (inquiry?.personId !== payload.user.id) return answerWith(tap, {});
  const view = buildCommentForm(inquiry);
  return openView({ context, payload }, view);
}
