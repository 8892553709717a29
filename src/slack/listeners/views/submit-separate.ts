import { joinedAlarms } from '../../../domain/incident/incident-alarms.ts';
import { separateAlarm } from '../../../flows/separate-alarm.ts';
import type { SlackContext } from '../../context.ts';
import { alarmIdOf, parseSeparateForm } from '../../forms/separate.ts';
import { decodeTarget } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { onFirstField, type SubmissionAnswer } from './submit-form.ts';

/** Gives an alarm that joined an incident one of its own. */
export async function submitSeparate(
  context: SlackContext,
  payload: ViewSubmission,
): Promise<SubmissionAnswer> {
  const parsed = parseSeparateForm(formValuesOf(payload));
  if (parsed.kind === 'errors') return parsed;
  const incidentId = decodeTarget(payload.view.private_metadata)?.incidentId ?? '';
  const state = await context.store.readState(incidentId);
  const alarm =
    state === null
      ? undefined
      : joinedAlarms(state).find((row) => alarmIdOf(row) === parsed.alarmId);
  if (alarm === undefined) {
    return onFirstField(payload, 'This alarm is not part of the incident any more.');
  }
  const outcome = await separateAlarm(context, {
    incidentId,
    firing: alarm.firing,
    userId: payload.user.id,
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
  });
  return outcome.kind === 'rejected' ? onFirstField(payload, outcome.sentence) : { kind: 'close' };
}
