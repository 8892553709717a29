import { endAnswer, readKeptAnswer } from '../../../flows/kept-answers.ts';
import type { SlackContext } from '../../context.ts';
import { parseQuestionForm } from '../../forms/question.ts';
import { decodeTarget } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { scheduleQuestion } from '../commands/trail.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** An edited question: asked anew where the first one was; that one is waited for no longer. */
export async function submitQuestion(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const userId = payload.user.id;
  const { timeZone } = await context.people.describe(userId);
  const nowMs = context.clock.nowMs();
  const parsed = parseQuestionForm({ values: formValuesOf(payload), timeZone, nowMs });
  if (parsed.kind === 'errors') return parsed;
  const target = decodeTarget(payload.view.private_metadata);
  const answerId = target?.itemId ?? '';
  const kept = await readKeptAnswer(context.store, answerId);
  if (target === null || kept === null) {
    return onFirstField(payload, 'I do not know this question any more. Ask it with /trail.');
  }
  await endAnswer(context.store, answerId, 'edited');
  await scheduleQuestion(context, {
    question: parsed.question,
    userId,
    channelId: kept.channelId,
    threadTs: kept.threadTs,
    // A form has no address of its own to answer to.
    replyUrl: null,
    incidentId: target.incidentId,
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
  });
  return { kind: 'close' };
}
