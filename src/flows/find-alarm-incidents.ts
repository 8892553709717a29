import { type AlarmPlace, alarmKey } from '../domain/alarm/alarm-change.ts';
import { findAlarm, type IncidentAlarm } from '../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { Store } from '../ports.ts';

const LISTED_MAX = 500;

/** An incident that an alarm was reported to. */
export interface AlarmIncident {
  readonly state: IncidentState;
  readonly alarm: IncidentAlarm;
}

/** Incidents of one alarm: open ones first, and of those with the same status the one it fired in last. */
export async function findAlarmIncidents(
  store: Pick<Store, 'listIncidents' | 'readState'>,
  place: AlarmPlace,
  /** One that is known to exist, however long ago anything happened to it. */
  alsoId: string | null = null,
): Promise<readonly AlarmIncident[]> {
  const key = alarmKey(place);
  const listed = [
    ...(await store.listIncidents({ status: 'open', limit: LISTED_MAX })),
    ...(await store.listIncidents({ status: 'closed', limit: LISTED_MAX })),
  ];
  const ids = listed
    .filter(({ alarmKeys }) => alarmKeys.includes(key))
    .map(({ incidentId }) => incidentId);
  const found: AlarmIncident[] = [];
  for (const incidentId of new Set(alsoId === null ? ids : [...ids, alsoId])) {
    const known = asAlarmIncident(await store.readState(incidentId), place);
    if (known !== null) found.push(known);
  }
  return found.toSorted(openAndNewestFirst);
}

/** The open incident of this channel that a person opened about an alarm of this name; null: none. */
export async function findNamedIncident(
  store: Pick<Store, 'listIncidents' | 'readState'>,
  channelId: string,
  { name, region }: AlarmPlace,
): Promise<IncidentState | null> {
  const open = await store.listIncidents({ channelId, status: 'open', limit: LISTED_MAX });
  for (const { incidentId } of open.filter(({ profile }) => profile.alarms.includes(name))) {
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
