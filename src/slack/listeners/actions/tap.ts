import { DEFAULT_APPROVAL, groupsOf } from '../../../domain/incident/approval.ts';
import { briefOf } from '../../../domain/incident/brief.ts';
import type { IncidentCommand } from '../../../domain/incident/commands.ts';
import { firstGatheringWindow } from '../../../domain/incident/decide-opening.ts';
import { isDocumentCurrent } from '../../../domain/incident/is-document-current.ts';
import {
  draftedStatement,
  draftIdOf,
  draftProblem,
} from '../../../domain/incident/problem-draft.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { publishWork } from '../../../flows/work-after.ts';
import { renderDocumentCurrent } from '../../blocks/document-current.ts';
import { buildEditList } from '../../blocks/edit-list.ts';
import { sentenceContent } from '../../blocks/error.ts';
import { renderMenu } from '../../blocks/menu.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { renderStatus } from '../../blocks/status.ts';
import { buildWhy } from '../../blocks/why-view.ts';
import type { SlackContext } from '../../context.ts';
import { buildRelocateForm } from '../../forms/relocate.ts';
import { decodeTarget, type TapId } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { groupsWith } from '../../user-groups.ts';
import { ACTOR_TAPS } from './actor-taps.ts';
import { addresseeOf } from './addressee-of.ts';
import { ALARM_TAPS } from './alarm-taps.ts';
import { CAPTURE_TAPS } from './capture-taps.ts';
import { leftBehind } from './left-behind.ts';
import { NUDGE_TAPS } from './nudge-taps.ts';
import { openView } from './open-view.ts';
import { PLAYBOOK_TAPS } from './playbook-taps.ts';
import type { Run, Tap } from './run.ts';
import { openStartForm } from './start-tap.ts';
import { TRAIL_TAPS } from './trail-taps.ts';

const UNKNOWN_INCIDENT =
  'I do not know this incident any more. /triage list shows those that are open.';

const DRAFT_CHANGED =
  'More is known now than when you tapped, so nothing was stated. Look at the card again.';

/** Of a roll-back by one tap: nobody should have to type first. */
export const NO_REASON = 'No reason was given.';

/** One row per button that acts at once. */
const TAPS: Readonly<Record<TapId, Run>> = {
  'take-ownership': (tap) => command(tap, { type: 'assign-owner', ownerId: tap.payload.user.id }),
  'approve-plan': approve,
  'state-drafted': (tap) => withState(tap, (state) => stateDrafted(tap, state)),
  'roll-back': (tap) =>
    command(tap, {
      type: 'roll-back',
      planId: tap.target.itemId ?? '',
      reason: NO_REASON,
    }),
  'dismiss-similar': (tap) =>
    command(tap, { type: 'dismiss-similar', similarId: tap.target.itemId ?? '' }),
  'move-channel': (tap) => withState(tap, (state) => chooseChannel(tap, state)),
  'gather-again': (tap) => withState(tap, (state) => gatherAgain(tap, state)),
  'publish-again': (tap) => withState(tap, (state) => publishAgain(tap, state)),
  'show-status': (tap) =>
    withState(tap, async (state) => {
      const events = await tap.context.store.readEvents(state.incidentId);
      return renderStatus(briefOf(state, events), tap.context.clock.nowMs());
    }),
  'show-menu': (tap) => withState(tap, async (state) => renderMenu({ state, permalink: null })),
  'show-why': (tap) => withState(tap, (state) => showWhy(tap, state)),
  'edit-document': (tap) => withState(tap, (state) => showEditList(tap, state)),
  'open-start-form': openStartForm,
  ...TRAIL_TAPS,
  ...ACTOR_TAPS,
  ...ALARM_TAPS,
  ...NUDGE_TAPS,
  ...PLAYBOOK_TAPS,
  ...CAPTURE_TAPS,
};

/** Records what the button stands for. What it returns is told once Slack has its acknowledgement. */
export async function onTap(
  context: SlackContext,
  payload: BlockAction,
  { tap, target: text }: { readonly tap: TapId; readonly target: string },
): Promise<MessageContent | null> {
  const target = decodeTarget(text);
  if (target === null) {
    return sentenceContent('I do not understand this button any more. Use /triage to go on.');
  }
  const left = await leftBehind(context, payload, target);
  if (left !== null) return sentenceContent(left);
  const dedupeId = `act:${payload.team.id}:${payload.trigger_id}`;
  return TAPS[tap]({ context, payload, target, who: addresseeOf(payload), dedupeId });
}

async function command(tap: Tap, incidentCommand: IncidentCommand): Promise<MessageContent | null> {
  const { context, target, who, dedupeId } = tap;
  const outcome = await actOnIncident(context, {
    incidentId: target.incidentId ?? '',
    command: incidentCommand,
    actor: { kind: 'person', userId: who.userId },
    dedupeId,
  });
  return outcome.kind === 'rejected' ? sentenceContent(outcome.sentence) : null;
}

async function withState(
  tap: Tap,
  run: (state: IncidentState) => Promise<MessageContent | null>,
): Promise<MessageContent | null> {
  const state = await tap.context.store.readState(tap.target.incidentId ?? '');
  return state === null ? sentenceContent(UNKNOWN_INCIDENT) : run(state);
}

/** Only what was seen is stated: the card is drawn anew when more is known. */
async function stateDrafted(tap: Tap, state: IncidentState): Promise<MessageContent | null> {
  const draft = draftProblem(state);
  const isSeen = draftIdOf(draft) === tap.target.itemId;
  return isSeen ? command(tap, draftedStatement(draft)) : sentenceContent(DRAFT_CHANGED);
}

function gatherAgain(tap: Tap, state: IncidentState): Promise<MessageContent | null> {
  const { clock, ids } = tap.context;
  const window = firstGatheringWindow(state.startedAtMs, clock.nowMs());
  return command(tap, { type: 'request-gathering', gatheringId: ids.next('g'), ...window });
}

async function publishAgain(tap: Tap, state: IncidentState): Promise<MessageContent | null> {
  const { context, dedupeId } = tap;
  if (isDocumentCurrent(state)) return renderDocumentCurrent(state);
  const work = publishWork(state.incidentId, context.clock.nowMs());
  await context.store.schedule([work], dedupeId);
  context.wakeWorkers();
  return null;
}

/** Who is in an entitled group is asked when somebody approves, and kept on no record. */
async function approve(tap: Tap): Promise<MessageContent | null> {
  const { context, target, who } = tap;
  const groups = groupsOf(context.approval ?? DEFAULT_APPROVAL);
  const memberOf = await groupsWith(context.groups, groups, who.userId);
  return command(tap, { type: 'approve-plan', planId: target.itemId ?? '', memberOf });
}

async function chooseChannel(
  { context, payload }: Tap,
  state: IncidentState,
): Promise<MessageContent | null> {
  const view = buildRelocateForm(state);
  return openView({ context, payload }, view);
}

/** The sections, each with its form. */
async function showEditList(
  { context, payload }: Tap,
  state: IncidentState,
): Promise<MessageContent | null> {
  const view = buildEditList(state);
  return openView({ context, payload }, view);
}

/** All reasons, from which a verdict is one more tap away. */
async function showWhy(
  { context, payload, target }: Tap,
  state: IncidentState,
): Promise<MessageContent | null> {
  const view = buildWhy(state, target.itemId, context.consoleUrl);
  return openView({ context, payload }, view);
}
