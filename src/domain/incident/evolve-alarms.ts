import { isSameAlarm } from '../alarm/alarm-change.ts';
import type { EvolversOf } from './evolver.ts';
import { UNDECIDED, withAlarmChange } from './incident-alarms.ts';

/** What alarms report, and what people make of an incident that an alarm opened. */
export const ALARM_EVOLVERS: EvolversOf<
  'incident-proposed' | 'alarm-changed' | 'alarm-separated' | 'proposal-decided'
> = {
  'incident-proposed': (state) => ({ ...state, proposal: UNDECIDED }),
  'alarm-changed': (state, { change, mergedFrom }) => ({
    ...state,
    alarms: withAlarmChange(
      state.alarms,
      change,
      mergedFrom === null && state.proposal !== null && state.alarms.length > 0,
    ),
    alarmNames:
      change.to !== 'ALARM' || state.alarmNames.includes(change.name)
        ? state.alarmNames
        : [...state.alarmNames, change.name],
  }),
  'alarm-separated': (state, { alarm, intoId }, { actor, atMs }) => {
    const alarms = state.alarms.filter(({ firing }) => !isSameAlarm(firing, alarm));
    const isNamedStill = alarms.some(({ firing }) => firing.name === alarm.name);
    return {
      ...state,
      alarms,
      alarmNames: state.alarmNames.filter((name) => name !== alarm.name || isNamedStill),
      separated: [...state.separated, { alarm, intoId, by: actor, atMs }],
    };
  },
  'proposal-decided': (state, { verdict, mergedInto }, { actor, atMs }) => ({
    ...state,
    proposal: { verdict, by: actor, atMs, mergedInto },
  }),
};
