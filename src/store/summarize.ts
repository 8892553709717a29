import { alarmKey } from '../domain/alarm/alarm-change.ts';
import { durationsOf } from '../domain/incident/durations.ts';
import { confirmedClasses } from '../domain/incident/hypotheses.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { profileOf } from '../domain/knowledge/profile.ts';
import type { IncidentSummary } from '../ports.ts';

export function summarize(state: IncidentState): IncidentSummary {
  return {
    incidentId: state.incidentId,
    channelId: state.channelId,
    formerChannelIds: state.formerPlaces.map(({ channelId }) => channelId),
    status: state.status,
    title: state.title,
    severity: state.severity,
    ownerId: state.ownerId,
    step: state.step,
    openedAtMs: state.openedAtMs,
    lastActivityAtMs: state.lastActivityAtMs,
    alarmKeys: state.alarms.map(({ firing }) => alarmKey(firing)),
    profile: profileOf(state),
    openedById: state.openedBy.kind === 'person' ? state.openedBy.userId : null,
    playbookTitle: state.playbook?.title ?? null,
    causeClass: confirmedClasses(state)[0] ?? null,
    durations: durationsOf(state.moments),
    isCounted: !state.isDrill && (state.proposal === null || state.proposal.verdict === 'accepted'),
    isDrill: state.isDrill,
  };
}
