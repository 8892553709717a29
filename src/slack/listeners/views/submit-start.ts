import { openIncident } from '../../../flows/open-incident.ts';
import type { SlackContext } from '../../context.ts';
import { parseStartForm } from '../../forms/start.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** The start form: opens an incident where the form was asked for. */
export async function submitStart(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const { timeZone } = await context.people.describe(payload.user.id);
  const parsed = parseStartForm({
    values: formValuesOf(payload),
    privateMetadata: payload.view.private_metadata,
    timeZone,
    nowMs: context.clock.nowMs(),
  });
  if (parsed.kind === 'errors') return parsed;
  const outcome = await openIncident(context, {
    ...parsed.place,
    ...parsed.fields,
    teamId: payload.team.id,
    regions: [],
    actor: { kind: 'person', userId: payload.user.id },
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
    replyUrl: null,
  });
  if (outcome.kind === 'rejected') return onFirstField(payload, outcome.sentence);
  return { kind: 'close' };
}
