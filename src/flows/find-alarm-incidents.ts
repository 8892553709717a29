import { type AlarmPlace, alarmKey } from '../domain/alarm/alarm-change.ts';
import { findAlarm, type IncidentAlarm } from '../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { IncidentSummary, Store } from '../ports.ts';

const LISTED_MAX = 500;

/** An incident that an alarm was reported to. */
export interface AlarmIncident {
  readonly state: IncidentState;
  readonly alarm: IncidentAlarm;
}

/** Every incident that may matter for an alarm, the most recently active first of open and closed ones. */
export async function listIncidents(
  store: Pick<Store, 'listIncidents'>,
): Promise<readonly IncidentSummary[]> {
  return [
    ...(await store.listIncidents({ status: 'open', limit: LISTED_MAX })),
    ...(await store.listIncidents({ status: 'closed', limit: LISTED_MAX })),
  ];
}

/** Those that alarms opened in this channel, wherever they are now; the oldest first. */
export function openedByAlarms(
  listed: readonly IncidentSummary[],
  channelId: string,
): readonly IncidentSummary[] {
  return listed
    .filter((row) => row.openedById === null)
    .filter((row) => row.channelId === channelId || row.formerChannelIds.includes(channelId))
    .toSorted((a, b) => a.openedAtMs - b.openedAtMs || (a.incidentId < b.incidentId ? -1 : 1));
}

/**
 * Incidents of one alarm: open ones first, and of those with the same status the one it fired in
 * last. No drills: practice takes no alarm away from whoever has to hear of it.
 */
export async function findAlarmIncidents(
  store: Pick<Store, 'listIncidents' | 'readState'>,
  place: AlarmPlace,
  /** One that is known to exist, however long ago anything happened to it. */
  alsoId: string | null = null,
  /** What was listed already. */
  known: readonly IncidentSummary[] | null = null,
): Promise<readonly AlarmIncident[]> {
  const key = alarmKey(place);
  const listed = known ?? (await listIncidents(store));
  const ids = listed
    .filter(({ isDrill, alarmKeys }) => !isDrill && alarmKeys.includes(key))
    .map(({ incidentId }) => incidentId);
  const found: AlarmIncident[] = [];
  for (const incidentId of new Set(alsoId === null ? ids : [...ids, alsoId])) {
    const one = asAlarmIncident(await store.readState(incidentId), place);
    if (one !== null) found.push(one);
  }
  return found.toSorted(openAndNewestFirst);
}

/** The open incident of this channel that is about an alarm of this name, and no drill; null: none. */
export async function findNamedIncident(
  store: Pick<Store, 'listIncidents' | 'readState'>,
  channelId: string,
  { name, region }: AlarmPlace,
): Promise<IncidentState | null> {
  const open = await store.listIncidents({ status: 'open', limit: LISTED_MAX });
  const here = open.filter(
    (row) =>
      !row.isDrill && (row.channelId === channelId || row.formerChannelIds.includes(channelId)),
  );
  for (const { incidentId } of here.filter(({ profile }) => profile.alarms.includes(name))) {
    const state = await store.readState(incidentId);
    const isHere = state !== null && (state.regions.length === 0 || state.regions.includes(region));
    if (isHere && state.status === 'open' && state.alarmNames.includes(name)) return state;
  }
  return null;
}

export function asAlarmIncident(
  state: IncidentState | null,
  place: AlarmPlace,
): AlarmIncident | null {
  const alarm = state === null ? undefined : findAlarm(state.alarms, place);
  return state === null || alarm === undefined ? null : { state, alarm };
}

function openAndNewestFirst(a: AlarmIncident, b: AlarmIncident): number {
  const open = Number(b.state.status === 'open') - Number(a.state.status === 'open');
  return open || b.alarm.firing.atMs - a.alarm.firing.atMs;
}
