import { type AlarmChange, type AlarmPlace, isSameAlarm } from '../alarm/alarm-change.ts';
import type { Actor, IncidentEventType, RecordedEvent } from './events.ts';

/** An alarm that was reported to this incident. */
export interface IncidentAlarm {
  /** The last time it went into ALARM. */
  readonly firing: AlarmChange;
  readonly firingCount: number;
  /** When it was last reported to be OK; before `firing.atMs`: it has fired again since. */
  readonly clearedAtMs: number | null;
  /** It fired within minutes of the one that opened the incident, and joined it. */
  readonly hasJoined: boolean;
}

/** An alarm that people took out of an incident: it has one of its own. */
export interface SeparatedAlarm {
  readonly alarm: AlarmPlace;
  readonly intoId: string;
  readonly by: Actor;
  readonly atMs: number;
}

/** What became of an incident that an alarm opened. `lapsed`: the alarm was over before anybody came. */
export type ProposalVerdict = 'accepted' | 'declined' | 'merged' | 'lapsed';

/** An alarm opened the incident, and people decide whether it is one. */
export interface Proposal {
  /** Null until somebody has decided. */
  readonly verdict: ProposalVerdict | null;
  readonly by: Actor | null;
  readonly atMs: number | null;
  /** The incident that it is part of now. */
  readonly mergedInto: string | null;
}

export const UNDECIDED: Proposal = { verdict: null, by: null, atMs: null, mergedInto: null };

export function isUndecided(state: { readonly proposal: Proposal | null }): boolean {
  return state.proposal !== null && state.proposal.verdict === null;
}

/** People, or the alarm itself, have said that it is no incident of its own. */
export function isSetAside({ proposal }: { readonly proposal: Proposal | null }): boolean {
  return proposal !== null && proposal.verdict !== null && proposal.verdict !== 'accepted';
}

export function findAlarm(
  alarms: readonly IncidentAlarm[],
  place: AlarmPlace,
): IncidentAlarm | undefined {
  return alarms.find(({ firing }) => isSameAlarm(firing, place));
}

/** Alarms that joined the incident because they fired within minutes of the first one. */
export function joinedAlarms({
  alarms,
}: {
  readonly alarms: readonly IncidentAlarm[];
}): readonly IncidentAlarm[] {
  return alarms.filter(({ hasJoined }) => hasJoined);
}

/** Whether it joined, also when people have taken it out since. */
export function isOfStorm(
  {
    alarms,
    separated,
  }: { readonly alarms: readonly IncidentAlarm[]; readonly separated: readonly SeparatedAlarm[] },
  place: AlarmPlace,
): boolean {
  return (
    findAlarm(alarms, place)?.hasJoined === true ||
    separated.some(({ alarm }) => isSameAlarm(alarm, place))
  );
}

export function isCleared({ firing, clearedAtMs }: IncidentAlarm): boolean {
  return clearedAtMs !== null && clearedAtMs >= firing.atMs;
}

/** One change may be reported in two ways that differ a little in its time. */
const SAME_MOMENT_MS = 30_000;

/** Whether a report that an alarm fires says nothing new: it is out of date, or of the last firing. */
export function isKnownFiring(alarm: IncidentAlarm, { atMs }: AlarmChange): boolean {
  const { firing, clearedAtMs } = alarm;
  const lastMs = Math.max(firing.atMs, clearedAtMs ?? 0);
  return atMs <= lastMs || (!isCleared(alarm) && atMs - firing.atMs < SAME_MOMENT_MS);
}

/** The alarms after this report. One that is not about a known alarm and not a firing changes nothing. */
export function withAlarmChange(
  alarms: readonly IncidentAlarm[],
  change: AlarmChange,
  hasJoined: boolean,
): readonly IncidentAlarm[] {
  const known = findAlarm(alarms, change);
  if (change.to !== 'ALARM') {
    return alarms.map((alarm) =>
      alarm === known ? { ...alarm, clearedAtMs: change.atMs } : alarm,
    );
  }
  if (known === undefined) {
    return [...alarms, { firing: change, firingCount: 1, clearedAtMs: null, hasJoined }];
  }
  return alarms.map((alarm) =>
    alarm === known ? { ...alarm, firing: change, firingCount: alarm.firingCount + 1 } : alarm,
  );
}

/**
 * What of a person takes on an incident that an alarm proposes. Who only looks, keeps something for
 * the record or silences a reminder has not said that it is one.
 */
const TAKES_ON: Readonly<Record<IncidentEventType, boolean>> = {
  'problem-stated': true,
  'component-isolated': true,
  'playbook-chosen': true,
  'owner-changed': true,
  'step-entered': true,
  'hypothesis-proposed': true,
  'hypothesis-rated': true,
  'hypothesis-revived': true,
  'test-started': true,
  'test-concluded': true,
  'solution-planned': true,
  'plan-approved': true,
  'approval-waived': true,
  'solution-implemented': true,
  'solution-rolled-back': true,
  'check-ticked': true,
  'solution-verified': true,
  'verification-failed': true,
  'incident-escalated': true,
  'findings-documented': true,
  'document-edited': true,
  'process-evaluated': true,
  'incident-closed': true,
  'incident-reopened': true,
  'incident-opened': false,
  'incident-proposed': false,
  'proposal-decided': false,
  'alarm-changed': false,
  'alarm-separated': false,
  'title-changed': false,
  'severity-changed': false,
  'note-added': false,
  'message-captured': false,
  'captured-message-edited': false,
  'captured-message-released': false,
  'gathering-requested': false,
  'gathering-finished': false,
  'evidence-recorded': false,
  'causes-ranked': false,
  'similar-found': false,
  'similar-dismissed': false,
  'window-began': false,
  'watch-checked': false,
  'incident-moved': false,
  'nudge-sent': false,
  'nudges-snoozed': false,
  'nudges-stopped': false,
  'document-published': false,
  'record-redacted': false,
  'work-abandoned': false,
};

/** Whoever works on it has accepted it, and whoever closes it has said no. */
export function proposalAfter(
  proposal: Proposal | null,
  { event, actor, atMs }: RecordedEvent,
): Proposal | null {
  if (proposal === null || actor.kind === 'bot' || !TAKES_ON[event.type]) return proposal;
  if (event.type === 'incident-reopened') {
    return { verdict: 'accepted', by: actor, atMs, mergedInto: null };
  }
  if (proposal.verdict !== null) return proposal;
  const verdict = event.type === 'incident-closed' ? 'declined' : 'accepted';
  return { verdict, by: actor, atMs, mergedInto: null };
}
