import type { FlowDependencies, Work } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';

/** The record decides whether there is still anything to say, so that it is said once at most. */
export async function beginWindow(
  deps: FlowDependencies,
  { incidentId, planId }: Extract<Work, { kind: 'begin-window' }>,
): Promise<void> {
  await actOnIncident(deps, {
    incidentId,
    command: { type: 'begin-window', planId },
    actor: { kind: 'bot' },
    dedupeId: `window-${planId}`,
  });
}
