import { redactIncident } from '../../../flows/redact-incident.ts';
import type { SlackContext } from '../../context.ts';
import { parseRedactForm, redactedView } from '../../forms/redact.ts';
import { decodeTarget } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** Takes the text out of the record, and says what could not be reached. */
export async function submitRedact(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const parsed = parseRedactForm(formValuesOf(payload));
  if (parsed.kind === 'errors') return parsed;
  const incidentId = decodeTarget(payload.view.private_metadata)?.incidentId ?? '';
  const { text, reason } = parsed;
  const outcome = await redactIncident(context, {
    incidentId,
    text,
    reason,
    actor: { kind: 'person', userId: payload.user.id },
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
  });
  if (outcome.kind === 'rejected') return onFirstField(payload, outcome.sentence);
  return { kind: 'update', view: redactedView(outcome.state, outcome.places) };
}
