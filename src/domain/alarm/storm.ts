import type { Severity } from '../incident/events.ts';
import { LIMITS } from '../incident/limits.ts';
import type { IncidentState } from '../incident/state.ts';
import { type AlarmChange, alarmKey } from './alarm-change.ts';

/** The most urgent first. */
const URGENCY: readonly Severity[] = ['sev1', 'sev2', 'sev3', 'sev4'];

export interface StormArrival {
  readonly change: AlarmChange;
  /** As the rules route it. */
  readonly severity: Severity;
  readonly nowMs: number;
  /** Alarms that fire within this time of the first one belong together; 0: none do. */
  readonly togetherMs: number;
}

/**
 * All of them have to hold for an alarm to join an incident of its channel instead of opening one.
 * An incident that a person opened may be about anything, so only its own alarms join that.
 */
const CONDITIONS: Readonly<
  Record<string, (state: IncidentState, arrival: StormArrival) => boolean>
> = {
  isOpenAndFromAnAlarm: ({ status, proposal }) => status === 'open' && proposal !== null,
  isStillSearched: ({ step }) => step !== 'verify' && step !== 'document',
  isYoung: ({ openedAtMs }, { nowMs, togetherMs }) => nowMs - openedAtMs <= togetherMs,
  firedAtTheSameTime: ({ alarms }, { change, togetherMs }) =>
    Math.abs(change.atMs - Math.min(...alarms.map(({ firing }) => firing.atMs))) <= togetherMs,
  // What is more urgent than the incident must not be one line in it.
  isNoWorse: (state, { severity }) => URGENCY.indexOf(severity) >= URGENCY.indexOf(state.severity),
  wasNotTakenOut: ({ separated }, { change }) =>
    separated.every(({ alarm }) => alarmKey(alarm) !== alarmKey(change)),
  hasRoom: ({ alarms }) => alarms.length > 0 && alarms.length < LIMITS.alarmsMax,
};

export function joinsStorm(state: IncidentState, arrival: StormArrival): boolean {
  if (arrival.togetherMs <= 0) return false;
  return Object.values(CONDITIONS).every((holds) => holds(state, arrival));
}
