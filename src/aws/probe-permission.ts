import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricWidgetImageCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { GetQueryResultsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { partitionOf } from '../domain/partition.ts';
import { type AnswerTrouble, explainTrouble } from './answer-trouble.ts';
import type { AwsClients, AwsPlace } from './clients.ts';
import type { Permission } from './permissions.ts';

const WINDOW_MS = 5 * 60_000;
const NOBODY = 'redthread-doctor-asks-for-nothing';
const NO_QUERY = '00000000-0000-4000-8000-000000000000';
const METRIC = { namespace: 'AWS/Usage', name: 'CallCount' } as const;

interface ProbeParts {
  readonly clients: AwsClients;
  readonly place: AwsPlace;
  readonly nowMs: number;
  readonly accountId: string;
  readonly queueName: string;
  readonly abort: { readonly abortSignal: AbortSignal };
}

/** One small read each, which changes nothing. What cannot be tried without an effect is not here. */
const PROBES: Partial<Readonly<Record<Permission, (parts: ProbeParts) => Promise<unknown>>>> = {
  // One call of the two a second that everybody in the account shares.
  'cloudtrail:LookupEvents': ({ clients, place, abort, ...times }) =>
    clients.withCloudTrail(place, (client) =>
      client.send(new LookupEventsCommand({ ...windowOf(times), MaxResults: 1 }), abort),
    ),
  'cloudwatch:DescribeAlarms': ({ clients, place, abort }) =>
    clients.withCloudWatch(place, (client) =>
      client.send(new DescribeAlarmsCommand({ MaxRecords: 1 }), abort),
    ),
  'cloudwatch:DescribeAlarmHistory': ({ clients, place, abort }) =>
    clients.withCloudWatch(place, (client) =>
      client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 1 }), abort),
    ),
  'cloudwatch:DescribeAlarmContributors': ({ clients, place, abort }) =>
    clients.withCloudWatch(place, (client) =>
      client.send(new DescribeAlarmContributorsCommand({ AlarmName: NOBODY }), abort),
    ),
  'cloudwatch:ListTagsForResource': ({ clients, place, accountId, abort }) =>
    clients.withCloudWatch(place, (client) =>
      client.send(
        new ListTagsForResourceCommand({ ResourceARN: alarmArn(place, accountId) }),
        abort,
      ),
    ),
  'cloudwatch:GetMetricData': ({ clients, place, abort, ...times }) =>
    clients.withCloudWatch(place, (client) =>
      client.send(
        new GetMetricDataCommand({ ...windowOf(times), MetricDataQueries: [QUERY] }),
        abort,
      ),
    ),
  'cloudwatch:GetMetricWidgetImage': ({ clients, place, abort, ...times }) =>
    clients.withCloudWatch(place, (client) =>
      client.send(new GetMetricWidgetImageCommand({ MetricWidget: widgetOf(times) }), abort),
    ),
  'logs:GetQueryResults': ({ clients, place, abort }) =>
    clients.withLogs(place, (client) =>
      client.send(new GetQueryResultsCommand({ queryId: NO_QUERY }), abort),
    ),
  'sqs:GetQueueUrl': ({ clients, place, queueName, abort }) =>
    clients.withQueue(place, (client) =>
      client.send(new GetQueueUrlCommand({ QueueName: queueName }), abort),
    ),
};

/** Answers that come only after the permission was found to be there. */
const ALLOWED: Partial<Readonly<Record<Permission, readonly string[]>>> = {
  'cloudwatch:DescribeAlarmContributors': ['ResourceNotFoundException', 'ResourceNotFound'],
  'cloudwatch:ListTagsForResource': ['ResourceNotFoundException', 'ResourceNotFound'],
  'logs:GetQueryResults': ['ResourceNotFoundException', 'InvalidParameterException'],
};

const QUERY = {
  Id: 'm1',
  MetricStat: {
    Metric: { Namespace: METRIC.namespace, MetricName: METRIC.name },
    Period: 300,
    Stat: 'Sum',
  },
};

export type ProbeOutcome =
  | { readonly kind: 'works' }
  /** Trying it would change something, or cost money. */
  | { readonly kind: 'not-tried' }
  | { readonly kind: 'trouble'; readonly trouble: AnswerTrouble };

/** Whether the bot may do this in this place. Never rejects. */
export async function probePermission(
  clients: AwsClients,
  place: AwsPlace,
  asked: {
    readonly permission: Permission;
    /** Whose place it is. */
    readonly accountId: string;
    /** Only for those of a queue. */
    readonly queueName?: string;
    readonly nowMs: number;
    readonly signal: AbortSignal;
  },
): Promise<ProbeOutcome> {
  const { permission, nowMs, signal, accountId, queueName = '' } = asked;
  const probe = PROBES[permission];
  if (probe === undefined) return { kind: 'not-tried' };
  try {
    await probe({ clients, place, nowMs, accountId, queueName, abort: { abortSignal: signal } });
    return { kind: 'works' };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (ALLOWED[permission]?.includes(name)) return { kind: 'works' };
    const trouble = explainTrouble(error, { target: place.target, permission, signal });
    return { kind: 'trouble', trouble };
  }
}

function windowOf({ nowMs }: Pick<ProbeParts, 'nowMs'>) {
  return { StartTime: new Date(nowMs - WINDOW_MS), EndTime: new Date(nowMs) };
}

function widgetOf(times: Pick<ProbeParts, 'nowMs'>): string {
  const { StartTime, EndTime } = windowOf(times);
  return JSON.stringify({
    width: 100,
    height: 100,
    metrics: [[METRIC.namespace, METRIC.name, { stat: 'Sum', period: 300 }]],
    start: StartTime.toISOString(),
    end: EndTime.toISOString(),
  });
}

function alarmArn({ target: { region } }: AwsPlace, accountId: string): string {
  return `arn:${partitionOf(region).id}:cloudwatch:${region}:${accountId}:alarm:${NOBODY}`;
}
