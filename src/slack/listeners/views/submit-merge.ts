import { mergeIncident } from '../../../flows/merge-incident.ts';
import type { SlackContext } from '../../context.ts';
import { parseMergeForm } from '../../forms/merge.ts';
import { decodeTarget } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** Makes what an alarm opened part of another incident. */
export async function submitMerge(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const parsed = parseMergeForm(formValuesOf(payload));
  if (parsed.kind === 'errors') return parsed;
  const outcome = await mergeIncident(context, {
    incidentId: decodeTarget(payload.view.private_metadata)?.incidentId ?? '',
    intoId: parsed.intoId,
    userId: payload.user.id,
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
  });
  return outcome.kind === 'rejected' ? onFirstField(payload, outcome.sentence) : { kind: 'close' };
}
