import type { IncidentState } from '../domain/incident/state.ts';
import type { FlowDependencies } from '../ports.ts';

const LISTED_MAX = 200;
/** Two who open within this time of each other mean the same trouble more often than not. */
const JUST_NOW_MS = 2 * 60_000;

/** Another open incident of the channel that may be about the same. */
export interface Sibling {
  readonly state: IncidentState;
  readonly why: 'same-alarm' | 'just-now';
}

/**
 * What whoever has just opened an incident should hear of: one about the same alarm first, else one
 * that somebody else opened just before. Null: none. Practice is never the same as what is real.
 */
export async function findSibling(
  { store }: Pick<FlowDependencies, 'store'>,
  mine: IncidentState,
): Promise<Sibling | null> {
  if (mine.isDrill) return null;
  const { channelId, openedAtMs, alarmNames, incidentId } = mine;
  const open = await store.listIncidents({ channelId, status: 'open', limit: LISTED_MAX });
  const openedById = mine.openedBy.kind === 'person' ? mine.openedBy.userId : null;
  const earlier = open
    .filter((row) => !row.isDrill && row.incidentId !== incidentId)
    .filter((row) => row.openedAtMs <= openedAtMs)
    .toSorted((a, b) => b.openedAtMs - a.openedAtMs);
  const ofAlarm = earlier.find(({ profile }) =>
    profile.alarms.some((name) => alarmNames.includes(name)),
  );
  const justNow = earlier.find(
    (row) => openedAtMs - row.openedAtMs < JUST_NOW_MS && row.openedById !== openedById,
  );
  const found = ofAlarm ?? justNow;
  const state = found === undefined ? null : await store.readState(found.incidentId);
  if (state === null || state.status !== 'open') return null;
  return { state, why: found === ofAlarm ? 'same-alarm' : 'just-now' };
}
