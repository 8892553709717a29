import type { ModalView } from '@slack/types';
import type { SlackContext } from '../../context.ts';
import { FORMS } from '../../forms/index.ts';
import { decodeTarget, type FormId } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { addresseeOf } from './addressee-of.ts';

/** A button `open:<form>`: shows the form for the incident's newest state. */
export async function openForm(
  context: SlackContext,
  payload: BlockAction,
  form: FormId,
): Promise<void> {
  const action = payload.actions[0];
  const target = decodeTarget(action?.value ?? action?.selected_option?.value ?? '');
  const state =
    target?.incidentId == null ? null : await context.store.readState(target.incidentId);
  if (target === null || state === null) {
    await tellPerson(context, {
      ...addresseeOf(payload),
      sentence:
        'I do not know this incident any more. Use /triage list to see those that are open.',
    });
    return;
  }
  const person = await context.people.describe(payload.user.id);
  const nowMs = context.clock.nowMs();
  const view: ModalView = FORMS[form].build({ state, target, timeZone: person.timeZone, nowMs });
  await context.clients.interactive.views.open({ trigger_id: payload.trigger_id, view });
}
