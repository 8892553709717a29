import type { FlowDependencies, IncidentSummary } from '../ports.ts';

/** People act on one of the last few without remembering an id. */
const CHOICES_MAX = 5;

export interface Place {
  readonly channelId: string;
  /** Null outside threads. */
  readonly threadTs: string | null;
}

export type FoundIncident =
  | { readonly kind: 'one'; readonly incidentId: string }
  | { readonly kind: 'several'; readonly choices: readonly IncidentSummary[] }
  /** `recent` are closed ones in this channel, newest first. */
  | { readonly kind: 'none'; readonly recent: readonly IncidentSummary[] };

/** Which incident somebody means: the thread's own, or the one that is open in the channel. */
export async function findIncident(
  deps: Pick<FlowDependencies, 'store'>,
  place: Place,
): Promise<FoundIncident> {
  if (place.threadTs !== null) {
    const incidentId = await deps.store.findIncidentByThread(place.channelId, place.threadTs);
    if (incidentId !== null) return { kind: 'one', incidentId };
  }
  const { channelId } = place;
  const open = await deps.store.listIncidents({ channelId, status: 'open', limit: CHOICES_MAX });
  const [first] = open;
  if (first !== undefined && open.length === 1)
    return { kind: 'one', incidentId: first.incidentId };
  if (first !== undefined) return { kind: 'several', choices: open };
  return {
    kind: 'none',
    recent: await deps.store.listIncidents({ channelId, status: 'closed', limit: CHOICES_MAX }),
  };
}
