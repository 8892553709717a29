import { type AlarmChange, alarmKey } from '../domain/alarm/alarm-change.ts';
import { decide } from '../domain/incident/decide.ts';
import { findAlarm } from '../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import type { PlaybookDependencies } from './choose-playbook.ts';
import { openIncidentFor } from './open-for-alarm.ts';

/** Ids of this many other incidents may be in the way. */
const TRIES_MAX = 8;

export type SeparationOutcome =
  | { readonly kind: 'separated'; readonly intoId: string }
  | { readonly kind: 'rejected'; readonly sentence: string };

interface Separation {
  readonly incidentId: string;
  readonly firing: AlarmChange;
  readonly userId: string;
  readonly dedupeId: string;
}

/**
 * Gives an alarm that joined an incident one of its own. That one is opened first, under an id that
 * follows from the firing: after a crash in between, asking again finds it and ends what is left.
 */
export async function separateAlarm(
  deps: FlowDependencies & Partial<PlaybookDependencies>,
  { incidentId, firing, userId, dedupeId }: Separation,
): Promise<SeparationOutcome> {
  const state = await deps.store.readState(incidentId);
  const { accountId, region, name } = firing;
  const actor = { kind: 'person', userId } as const;
  const commandFor = (intoId: string) =>
    ({ type: 'separate-alarm', alarm: { accountId, region, name }, intoId }) as const;
  const decision = decide(state, commandFor(incidentId), actor, deps.clock.nowMs());
  if (decision.kind === 'rejected') return decision;
  if (state === null) throw new AppError('internal', 'A decision without an incident.');
  const intoId = await openOwn(deps, state, firing);
  const outcome = await actOnIncident(deps, {
    incidentId,
    command: commandFor(intoId),
    actor,
    dedupeId,
  });
  return outcome.kind === 'rejected' ? outcome : { kind: 'separated', intoId };
}

async function openOwn(
  deps: FlowDependencies & Partial<PlaybookDependencies>,
  {
    incidentId,
    channelId,
    severity,
    teamId,
  }: Pick<IncidentState, 'incidentId' | 'channelId' | 'severity' | 'teamId'>,
  firing: AlarmChange,
): Promise<string> {
  const seed = `alarm ${alarmKey(firing)} of ${firing.atMs} out of ${incidentId}`;
  for (let salt = 0; salt < TRIES_MAX; salt += 1) {
    const intoId = deps.ids.incidentId(seed, salt);
    if ((await deps.store.readState(intoId)) === null) {
      const opening = { teamId, change: firing, route: { channelId, severity } };
      await openIncidentFor(deps, opening, intoId);
    }
    const there = await deps.store.readState(intoId);
    if (there !== null && findAlarm(there.alarms, firing) !== undefined) return intoId;
  }
  throw new AppError('internal', 'No free incident id was found.');
}
