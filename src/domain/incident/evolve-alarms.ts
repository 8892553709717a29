import type { EvolversOf } from './evolver.ts';
import { UNDECIDED, withAlarmChange } from './incident-alarms.ts';

/** What alarms report, and what people make of an incident that an alarm opened. */
export const ALARM_EVOLVERS: EvolversOf<
  'incident-proposed' | 'alarm-changed' | 'proposal-decided'
> = {
  'incident-proposed': (state) => ({ ...state, proposal: UNDECIDED }),
  'alarm-changed': (state, { change }) => ({
    ...state,
    alarms: withAlarmChange(state.alarms, change),
    alarmNames:
      change.to !== 'ALARM' || state.alarmNames.includes(change.name)
        ? state.alarmNames
        : [...state.alarmNames, change.name],
  }),
  'proposal-decided': (state, { verdict, mergedInto }, { actor, atMs }) => ({
    ...state,
    proposal: { verdict, by: actor, atMs, mergedInto },
  }),
};
