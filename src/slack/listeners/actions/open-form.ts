import type { ModalView } from '@slack/types';
import { refusalNow } from '../../../domain/incident/decide.ts';
import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import type { SlackContext } from '../../context.ts';
import { COMMAND_OF_FORM } from '../../forms/form-commands.ts';
import { FORMS } from '../../forms/index.ts';
import { decodeTarget, type FormId } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { addresseeOf } from './addressee-of.ts';
import { leftBehind } from './left-behind.ts';

/** Shows the form for the incident's newest state; on top, when it was asked for in a modal. */
export async function openForm(
  context: SlackContext,
  payload: BlockAction,
  { form, target: text }: { readonly form: FormId; readonly target: string },
): Promise<void> {
  const target = decodeTarget(text);
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
  const left = await leftBehind(context, payload, target);
  if (left !== null) {
    await tellPerson(context, { ...addresseeOf(payload), sentence: left });
    return;
  }
  const nowMs = context.clock.nowMs();
  const refusal = refusalNow(state, COMMAND_OF_FORM[form], nowMs);
  // On an old card. From a window it is opened all the same: the person is told there.
  if (refusal !== null && payload.container.type === 'message') {
    await tellPerson(context, { ...addresseeOf(payload), sentence: refusal });
    return;
  }
  const person = await context.people.describe(payload.user.id);
  const playbook = playbookOf(state, context.playbooks);
  const known = { state, target, timeZone: person.timeZone, nowMs, playbook };
  const view: ModalView = FORMS[form].build(known);
  const { views } = context.clients.interactive;
  const shown = { trigger_id: payload.trigger_id, view };
  await (payload.view?.type === 'modal' ? views.push(shown) : views.open(shown));
}
