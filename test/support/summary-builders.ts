import { NO_DURATIONS } from '../../src/domain/incident/durations.ts';
import { EMPTY_PROFILE } from '../../src/domain/knowledge/profile.ts';
import type { IncidentSummary } from '../../src/ports.ts';
import { OPENED_AT_MS } from './incident-builders.ts';

/** An open incident of Ana's channel that nobody owns. */
export function aSummary(changes: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    incidentId: 'RT-7K3F9',
    channelId: 'C1',
    formerChannelIds: [],
    status: 'open',
    title: 'Checkout returns 5xx',
    severity: 'sev2',
    ownerId: null,
    step: 'test',
    openedAtMs: OPENED_AT_MS,
    lastActivityAtMs: OPENED_AT_MS,
    alarmKeys: [],
    profile: EMPTY_PROFILE,
    openedById: 'UANA',
    playbookTitle: null,
    causeClass: null,
    durations: NO_DURATIONS,
    isCounted: true,
    isDrill: false,
    ...changes,
  };
}
