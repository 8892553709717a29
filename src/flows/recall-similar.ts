import { findSimilar } from '../domain/knowledge/find-similar.ts';
import { profileOf } from '../domain/knowledge/profile.ts';
import type { FlowDependencies } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';

/** The most recent ones: what nobody met for so long is no help at night. */
const SEARCHED_MAX = 2_000;

/**
 * Puts the incidents of this channel that look like this one on its record. Of this channel only:
 * who reads here may not read there. Running again with nothing new records nothing.
 */
export async function recallSimilar(deps: FlowDependencies, incidentId: string): Promise<void> {
  const state = await deps.store.readState(incidentId);
  if (state === null || state.status !== 'open') return;
  const known = await deps.store.listIncidents({
    channelId: state.channelId,
    limit: SEARCHED_MAX,
  });
  const similar = findSimilar(incidentId, profileOf(state), known);
  const isNothingNew = similar.length === 0 && state.similar.length === 0;
  if (isNothingNew) return;
  await actOnIncident(deps, {
    incidentId,
    command: { type: 'note-similar', similar },
    actor: { kind: 'bot' },
    dedupeId: `recall-${incidentId}-${state.version}`,
  });
}
