import type { App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import {
  ASK_FORM,
  COMMENT_FORM,
  formCallback,
  formOfCallback,
  MERGE_FORM,
  QUESTION_FORM,
  REDACT_FORM,
  RELOCATE_FORM,
  SEPARATE_FORM,
  START_FORM,
} from '../../ids.ts';
import { type ViewSubmission, viewSubmissionPayload } from '../../payloads.ts';
import { acknowledgeOnce, guarded } from '../guard.ts';
import { submitAsk, submitComment } from './submit-ask.ts';
import { onFirstField, type SubmissionAnswer, submitForm } from './submit-form.ts';
import { submitMerge } from './submit-merge.ts';
import { submitQuestion } from './submit-question.ts';
import { submitRedact } from './submit-redact.ts';
import { submitRelocate } from './submit-relocate.ts';
import { submitSeparate } from './submit-separate.ts';
import { submitStart } from './submit-start.ts';

const ANY_VIEW = /^form:/;

export function registerViews(app: App, context: SlackContext): void {
  app.view<ViewSubmitAction>(ANY_VIEW, async ({ body, ack }) => {
    const payload = viewSubmissionPayload.parse(body);
    const acknowledgement = acknowledgeOnce(ack);
    await guarded(
      context,
      `view ${payload.view.callback_id}`,
      async () => {
        const given = await submit(context, payload);
        await acknowledgement.send(...answer(given));
        if (given.kind === 'close') await given.afterwards?.();
      },
      // The form stays open with the sentence on it, so that nothing typed is lost.
      async ({ sentence }) => acknowledgement.send(...answer(onFirstField(payload, sentence))),
      acknowledgement,
    );
  });
}

function submit(context: SlackContext, payload: ViewSubmission): Promise<SubmissionAnswer> {
  const { callback_id } = payload.view;
  if (callback_id === formCallback(START_FORM)) return submitStart(context, payload);
  if (callback_id === formCallback(QUESTION_FORM)) return submitQuestion(context, payload);
  if (callback_id === formCallback(ASK_FORM)) return submitAsk(context, payload);
  if (callback_id === formCallback(COMMENT_FORM)) return submitComment(context, payload);
  if (callback_id === formCallback(MERGE_FORM)) return submitMerge(context, payload);
  if (callback_id === formCallback(SEPARATE_FORM)) return submitSeparate(context, payload);
  if (callback_id === formCallback(REDACT_FORM)) return submitRedact(context, payload);
  if (callback_id === formCallback(RELOCATE_FORM)) return submitRelocate(context, payload);
  const form = formOfCallback(callback_id);
  if (form !== null) return submitForm(context, payload, form);
  return Promise.resolve(onFirstField(payload, 'I do not know this form any more. Open it again.'));
}

/** A form on top of the reasons for a hypothesis closes together with them. */
function answer(given: SubmissionAnswer): [ViewResponseAction] {
  if (given.kind === 'close') return [{ response_action: 'clear' }];
  if (given.kind === 'update') return [{ response_action: 'update', view: given.view }];
  return [{ response_action: 'errors', errors: { ...given.errors } }];
}
