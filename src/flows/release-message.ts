import type { Actor } from '../domain/incident/events.ts';
import type { FlowDependencies } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { findCaptured } from './find-captured.ts';

/** Takes a message off every timeline that has it. Returns the ids of those incidents. */
export async function releaseMessage(
  deps: FlowDependencies,
  message: Parameters<typeof findCaptured>[1] & {
    readonly actor: Actor;
    readonly dedupeId: string;
  },
): Promise<readonly string[]> {
  const { messageTs, actor, dedupeId } = message;
  const holders = await findCaptured(deps, message);
  for (const incidentId of holders) {
    await actOnIncident(deps, {
      incidentId,
      command: { type: 'release-captured-message', messageTs },
      actor,
      dedupeId: `${dedupeId}:${incidentId}`,
    });
  }
  return holders;
}
