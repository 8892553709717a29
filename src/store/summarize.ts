import { alarmKey } from '../domain/alarm/alarm-change.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { profileOf } from '../domain/knowledge/profile.ts';
import type { IncidentSummary } from '../ports.ts';

export function summarize(state: IncidentState): IncidentSummary {
  return {
    incidentId: state.incidentId,
    channelId: state.channelId,
    status: state.status,
    title: state.title,
    severity: state.severity,
    ownerId: state.ownerId,
    step: state.step,
    openedAtMs: state.openedAtMs,
    lastActivityAtMs: state.lastActivityAtMs,
    alarmKeys: state.alarms.map(({ firing }) => alarmKey(firing)),
    profile: profileOf(state),
  };
}
