import { briefOf } from '../../../domain/incident/brief.ts';
import { missingForClose } from '../../../domain/incident/close-gate.ts';
import type { IncidentCommand } from '../../../domain/incident/commands.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { playbookOf } from '../../../domain/playbook/find-playbook.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { refusedOwner } from '../../access/refused-owner.ts';
import { sentenceContent } from '../../blocks/error.ts';
import { renderMenu } from '../../blocks/menu.ts';
import { renderStatus } from '../../blocks/status.ts';
import { FORMS } from '../../forms/index.ts';
import { buildRedactForm } from '../../forms/redact.ts';
import { buildRelocateForm } from '../../forms/relocate.ts';
import type { FormId } from '../../ids.ts';
import { moveToChannel } from '../move-to-channel.ts';
import { rootPermalink } from './choose-incident.ts';
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
      | 'reopen';
  }
>;

const REDACT_ELSEWHERE =
  'This needs a form, which Slack opens for the command only: `/triage redact` in the channel.';

const HANDED_OVER = 'Handed over. I send them a brief; if they cannot be reached, you hear of it.';

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
    case 'handoff': {
      const refused = await refusedOwner(context, request.userId);
      if (refused !== null) return say(refused);
      return act(turn, state, { type: 'assign-owner', ownerId: request.userId }, HANDED_OVER);
    }
    case 'note': {
      const note = { noteId: context.ids.next('note'), text: request.text };
      return act(turn, state, { type: 'add-note', ...note }, 'Noted.');
    }
    case 'escalate': {
      const { to, reason } = request;
      if (to === null || reason === null) {
        return form(turn, state, 'escalation', to === null ? {} : { to });
      }
      const command = { type: 'escalate-incident', to, reason } as const;
      return act(turn, state, command, 'The escalation is on the record.');
    }
    case 'relocate':
      return relocate(turn, state, request.channelId);
    case 'redact': {
      const view = buildRedactForm(state);
      return { kind: 'form', view, without: sentenceContent(REDACT_ELSEWHERE) };
    }
    case 'close': {
      const { reason } = request;
      if (reason === null && missingForClose(state).length > 0) return form(turn, state, 'close');
      const command = { type: 'close-incident', reason } as const;
      return act(turn, state, command, 'Closed. I am writing the document.');
    }
    case 'reopen': {
      const command = { type: 'reopen-incident', reason: request.reason } as const;
      return act(turn, state, command, `${state.incidentId} is open again.`);
    }
  }
}

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

async function act(
  turn: Turn,
  state: IncidentState,
  command: IncidentCommand,
  done: string,
): Promise<TriageAnswer> {
  const outcome = await actOnIncident(turn.context, {
    incidentId: state.incidentId,
    command,
    actor: { kind: 'person', userId: turn.asker.userId },
    dedupeId: turn.asker.dedupeId,
  });
  return say(outcome.kind === 'rejected' ? outcome.sentence : done);
}

function form(
  turn: Turn,
  state: IncidentState,
  formId: FormId,
  initial: Readonly<Record<string, string>> = {},
): TriageAnswer {
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
