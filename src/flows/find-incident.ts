import { hasLeft } from '../domain/incident/places.ts';
import type { FlowDependencies, IncidentSummary } from '../ports.ts';

/** People act on one of the last few without remembering an id. */
const CHOICES_MAX = 5;
const LISTED_MAX = 500;

export interface Place {
  readonly channelId: string;
  /** Null outside threads. */
  readonly threadTs: string | null;
}

export type FoundIncident =
  | { readonly kind: 'one'; readonly incidentId: string }
  | { readonly kind: 'several'; readonly choices: readonly IncidentSummary[] }
  /** The thread's own, which goes on in another channel. */
  | { readonly kind: 'moved'; readonly incidentId: string; readonly channelId: string }
  | {
      readonly kind: 'none';
      /** Closed ones in this channel, newest first. */
      readonly recent: readonly IncidentSummary[];
      /** Open ones that were here and were moved. */
      readonly movedAway: readonly IncidentSummary[];
    };

/** Which incident somebody means: the thread's own, or the one that is open in the channel. */
export async function findIncident(
  deps: Pick<FlowDependencies, 'store'>,
  place: Place,
): Promise<FoundIncident> {
  const ofThread = await findThreadIncident(deps, place);
  if (ofThread !== null) return ofThread;
  const { channelId } = place;
  const open = await deps.store.listIncidents({ channelId, status: 'open', limit: CHOICES_MAX });
  const [first] = open;
  if (first !== undefined && open.length === 1)
    return { kind: 'one', incidentId: first.incidentId };
  if (first !== undefined) return { kind: 'several', choices: open };
  return {
    kind: 'none',
    recent: await deps.store.listIncidents({ channelId, status: 'closed', limit: CHOICES_MAX }),
    movedAway: await movedFrom(deps, channelId),
  };
}

/** The incident that this thread is about, or was; null: none, or no thread. */
export async function findThreadIncident(
  { store }: Pick<FlowDependencies, 'store'>,
  place: Place,
): Promise<Extract<FoundIncident, { kind: 'one' | 'moved' }> | null> {
  if (place.threadTs === null) return null;
  const incidentId = await store.findIncidentByThread(place.channelId, place.threadTs);
  if (incidentId === null) return null;
  const state = await store.readState(incidentId);
  return state !== null && hasLeft(state, place.channelId)
    ? { kind: 'moved', incidentId, channelId: state.channelId }
    : { kind: 'one', incidentId };
}

async function movedFrom(
  { store }: Pick<FlowDependencies, 'store'>,
  channelId: string,
): Promise<readonly IncidentSummary[]> {
  const open = await store.listIncidents({ status: 'open', limit: LISTED_MAX });
  return open.filter((row) => row.formerChannelIds.includes(channelId)).slice(0, CHOICES_MAX);
}

/** For people who look for an incident where it was. */
export function movedWords({
  incidentId,
  channelId,
}: {
  readonly incidentId: string;
  readonly channelId: string;
}): string {
  return `${incidentId} was moved and goes on in <#${channelId}>.`;
}
