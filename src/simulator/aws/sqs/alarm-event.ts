import { randomUUID } from 'node:crypto';
import type { Alarm } from '../cloudwatch/alarm-data.ts';

/** What EventBridge says of an alarm that has just changed into the state it is in. */
export function alarmEvent(alarm: Alarm, previousState: string): string {
  const [, , , region = '', account = ''] = alarm.AlarmArn.split(':');
  const changedAt = new Date(
    String(alarm['StateTransitionedTimestamp'] ?? alarm.StateUpdatedTimestamp),
  );
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account,
    time: changedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [alarm.AlarmArn],
    detail: {
      alarmName: alarm.AlarmName,
      state: {
        value: alarm.StateValue,
        reason: alarm.StateReason ?? '',
        reasonData: alarm['StateReasonData'],
        // CloudWatch writes the offset without a colon.
        timestamp: changedAt.toISOString().replace('Z', '+0000'),
      },
      previousState: { value: previousState },
      configuration: configurationOf(alarm),
    },
  });
}

function configurationOf(alarm: Alarm): object {
  if (alarm.AlarmRule !== undefined) return { alarmRule: alarm.AlarmRule };
  const { Namespace: namespace, MetricName: name, Period: period, Dimensions = [] } = alarm;
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  const metricStat = { metric: { namespace, name, dimensions }, period, stat: alarm['Statistic'] };
  return { metrics: [{ id: randomUUID(), metricStat, returnData: true }] };
}
