import { lastRoot } from '../../../domain/incident/places.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { OWNER_LEFT_NOTE, renderOwnerLeft } from '../../blocks/owner-left.ts';
import type { SlackContext } from '../../context.ts';
import { readPermalink } from '../../send/read-permalink.ts';
import { tellDirectly } from '../../send/tell-person.ts';

const INCIDENTS_MAX = 100;
const OWNER_LEFT =
  'The owner has left this channel and was asked to hand over. Somebody else can take it.';

/** An owner went away: the thread says so, on the record, and they are asked to hand over. */
export async function onMemberLeft(
  context: SlackContext,
  { user, channel: channelId }: { readonly user: string; readonly channel: string },
  dedupeId: string,
): Promise<void> {
  const { store, ids } = context;
  const open = await store.listIncidents({ channelId, status: 'open', limit: INCIDENTS_MAX });
  for (const { incidentId, ownerId } of open) {
    if (ownerId !== user) continue;
    const outcome = await actOnIncident(context, {
      incidentId,
      command: { type: 'add-note', noteId: ids.next(OWNER_LEFT_NOTE), text: OWNER_LEFT },
      actor: { kind: 'bot' },
      dedupeId: `${dedupeId}:${incidentId}`,
    });
    if (outcome.kind !== 'done') continue;
    context.wakeWorkers();
    const root = lastRoot(await store.readMessages(incidentId));
    const link = root === null ? null : await readPermalink(context, root.channelId, root.ts);
    await tellDirectly(context, user, renderOwnerLeft(outcome.state, link));
  }
}
