import { answerActor, askActor } from '../../../flows/ask-actor.ts';
import type { SlackContext } from '../../context.ts';
import { parseCommentForm } from '../../forms/actor-comment.ts';
import {
  askedBeforeView,
  decodeAskPlace,
  parseAskForm,
  STANDING_WARNINGS,
  UNREACHABLE,
  warnAgain,
} from '../../forms/ask-actor.ts';
import { decodeTarget } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** Asks the person behind a call. Until here nothing was sent or kept. */
export async function submitAsk(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const place = decodeAskPlace(payload.view.private_metadata);
  if (place === null) {
    return onFirstField(payload, 'I do not know this call any more. Open the form again.');
  }
  const parsed = parseAskForm(formValuesOf(payload));
  if (parsed.kind === 'errors') return parsed;
  const { personId, question } = parsed;
  const found = await context.people.findAccount(personId);
  // Where Slack does not say who it is, sending will tell.
  if (found.kind === 'found') {
    const { account } = found;
    const { standing } = account;
    if (UNREACHABLE.has(standing)) {
      const sentence = `${account.name} ${STANDING_WARNINGS[standing]} Choose somebody else.`;
      return { kind: 'errors', errors: { person: sentence } };
    }
    if (standing !== 'member' && place.warnedId !== personId) {
      return { kind: 'update', view: warnAgain({ place, account, question }) };
    }
  }
  const { eventId, incidentId, channelId } = place;
  const userId = payload.user.id;
  const asked = { eventId, personId, question, userId, incidentId, channelId };
  const outcome = await askActor(context, asked);
  return outcome.kind === 'asking'
    ? { kind: 'close' }
    : { kind: 'update', view: askedBeforeView(outcome.inquiry, incidentId !== null) };
}

/** What the person who was asked writes. */
export async function submitComment(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const parsed = parseCommentForm(formValuesOf(payload));
  if (parsed.kind === 'errors') return parsed;
  const outcome = await answerActor(context, {
    inquiryId: decodeTarget(payload.view.private_metadata)?.itemId ?? '',
    userId: payload.user.id,
    change: { comment: parsed.comment },
  });
  return outcome.kind === 'refused' ? onFirstField(payload, outcome.sentence) : { kind: 'close' };
}
