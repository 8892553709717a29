import type { ModalView } from '@slack/types';
import { refusalNow } from '../../../domain/incident/decide.ts';
import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { SlackContext } from '../../context.ts';
import { COMMAND_OF_FORM } from '../../forms/form-commands.ts';
import { FORMS } from '../../forms/index.ts';
import { decodeTarget, type FormId } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { tellTapper } from './answer-tap.ts';
import { leftBehind } from './left-behind.ts';
import { openView } from './open-view.ts';

const UNKNOWN_INCIDENT =
  'I do not know this incident any more. Use /triage list to see those that are open.';

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
    return tellTapper(context, payload, sentenceContent(UNKNOWN_INCIDENT));
  }
  const left = await leftBehind(context, payload, target);
  if (left !== null) return tellTapper(context, payload, sentenceContent(left));
  const nowMs = context.clock.nowMs();
  const refusal = refusalNow(state, COMMAND_OF_FORM[form], nowMs);
  // On an old card. From a window it is opened all the same: the person is told there.
  if (refusal !== null && payload.container.type === 'message') {
    return tellTapper(context, payload, sentenceContent(refusal));
  }
  const person = await context.people.describe(payload.user.id);
  const playbook = playbookOf(state, context.playbooks);
  const known = { state, target, timeZone: person.timeZone, nowMs, playbook };
  const view: ModalView = FORMS[form].build(known);
  await openView({ context, payload }, view);
}
