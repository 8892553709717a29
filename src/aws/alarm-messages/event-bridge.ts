import { z } from 'zod';
import { keptText } from '../../domain/trail/kept-text.ts';
import { evaluationOf, timeOf } from '../cloudwatch/evaluation.ts';
import { reasonDataOf } from '../cloudwatch/schema.ts';
import type { AlarmMessage } from './parse-alarm-message.ts';

const ALARM_EVENT = 'CloudWatch Alarm State Change';
const DIMENSIONS_MAX = 30;

const stateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const text = z.string().nullish().catch(null);
// Names of metrics and dimensions are plain text in our types, so only plain ones are taken.
const plainName = z.string().regex(/^[\w ./:#%-]{1,255}$/);
const name = plainName.nullish().catch(null);

const envelopeSchema = z.object({ source: z.string(), 'detail-type': z.string() });

const metricSchema = z.object({
  metricStat: z
    .object({
      metric: z.object({
        namespace: name,
        name,
        dimensions: z.record(z.string(), z.string()).nullish().catch(null),
      }),
    })
    .nullish()
    .catch(null),
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
const eventSchema = z.object({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z0-9-]{1,30}$/),
  time: z.string(),
  detail: z.object({
    alarmName: z.string().min(1),
    state: z.object({ value: stateValue, reason: text, reasonData: text, timestamp: text }),
    previousState: z.object({ value: stateValue }).nullish().catch(null),
    configuration: z
      .object({ metrics: z.array(metricSchema).nullish().catch(null), alarmRule: text })
      .nullish()
      .catch(null),
  }),
});

/** Null when it is no event of EventBridge. */
export function parseEventBridge(parsed: object): AlarmMessage | null {
  const envelope = envelopeSchema.safeParse(parsed);
  if (!envelope.success) return null;
  const { source, 'detail-type': type } = envelope.data;
  if (source !== 'aws.cloudwatch' || type !== ALARM_EVENT) {
    return { kind: 'other', what: 'an event of EventBridge that is about no alarm' };
  }
  const event = eventSchema.safeParse(parsed);
  const atMs = timeOf(event.data?.detail.state.timestamp ?? event.data?.time ?? null);
  if (!event.success || atMs === null) {
    return { kind: 'unreadable', why: 'what it says of the alarm’s state cannot be read' };
  }
  const { account, region, detail } = event.data;
  const { state, previousState, configuration } = detail;
  const data = reasonDataOf(state.reasonData);
  const [metric] = (configuration?.metrics ?? []).flatMap((row) => row.metricStat?.metric ?? []);
  const isComposite = (configuration?.alarmRule ?? null) !== null;
  return {
    kind: 'alarm',
    change: {
      name: keptText(detail.alarmName),
      accountId: account,
      region,
      kind: isComposite ? 'composite' : 'metric',
      from: previousState?.value ?? null,
      to: state.value,
      atMs,
      reason: keptText(state.reason ?? ''),
      breachedFromMs: state.value === 'ALARM' ? breachedFrom(data, state.reason, atMs) : null,
      namespace: metric?.namespace ?? null,
      metric: metric?.name ?? null,
      dimensions: Object.entries(metric?.dimensions ?? {})
        .filter(([key]) => plainName.safeParse(key).success)
        .slice(0, DIMENSIONS_MAX)
        .map(([key, value]) => ({ name: key, value: keptText(value) })),
      threshold: data?.threshold ?? null,
      comparison: comparisonOf(state.reason ?? ''),
    },
  };
}

/** The event does not say how it compares; the reason's own words do. */
function comparisonOf(reason: string): string | null {
  const [, words, inclusive] =
    /(less|greater) than (or equal to )?the (?:lower |upper )?threshold/.exec(reason) ?? [];
  if (words === undefined) return null;
  const how = words === 'less' ? 'LessThan' : 'GreaterThan';
  return `${how}${inclusive === undefined ? '' : 'OrEqualTo'}Threshold`;
}

/** Nothing breaches after the alarm has fired. */
function breachedFrom(
  data: ReturnType<typeof reasonDataOf>,
  reason: string | null | undefined,
  atMs: number,
): number | null {
  const fromMs = evaluationOf(data, reason)?.breachedFromMs ?? null;
  return fromMs === null || fromMs > atMs ? null : fromMs;
}
