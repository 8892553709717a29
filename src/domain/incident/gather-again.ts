import { firstGatheringWindow } from './decide-opening.ts';
import type { IncidentEvent } from './events.ts';
import type { IncidentState } from './state.ts';

const GATHER_AGAIN = {
  /** What flaps must not ask AWS without end. */
  everyMs: 5 * 60_000,
  /** In all; the rest of what fits is for people. */
  gatheringsMax: 15,
} as const;

/** Where the search begins anew, evidence up to now: causes since the last gathering are unknown. */
export function gatherAgain(state: IncidentState, nowMs: number): readonly IncidentEvent[] {
  const { incidentId, gatherings, startedAtMs } = state;
  const isRecent = gatherings.some(
    ({ requestedAtMs }) => nowMs - requestedAtMs < GATHER_AGAIN.everyMs,
  );
  if (isRecent || gatherings.length >= GATHER_AGAIN.gatheringsMax) return [];
  const gatheringId = `${incidentId.toLowerCase()}-again-${gatherings.length + 1}`;
  const window = firstGatheringWindow(startedAtMs, nowMs);
  return [{ type: 'gathering-requested', gatheringId, ...window }];
}
