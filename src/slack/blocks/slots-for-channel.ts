import type { RecordedEvent } from '../../domain/incident/events.ts';
import type { IncidentState } from '../../domain/incident/state.ts';

/** Later than this the channel needs no telling any more: the bot was away, or the thread began anew. */
const FRESH_MS = 15 * 60_000;

/**
 * The messages that people see who are not in the thread: that nobody takes what an alarm has
 * opened, that it got worse, that it is over. Everything else stays in the thread.
 */
export function slotsForChannel(
  state: IncidentState,
  events: readonly RecordedEvent[],
  nowMs: number,
): ReadonlySet<string> {
  if (state.isDrill) return new Set();
  const fresh = events.filter(({ atMs }) => nowMs - atMs < FRESH_MS);
  return new Set(fresh.flatMap((recorded) => slotForChannel(state, events, recorded) ?? []));
}

function slotForChannel(
  { ownerId, openedBy, proposal }: IncidentState,
  events: readonly RecordedEvent[],
  { event, version }: RecordedEvent,
): string | null {
  switch (event.type) {
    case 'nudge-sent':
      // With an owner or an opener it calls them by name.
      return ownerId === null && openedBy.kind === 'bot' ? `nudge-${version}` : null;
    case 'severity-changed': {
      const before = events.findLast(
        (earlier) => earlier.version < version && 'severity' in earlier.event,
      )?.event;
      const isRaised =
        before !== undefined && 'severity' in before && event.severity < before.severity;
      return isRaised ? `line-${version}` : null;
    }
    case 'incident-closed':
      // What never was an incident ends on its card.
      return proposal === null || proposal.verdict === 'accepted' ? `line-${version}` : null;
    default:
      return null;
  }
}
