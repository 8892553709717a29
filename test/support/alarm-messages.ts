/** Messages as CloudWatch, EventBridge and SNS write them, after the examples of AWS's documentation. */

export const ALARM_ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx';
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:alarms';

export interface MessageChanges {
  readonly name?: string;
  readonly to?: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly from?: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly atMs?: number;
}

/** CloudWatch writes the offset without a colon. */
const cloudWatchTime = (atMs: number) => new Date(atMs).toISOString().replace('Z', '+0000');

export const MESSAGE_AT_MS = Date.parse('2026-10-14T10:44:12.345Z');

/** "CloudWatch Alarm State Change", as EventBridge puts it into a queue. */
export function eventBridgeMessage(changes: MessageChanges = {}): string {
  const { name = 'checkout-5xx', to = 'ALARM', from = 'OK', atMs = MESSAGE_AT_MS } = changes;
  return JSON.stringify({
    version: '0',
    id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: '111122223333',
    time: new Date(atMs).toISOString().replace(/\.\d+Z/, 'Z'),
    region: 'eu-west-1',
    resources: [ALARM_ARN.replace('checkout-5xx', name)],
    detail: {
      alarmName: name,
      configuration: {
        description: 'Goes into alarm when checkout fails',
        metrics: [
          {
            id: '30b6c6b2-a864-43a2-4877-c09a1afc3b87',
            metricStat: {
              metric: {
                dimensions: { LoadBalancer: 'app/checkout/50dc6c495c0c9188' },
                name: 'HTTPCode_ELB_5XX_Count',
                namespace: 'AWS/ApplicationELB',
              },
              period: 60,
              stat: 'Sum',
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason: 'Threshold Crossed: 1 out of the last 1 datapoints was not greater.',
        timestamp: cloudWatchTime(atMs - 3_600_000),
        value: from,
      },
      state: {
        reason:
          'Threshold Crossed: 2 out of the last 2 datapoints [31.0, 12.0] were greater than the threshold (5.0).',
        reasonData: JSON.stringify({
          version: '1.0',
          queryDate: cloudWatchTime(atMs),
          startDate: cloudWatchTime(atMs - 120_000),
          statistic: 'Sum',
          period: 60,
          recentDatapoints: [12, 31],
          threshold: 5,
          evaluatedDatapoints: [
            { timestamp: cloudWatchTime(atMs - 60_000), sampleCount: 9, value: 31 },
            { timestamp: cloudWatchTime(atMs - 120_000), sampleCount: 9, value: 12 },
          ],
        }),
        timestamp: cloudWatchTime(atMs),
        value: to,
      },
    },
  });
}

/** What CloudWatch sends to a topic; a subscription with raw delivery passes it on as it is. */
export function rawNotification(changes: MessageChanges = {}): string {
  const { name = 'checkout-5xx', to = 'ALARM', from = 'OK', atMs = MESSAGE_AT_MS } = changes;
  return JSON.stringify({
    AlarmName: name,
    AlarmDescription: null,
    AWSAccountId: '111122223333',
    AlarmConfigurationUpdatedTimestamp: cloudWatchTime(atMs - 86_400_000),
    NewStateValue: to,
    NewStateReason:
      'Threshold Crossed: 1 datapoint [31.0 (14/10/26 10:42:00)] was greater than the threshold (5.0).',
    StateChangeTime: cloudWatchTime(atMs),
    Region: 'EU (Ireland)',
    AlarmArn: ALARM_ARN.replace('checkout-5xx', name),
    OldStateValue: from,
    OKActions: [],
    AlarmActions: [TOPIC_ARN],
    InsufficientDataActions: [],
    Trigger: {
      MetricName: 'HTTPCode_ELB_5XX_Count',
      Namespace: 'AWS/ApplicationELB',
      StatisticType: 'Statistic',
      Statistic: 'SUM',
      Unit: null,
      Dimensions: [{ value: 'app/checkout/50dc6c495c0c9188', name: 'LoadBalancer' }],
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      TreatMissingData: 'notBreaching',
      EvaluateLowSampleCountPercentile: '',
    },
  });
}

/** A composite alarm's notification has a rule and no trigger. */
export function compositeNotification(): string {
  return JSON.stringify({
    ...JSON.parse(rawNotification({ name: 'shop-down' })),
    Trigger: undefined,
    AlarmRule: 'ALARM("checkout-5xx") OR ALARM("checkout-latency")',
    TriggeringChildren: [],
  });
}

/** The same in the envelope of a subscription without raw delivery. */
export function inEnvelope(message: string, changes: object = {}): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: '5d1a2e1c-0000-5c6b-a11a-4c1f2a3b4c5d',
    TopicArn: TOPIC_ARN,
    Subject: 'ALARM: "checkout-5xx" in EU (Ireland)',
    Message: message,
    Timestamp: '2026-10-14T10:44:12.400Z',
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem',
    UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
    ...changes,
  });
}
