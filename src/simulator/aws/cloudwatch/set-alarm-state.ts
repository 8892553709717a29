import type { Alarm, AlarmData, HistoryItem } from './alarm-data.ts';
import { allAlarms } from './alarm-data.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The data after an alarm changed state, as SetAlarmState does it: the history gains one item. */
export function setAlarmState(
  data: AlarmData,
  name: string,
  state: AlarmState,
  reason: string,
  nowMs: number,
): AlarmData {
  const before = allAlarms(data).find((alarm) => alarm.AlarmName === name);
  if (before === undefined) throw new Error(`No alarm is named ${name}`);
  const time = new Date(nowMs).toISOString();
  const change = (alarm: Alarm): Alarm =>
    alarm.AlarmName === name
      ? {
          ...alarm,
          StateValue: state,
          StateReason: reason,
          StateReasonData: undefined,
          StateUpdatedTimestamp: time,
          ...(alarm.StateValue !== state && { StateTransitionedTimestamp: time }),
        }
      : alarm;
  const composite = data.compositeAlarms.includes(before);
  return {
    ...data,
    metricAlarms: data.metricAlarms.map(change),
    compositeAlarms: data.compositeAlarms.map(change),
    history: [...data.history, historyItem(before, composite, state, reason, time)],
  };
}

function historyItem(
  before: Alarm,
  composite: boolean,
  state: AlarmState,
  reason: string,
  time: string,
): HistoryItem {
  return {
    AlarmName: before.AlarmName,
    AlarmType: composite ? 'CompositeAlarm' : 'MetricAlarm',
    Timestamp: time,
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${before.StateValue} to ${state}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: before.StateValue, stateReason: before.StateReason ?? '' },
      newState: { stateValue: state, stateReason: reason },
    }),
  };
}
