import { lastRoot } from '../../domain/incident/places.ts';
import { type RelocationOutcome, relocateIncident } from '../../flows/relocate-incident.ts';
import type { SlackContext } from '../context.ts';
import { readPermalink } from '../send/read-permalink.ts';

/** Moves an incident for somebody, with the link to the card that stays behind. */
export function moveToChannel(
  context: SlackContext,
  move: {
    readonly incidentId: string;
    readonly channelId: string;
    readonly userId: string;
    readonly dedupeId: string;
  },
): Promise<RelocationOutcome> {
  return relocateIncident(context, {
    ...move,
    permalinkOf: async ({ incidentId }) => {
      const root = lastRoot(await context.store.readMessages(incidentId));
      return root === null ? null : readPermalink(context, root.channelId, root.ts);
    },
  });
}
