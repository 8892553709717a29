import { parseAlarm } from '../src/aws/cloudwatch/schema.ts';
import type { Alarm } from '../src/domain/alarm/alarm.ts';
import type { IndexedRecord } from '../src/simulator/aws/cloudtrail/indexed-record.ts';
import { ACCOUNT, createRecorder, HOME } from '../src/simulator/incidents/generator/recorder.ts';
import { createSeededRandom } from '../src/simulator/incidents/generator/seeded-random.ts';
import { createSessions } from '../src/simulator/incidents/generator/sessions.ts';
import { STORY_AT_MS } from '../src/simulator/incidents/generator/story-time.ts';
import { type BusyDay, busyRecords } from './busy-day.ts';
import { indexLines } from './lookup-simulator.ts';
import type { LabelledIncident } from './planned-incident.ts';

const MINUTE_MS = 60_000;
/** From the onset until somebody opens an incident. */
const NOTICED_AFTER_MS = 15 * MINUTE_MS;

interface MadeIncident {
  /** The planted change that is the cause. */
  readonly cause: keyof BusyDay['planted'];
  readonly lagMinutes: number;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Of a day with 20,000 writes: what was changed, and what went off how much later. */
const INCIDENTS: readonly MadeIncident[] = [
  {
    cause: 'stop',
    lagMinutes: 3,
    namespace: 'AWS/EC2',
    metric: 'StatusCheckFailed',
    dimensions: { InstanceId: 'i-0c4e8d21f6ab97530' },
  },
  {
    cause: 'deploy',
    lagMinutes: 12,
    namespace: 'AWS/ECS',
    metric: 'CPUUtilization',
    dimensions: { ClusterName: 'shop', ServiceName: 'checkout' },
  },
  {
    // The group is tied to the database only by a call of three days ago.
    cause: 'group',
    lagMinutes: 25,
    namespace: 'AWS/RDS',
    metric: 'DatabaseConnections',
    dimensions: { DBInstanceIdentifier: 'orders' },
  },
  {
    cause: 'address',
    lagMinutes: 40,
    namespace: 'AWS/RDS',
    metric: 'ReadLatency',
    dimensions: { DBInstanceIdentifier: 'orders' },
  },
  {
    cause: 'topic',
    lagMinutes: 8,
    namespace: 'AWS/SNS',
    metric: 'NumberOfNotificationsFailed',
    dimensions: { TopicName: 'orders-events' },
  },
  {
    cause: 'bucket',
    lagMinutes: 120,
    namespace: 'AWS/S3',
    metric: '4xxErrors',
    dimensions: { BucketName: 'orders-archive' },
  },
  {
    cause: 'policy',
    lagMinutes: 30,
    namespace: 'Shop/Checkout',
    metric: 'AccessDeniedErrors',
    dimensions: { Service: 'checkout-task' },
  },
  {
    cause: 'parameter',
    lagMinutes: 5,
    namespace: 'Shop/Checkout',
    metric: 'Errors',
    dimensions: { Service: 'checkout' },
  },
];

/** Incidents of the project's own: each has one cause among the writes of a busy day. */
export function madeIncidents(): readonly LabelledIncident[] {
  const { lines, planted } = busyRecords();
  const indexed = indexLines([...lines, ...earlierCalls()]);
  return INCIDENTS.map((made) => labelled(made, planted[made.cause], indexed));
}

function labelled(
  made: MadeIncident,
  { eventId, minutesAgo }: { readonly eventId: string; readonly minutesAgo: number },
  indexed: readonly IndexedRecord[],
): LabelledIncident {
  const onsetMs = STORY_AT_MS - (minutesAgo - made.lagMinutes) * MINUTE_MS;
  return {
    name: made.cause,
    atMs: onsetMs + NOTICED_AFTER_MS,
    account: ACCOUNT,
    region: HOME,
    guilty: new Set([eventId]),
    trueOnsetMs: onsetMs,
    indexed,
    alarms: alarmAt(made, onsetMs),
    transitions: [],
  };
}

function alarmAt(made: MadeIncident, onsetMs: number): readonly Alarm[] {
  const name = `${made.cause}-alarm`;
  const breached = new Date(onsetMs).toISOString().replace('Z', '+0000');
  const alarm = parseAlarm(
    {
      AlarmName: name,
      AlarmArn: `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:${name}`,
      StateValue: 'ALARM',
      StateReason: 'Threshold Crossed',
      StateReasonData: JSON.stringify({
        period: 60,
        threshold: 0,
        startDate: breached,
        evaluatedDatapoints: [{ timestamp: breached, value: 1 }],
      }),
      StateTransitionedTimestamp: new Date(onsetMs + 4 * MINUTE_MS),
      Namespace: made.namespace,
      MetricName: made.metric,
      Dimensions: Object.entries(made.dimensions).map(([Name, Value]) => ({ Name, Value })),
      Period: 60,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    },
    'metric',
    HOME,
  );
  return alarm === null ? [] : [alarm];
}

/** What happened on days before, and ties things together. */
function earlierCalls(): readonly string[] {
  const random = createSeededRandom(20_260_116);
  const recorder = createRecorder(random);
  const admin = createSessions(recorder, random).iamUser('setup', '198.51.100.9', 'terraform');
  recorder.write(STORY_AT_MS - 3 * 24 * 60 * MINUTE_MS, admin, {
    event: 'rds.CreateDBInstance',
    request: { dBInstanceIdentifier: 'orders', vpcSecurityGroupIds: ['sg-0a1b2c3d4e5f60718'] },
  });
  return recorder.records.map(({ line }) => line);
}
