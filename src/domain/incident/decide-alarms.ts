import { isSameAlarm } from '../alarm/alarm-change.ts';
import { hasVisibleText } from '../text/cut-text.ts';
import type { IncidentCommand } from './commands.ts';
import { accept, byWhom, type Handler, type Rejection, reject, tooMany } from './decision.ts';
import type { IncidentEvent } from './events.ts';
import { gatherAgain } from './gather-again.ts';
import {
  findAlarm,
  isCleared,
  isKnownFiring,
  isUndecided,
  type ProposalVerdict,
} from './incident-alarms.ts';
import { LIMITS } from './limits.ts';
import type { IncidentState } from './state.ts';
import { stepNumber } from './steps.ts';

export const LAPSED_REASON = 'The alarm went back to OK by itself before anybody took it.';
const NOT_AN_INCIDENT = 'Not an incident';

/**
 * Reports arrive more than once and in any order: what is known or out of date changes nothing. An
 * incident that nobody has accepted ends with its alarms.
 */
export const recordAlarm: Handler<'record-alarm'> = (command, { state, nowMs }) => {
  const { change, mergedFrom, gatheringId } = command;
  const known = findAlarm(state.alarms, change);
  const event = { type: 'alarm-changed', change, mergedFrom } as const;
  if (change.to === 'ALARM') {
    if (known !== undefined && isKnownFiring(known, change)) return accept();
    if (state.status === 'closed') return reject('incident-closed', 'This incident is closed.');
    return (
      (known === undefined ? tooMany(state.alarms.length, LIMITS.alarmsMax, 'alarms') : null) ??
      accept(event, ...gatheringFor(state, gatheringId, command.gatherWindow, nowMs))
    );
  }
  if (change.to !== 'OK' || known === undefined) return accept();
  if (isCleared(known) || change.atMs < known.firing.atMs) return accept();
  const isOver = state.alarms.every((alarm) => alarm === known || isCleared(alarm));
  const lapses = state.status === 'open' && isUndecided(state) && isOver;
  return accept(event, ...(lapses ? ending('lapsed', LAPSED_REASON) : []));
};

function gatheringFor(
  state: IncidentState,
  gatheringId: string | null,
  window: Extract<IncidentCommand, { type: 'record-alarm' }>['gatherWindow'],
  nowMs: number,
): readonly IncidentEvent[] {
  if (gatheringId === null) return isPastSearch(state) ? gatherAgain(state, nowMs) : [];
  if (state.gatherings.length >= LIMITS.gatheringsMax) return [];
  return [{ type: 'gathering-requested', gatheringId, ...window } as const];
}

/** Nobody looks for causes any more, and nothing that was looked at is about this firing. */
function isPastSearch({ step }: IncidentState): boolean {
  return stepNumber(step) > stepNumber('test');
}

/** Only what had joined: the alarm that opened the incident, or that somebody named, is what it is about. */
export const separateAlarm: Handler<'separate-alarm'> = ({ alarm, intoId }, { state, nowMs }) => {
  const before = state.separated.find((row) => isSameAlarm(row.alarm, alarm));
  if (before !== undefined) {
    const by = byWhom(before.by, before.atMs, nowMs);
    return reject('already-done', `This alarm was already given ${before.intoId} ${by}.`);
  }
  const known = findAlarm(state.alarms, alarm);
  if (known === undefined) return reject('not-found', 'This alarm is not part of the incident.');
  if (!known.hasJoined) {
    return reject('not-allowed', 'The incident is about this alarm. Choose one that joined it.');
  }
  if (isCleared(known)) {
    return reject('not-now', 'This alarm is OK again, so there is nothing to work on.');
  }
  return accept({ type: 'alarm-separated', alarm, intoId });
};

/** Whoever accepts it owns it, unless somebody does already. */
export const acceptProposal: Handler<'accept-proposal'> = (_command, context) => {
  const { state, actor } = context;
  const rejection = rejectDecided(context);
  if (rejection !== null) return rejection;
  if (actor.kind === 'bot') return reject('not-allowed', 'Only a person can accept an incident.');
  return accept(
    decided('accepted', null),
    ...(state.ownerId === null ? [{ type: 'owner-changed', ownerId: actor.userId } as const] : []),
  );
};

export const declineProposal: Handler<'decline-proposal'> = (command, context) => {
  const reason = command.reason ?? '';
  const closing = hasVisibleText(reason) ? `${NOT_AN_INCIDENT}: ${reason}` : NOT_AN_INCIDENT;
  return rejectDecided(context) ?? accept(...ending('declined', closing));
};

export const mergeIncident: Handler<'merge-incident'> = ({ intoId }, context) => {
  if (intoId === context.state.incidentId) {
    return reject('not-allowed', 'An incident cannot become part of itself. Choose another one.');
  }
  return rejectDecided(context) ?? accept(...ending('merged', `Merged into ${intoId}`, intoId));
};

const WORDS = {
  accepted: 'accepted',
  declined: 'set aside as no incident',
  merged: 'merged into another one',
  lapsed: 'over',
} as const satisfies Record<ProposalVerdict, string>;

function rejectDecided({
  state,
  nowMs,
}: Parameters<Handler<'accept-proposal'>>[1]): Rejection | null {
  if (isUndecided(state)) return null;
  const { proposal } = state;
  if (proposal === null || proposal.verdict === null) {
    return reject('not-now', 'No alarm opened this incident, so there is nothing to decide.');
  }
  const by =
    proposal.by === null || proposal.atMs === null
      ? ''
      : ` ${byWhom(proposal.by, proposal.atMs, nowMs)}`;
  return reject('already-done', `This was already ${WORDS[proposal.verdict]}${by}.`);
}

function decided(verdict: ProposalVerdict, mergedInto: string | null) {
  return { type: 'proposal-decided', verdict, mergedInto } as const;
}

function ending(verdict: ProposalVerdict, reason: string, mergedInto: string | null = null) {
  return [decided(verdict, mergedInto), { type: 'incident-closed', reason } as const];
}
