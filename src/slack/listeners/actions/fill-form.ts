import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import type { SlackContext } from '../../context.ts';
import { FORMS } from '../../forms/index.ts';
import { decodeTarget, formOfCallback } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { slackFailureOf } from '../../send/slack-failure.ts';

/** Draws the open form anew with the chosen text in its fields; the other fields keep what they hold. */
export async function fillForm(context: SlackContext, payload: BlockAction): Promise<void> {
  const { id: viewId, hash, callback_id, private_metadata } = payload.view ?? {};
  const form = formOfCallback(callback_id ?? '');
  const target = decodeTarget(private_metadata ?? '');
  const choice = payload.actions[0]?.selected_option?.value ?? null;
  if (form === null || viewId === undefined || target?.incidentId == null) return;
  const state = await context.store.readState(target.incidentId);
  if (state === null) return;
  const { timeZone } = await context.people.describe(payload.user.id);
  const view = FORMS[form].build({
    state,
    target,
    timeZone,
    nowMs: context.clock.nowMs(),
    playbook: playbookOf(state, context.playbooks),
    choice,
  });
  try {
    await context.clients.interactive.views.update({
      view_id: viewId,
      ...(hash === undefined ? {} : { hash }),
      view,
    });
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind !== 'refused' || !OVERTAKEN.has(failure.code)) throw error;
    context.log.info('a form was filled or closed by a later tap', { code: failure.code });
  }
}

/** The person has gone on: what they see now is newer than what this would show. */
const OVERTAKEN: ReadonlySet<string> = new Set(['hash_conflict', 'not_found']);
