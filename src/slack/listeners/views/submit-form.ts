import type { ModalView } from '@slack/types';
import { threadHere } from '../../../domain/incident/places.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { refusedOwner } from '../../access/refused-owner.ts';
import type { SlackContext } from '../../context.ts';
import type { FormValues } from '../../forms/form.ts';
import { FORMS } from '../../forms/index.ts';
import { decodeTarget, type FormId } from '../../ids.ts';
import { formValuesOf, type ViewSubmission } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';

/** What a submission is answered with: nothing (closes the form), another view, or sentences on its fields. */
export type SubmissionAnswer =
  | {
      readonly kind: 'close';
      /** What is left to do once Slack has its answer. */
      readonly afterwards?: () => Promise<void>;
    }
  | { readonly kind: 'update'; readonly view: ModalView }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

/** A submitted form: one command. A rejection is shown in the form, so nothing typed is lost. */
export async function submitForm(
  context: SlackContext,
  payload: ViewSubmission,
  form: FormId,
): Promise<SubmissionAnswer> {
  const values = formValuesOf(payload);
  const target = decodeTarget(payload.view.private_metadata);
  if (target?.incidentId == null) {
    return onFirstField(payload, 'I do not know this incident any more. Open the form again.');
  }
  const { timeZone } = await context.people.describe(payload.user.id);
  const state = await context.store.readState(target.incidentId);
  const input = {
    values,
    target,
    state,
    playbook: state === null ? null : playbookOf(state, context.playbooks),
    timeZone,
    nowMs: context.clock.nowMs(),
    newId: context.ids.next,
  };
  const parsed = FORMS[form].parse(input);
  if (parsed.kind === 'errors') return parsed;
  const { command } = parsed;
  const refused =
    command.type === 'assign-owner' && command.ownerId !== null
      ? await refusedOwner(context, command.ownerId)
      : null;
  if (refused !== null) return onFirstField(payload, refused);
  const outcome = await actOnIncident(context, {
    incidentId: target.incidentId,
    command,
    actor: { kind: 'person', userId: payload.user.id },
    dedupeId: `view:${payload.view.id}:${payload.view.hash}`,
  });
  if (outcome.kind !== 'rejected') return { kind: 'close' };
  if (outcome.code === 'outdated' && outcome.state !== null) {
    const shown = { ...input, state: outcome.state, initial: typedIn(values), isOutdated: true };
    return { kind: 'update', view: FORMS[form].build(shown) };
  }
  if (Object.keys(values).length > 0) return onFirstField(payload, outcome.sentence);
  // Nothing was typed, and Slack shows no sentence in a form without fields.
  await tellPerson(context, {
    userId: payload.user.id,
    channelId: outcome.state?.channelId ?? payload.user.id,
    threadTs: await threadOf(context, outcome.state),
    replyUrl: null,
    sentence: outcome.sentence,
  });
  return { kind: 'close' };
}

async function threadOf(
  { store }: SlackContext,
  state: IncidentState | null,
): Promise<string | null> {
  return state === null ? null : threadHere(await store.readMessages(state.incidentId), state);
}

/** Each field as it was sent; `build` begins with that. */
function typedIn(values: FormValues): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, field]) => [name, Object.values(field)[0] ?? '']),
  );
}

/** Slack shows errors only on input blocks that are in the view: the first one will do. */
export function onFirstField(
  payload: ViewSubmission,
  sentence: string,
): Extract<SubmissionAnswer, { kind: 'errors' }> {
  const [blockId] = Object.keys(payload.view.state.values);
  return { kind: 'errors', errors: { [blockId ?? 'form']: plainSentence(sentence) } };
}

/** Field errors are plain text: a mention would show as its id in brackets. */
function plainSentence(sentence: string): string {
  return sentence
    .replace(/<@([UW][A-Z0-9]+)>/g, 'another person')
    .replace(/<!subteam\^S[A-Z0-9]+>/g, 'the user group')
    .replace(/<#([CG][A-Z0-9]+)>/g, 'that channel')
    .slice(0, 2_000);
}
