import type { SlackContext } from '../../context.ts';
import { parseRelocateForm } from '../../forms/relocate.ts';
import { decodeTarget } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { moveToChannel } from '../move-to-channel.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** Moves an incident to the chosen channel. A refusal is shown in the form. */
export async function submitRelocate(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const parsed = parseRelocateForm(formValuesOf(payload));
  if (parsed.kind === 'errors') return parsed;
  const outcome = await moveToChannel(context, {
    incidentId: decodeTarget(payload.view.private_metadata)?.incidentId ?? '',
    channelId: parsed.channelId,
    userId: payload.user.id,
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
  });
  return outcome.kind === 'rejected' ? onFirstField(payload, outcome.sentence) : { kind: 'close' };
}
