import { z } from 'zod';
import { keptText } from '../../domain/trail/kept-text.ts';
import { timeOf } from '../cloudwatch/evaluation.ts';
import type { AlarmMessage } from './parse-alarm-message.ts';

const DIMENSIONS_MAX = 30;

const stateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const plainName = z.string().regex(/^[\w ./:#%-]{1,255}$/);
const name = plainName.nullish().catch(null);

const dimensions = z
  .array(z.object({ name: plainName, value: z.string() }).nullable().catch(null))
  .nullish()
  .catch(null);

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
const notificationSchema = z.object({
  AlarmName: z.string().min(1),
  NewStateValue: stateValue,
  OldStateValue: stateValue.nullish().catch(null),
  NewStateReason: text,
  StateChangeTime: z.string(),
  AWSAccountId: z
    .string()
    .regex(/^\d{12}$/)
    .nullish()
    .catch(null),
  AlarmArn: text,
  // Only composite alarms have one.
  AlarmRule: text,
  Trigger: z
    .object({
      Namespace: name,
      MetricName: name,
      Dimensions: dimensions,
      Threshold: number,
      ComparisonOperator: name,
    })
    .nullish()
    .catch(null),
});

const ALARM_ARN = /^arn:aws[a-z-]*:cloudwatch:([a-z0-9-]+):(\d{12}):alarm:/;
/** An alarm notifies topics of its own Region only; the notification's own "Region" is a name for people. */
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:/;

/** What CloudWatch sends to a topic of SNS; null when it is something else. */
export function parseNotification(parsed: object, topicArn: string | null): AlarmMessage | null {
  const notification = notificationSchema.safeParse(parsed);
  if (!notification.success) return null;
  const { data } = notification;
  const [, arnRegion, arnAccount] = ALARM_ARN.exec(data.AlarmArn ?? '') ?? [];
  const region = arnRegion ?? TOPIC_ARN.exec(topicArn ?? '')?.[1];
  const atMs = timeOf(data.StateChangeTime);
  if (region === undefined || atMs === null) {
    return { kind: 'unreadable', why: 'it does not say in which Region or when' };
  }
  const { Trigger } = data;
  const known = (Trigger?.Dimensions ?? []).filter((dimension) => dimension !== null);
  return {
    kind: 'alarm',
    change: {
      name: keptText(data.AlarmName),
      accountId: arnAccount ?? data.AWSAccountId ?? null,
      region,
      kind: (data.AlarmRule ?? null) === null ? 'metric' : 'composite',
      from: data.OldStateValue ?? null,
      to: data.NewStateValue,
      atMs,
      reason: keptText(data.NewStateReason ?? ''),
      breachedFromMs: null,
      namespace: Trigger?.Namespace ?? null,
      metric: Trigger?.MetricName ?? null,
      dimensions: known
        .slice(0, DIMENSIONS_MAX)
        .map((dimension) => ({ name: dimension.name, value: keptText(dimension.value) })),
      threshold: Trigger?.Threshold ?? null,
      comparison: Trigger?.ComparisonOperator ?? null,
    },
  };
}
