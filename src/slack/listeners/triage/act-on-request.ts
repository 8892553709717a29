import { briefOf } from '../../../domain/incident/brief.ts';
import { missingForClose } from '../../../domain/incident/close-gate.ts';
import {
  audienceOf,
  escalationReason,
  escalationText,
} from '../../../domain/incident/escalation-text.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { sentenceContent } from '../../blocks/error.ts';
import { renderFormOffer } from '../../blocks/form-offer.ts';
import { renderMenu } from '../../blocks/menu.ts';
import { renderMissing } from '../../blocks/missing-rows.ts';
import { renderStatus } from '../../blocks/status.ts';
import { FORMS } from '../../forms/index.ts';
import { buildRedactForm } from '../../forms/redact.ts';
import { buildRelocateForm } from '../../forms/relocate.ts';
import { AWS_SUPPORT, type FormId } from '../../ids.ts';
import { moveToChannel } from '../move-to-channel.ts';
import { rootPermalink } from './choose-incident.ts';
import { handOff } from './hand-off.ts';
import { act } from './record-command.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

/** What is asked of one incident. */
export type IncidentRequest = Extract<
  TriageCommand,
  {
    kind:
      | 'status'
      | 'take'
      | 'handoff'
      | 'note'
      | 'escalate'
      | 'relocate'
      | 'redact'
      | 'close'
      | 'reopen'
      | 'severity'
      | 'title';
  }
>;

/** Does it, or opens the form for what was not said. */
export async function actOnRequest(
  turn: Turn,
  state: IncidentState,
  request: IncidentRequest,
): Promise<TriageAnswer> {
  const { context, asker } = turn;
  switch (request.kind) {
    case 'status': {
      const events = await context.store.readEvents(state.incidentId);
      const content = renderStatus(briefOf(state, events), context.clock.nowMs());
      return { kind: 'content', content };
    }
    case 'take':
      return act(turn, state, { type: 'assign-owner', ownerId: asker.userId }, 'You own it now.');
    case 'handoff':
      return handOff(turn, state, request);
    case 'note': {
      const note = { noteId: context.ids.next('note'), text: request.text };
      const done = request.incidentId === null ? 'Noted.' : `Noted on ${state.incidentId}.`;
      return act(turn, state, { type: 'add-note', ...note }, done);
    }
    case 'escalate':
      return escalate(turn, state, request);
    case 'severity': {
      const { severity } = request;
      if (severity === null) return form(turn, state, 'severity');
      const done = `${state.incidentId} is ${severity.toUpperCase()} now.`;
      return act(turn, state, { type: 'change-severity', severity }, done);
    }
    case 'title': {
      const command = { type: 'change-title', title: request.title } as const;
      return act(turn, state, command, `${state.incidentId} has its new title.`);
    }
    case 'relocate':
      return relocate(turn, state, request.channelId);
    case 'redact': {
      const view = buildRedactForm(state);
      return { kind: 'form', view, without: sentenceContent(redactElsewhere(state)) };
    }
    case 'close': {
      const { reason } = request;
      if (reason === null && missingForClose(state).length > 0) {
        return { ...form(turn, state, 'close'), without: renderMissing(state) };
      }
      const command = { type: 'close-incident', reason } as const;
      return act(turn, state, command, 'Closed. I am writing the document.');
    }
    case 'reopen': {
      const command = { type: 'reopen-incident', reason: request.reason } as const;
      return act(turn, state, command, `${state.incidentId} is open again.`);
    }
  }
}

function redactElsewhere({ incidentId }: IncidentState): string {
  return `This needs a form, which Slack opens for the command only. Type this in the channel: /triage redact ${incidentId}`;
}

async function escalate(
  turn: Turn,
  state: IncidentState,
  { to, reason }: Extract<IncidentRequest, { kind: 'escalate' }>,
): Promise<TriageAnswer> {
  const audience = audienceOf(to ?? '');
  if (to === null || reason === null) {
    const initial = { ...(to === null ? {} : { to }), ...(reason === null ? {} : { reason }) };
    const without = renderFormOffer(state, {
      sentence: 'Say to whom and why, or use the form:',
      typed: `escalate ${to ?? 'TO'}: ${reason ?? 'REASON'}`,
      form: 'escalation',
      itemId: audience === 'aws-support' ? AWS_SUPPORT : null,
    });
    return { ...form(turn, state, 'escalation', initial), without };
  }
  const whole = escalationReason(reason, escalationText(state, audience));
  const command = { type: 'escalate-incident', to, reason: whole } as const;
  return act(turn, state, command, ESCALATED);
}

const ESCALATED = 'The escalation is on the record. The text to copy for them is in the thread.';

async function relocate(
  turn: Turn,
  state: IncidentState,
  channelId: string | null,
): Promise<TriageAnswer> {
  if (channelId === null) {
    const view = buildRelocateForm(state);
    return { kind: 'form', view, without: sentenceContent(SAY_WHERE) };
  }
  const { userId, dedupeId } = turn.asker;
  const outcome = await moveToChannel(turn.context, {
    incidentId: state.incidentId,
    channelId,
    userId,
    dedupeId,
  });
  if (outcome.kind === 'rejected') return say(outcome.sentence);
  return say(`${state.incidentId} goes on in <#${channelId}>. The thread here says so.`);
}

const SAY_WHERE = 'Say where to, as a channel: `@redthread move #channel`.';

export async function showMenu(turn: Turn, state: IncidentState): Promise<TriageAnswer> {
  const permalink = await rootPermalink(turn, state.incidentId);
  return { kind: 'content', content: renderMenu({ state, permalink }) };
}

function form(
  turn: Turn,
  state: IncidentState,
  formId: FormId,
  initial: Readonly<Record<string, string>> = {},
): Extract<TriageAnswer, { kind: 'form' }> {
  const view = FORMS[formId].build({
    state,
    target: { incidentId: state.incidentId, itemId: null },
    playbook: playbookOf(state, turn.context.playbooks),
    timeZone: turn.asker.timeZone,
    nowMs: turn.context.clock.nowMs(),
    initial,
  });
  return { kind: 'form', view, without: renderMenu({ state, permalink: null }) };
}
