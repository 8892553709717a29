import { z } from 'zod';
import type { Alarm, AlarmMetric, AlarmTransition } from '../../domain/alarm/alarm.ts';
import { keptText } from '../../domain/trail/kept-text.ts';
import { alarmsNamedIn } from './alarm-rule.ts';
import { evaluationOf, type ReasonData, reasonDataSchema, timeOf } from './evaluation.ts';

const HISTORY_CHARACTERS_MAX = 65_536;
const DIMENSIONS_MAX = 30;

const stateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
// Names of metrics and dimensions are plain text in our types, so only plain ones are taken.
const plainName = z.string().regex(/^[\w ./:#%-]{1,255}$/);
const name = plainName.nullish().catch(null);

/** The SDK gives dates; what the AWS CLI printed holds texts. */
const moment = z.union([
  z.date(),
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
]);

// `p99`, `TM(10%:90%)`: goes back to CloudWatch as it came.
const statistic = z
  .string()
  .regex(/^[\w.():%]{1,40}$/)
  .nullish()
  .catch(null);

const metricSchema = z.object({
  AccountId: name,
  MetricStat: z
    .object({
      Metric: z.object({
        Namespace: name,
        MetricName: name,
        Dimensions: z
          .array(z.object({ Name: plainName, Value: z.string() }).nullable().catch(null))
          .nullish()
          .catch(null),
      }),
      Period: number,
      Stat: statistic,
    })
    .nullish()
    .catch(null),
});

const alarmSchema = z.object({
  AlarmName: z.string().min(1),
  AlarmArn: text,
  StateValue: stateValue,
  StateReason: text,
  StateReasonData: text,
  StateTransitionedTimestamp: moment.nullish().catch(null),
  StateUpdatedTimestamp: moment.nullish().catch(null),
  AlarmConfigurationUpdatedTimestamp: moment.nullish().catch(null),
  Namespace: name,
  MetricName: name,
  Dimensions: z
    .array(z.object({ Name: plainName, Value: z.string() }).nullable().catch(null))
    .nullish()
    .catch(null),
  Threshold: number,
  ComparisonOperator: name,
  Period: number,
  Statistic: statistic,
  ExtendedStatistic: statistic,
  AlarmRule: text,
  // Metric math and anomaly bands: the metrics are inside.
  Metrics: z.array(metricSchema).nullish().catch(null),
});

const historySchema = z.object({
  AlarmName: z.string().min(1),
  Timestamp: moment,
  HistoryItemType: z.literal('StateUpdate'),
  HistoryData: z.string().max(HISTORY_CHARACTERS_MAX),
});

const stateSchema = z
  .object({
    stateValue: stateValue.nullish().catch(null),
    stateReason: text,
    stateReasonData: reasonDataSchema.nullish().catch(null),
  })
  .nullish()
  .catch(null);

const historyDataSchema = z.object({ oldState: stateSchema, newState: stateSchema });

export const alarmPageSchema = z.object({
  MetricAlarms: z.array(z.unknown()).nullish(),
  CompositeAlarms: z.array(z.unknown()).nullish(),
  NextToken: z.string().nullish(),
});

export const historyPageSchema = z.object({
  AlarmHistoryItems: z.array(z.unknown()).nullish(),
  NextToken: z.string().nullish(),
});

/** An alarm as our own type; null when it cannot be read. */
export function parseAlarm(alarm: unknown, kind: Alarm['kind'], region: string): Alarm | null {
  const parsed = alarmSchema.safeParse(alarm);
  if (!parsed.success) return null;
  const { data } = parsed;
  const inside = (data.Metrics ?? []).flatMap(({ MetricStat }) => MetricStat ?? []);
  const changedAt = data.StateTransitionedTimestamp ?? data.StateUpdatedTimestamp;
  return {
    name: keptText(data.AlarmName),
    kind,
    accountId: accountOf(data.AlarmArn),
    region,
    state: data.StateValue,
    stateReason: keptText(data.StateReason ?? ''),
    transitionedAtMs: changedAt?.getTime() ?? null,
    configuredAtMs: data.AlarmConfigurationUpdatedTimestamp?.getTime() ?? null,
    namespace: data.Namespace ?? inside[0]?.Metric.Namespace ?? null,
    metric: data.MetricName ?? inside[0]?.Metric.MetricName ?? null,
    dimensions: [
      ...(data.Dimensions ?? []),
      ...inside.flatMap(({ Metric }) => Metric.Dimensions ?? []),
    ]
      .filter((dimension) => dimension !== null)
      .filter(isFirstOfItsKind)
      .slice(0, DIMENSIONS_MAX)
      .map(({ Name, Value }) => ({ name: Name, value: keptText(Value) })),
    threshold: data.Threshold ?? null,
    comparison: data.ComparisonOperator ?? null,
    periodSeconds: data.Period ?? inside[0]?.Period ?? null,
    drawable: metricOf(data),
    evaluation: evaluationOf(reasonDataOf(data.StateReasonData), data.StateReason),
    children: kind === 'composite' ? alarmsNamedIn(data.AlarmRule ?? '') : [],
    contributors: [],
  };
}

/** A state change from an alarm's history; null when it does not say to which state. */
export function parseTransition(item: unknown, region: string): AlarmTransition | null {
  const parsed = historySchema.safeParse(item);
  if (!parsed.success) return null;
  const { AlarmName, Timestamp, HistoryData } = parsed.data;
  const history = historyDataSchema.safeParse(parseJson(HistoryData));
  const to = history.data?.newState?.stateValue;
  if (!to) return null;
  return {
    alarmName: keptText(AlarmName),
    region,
    atMs: Timestamp.getTime(),
    from: history.data?.oldState?.stateValue ?? null,
    to,
    reason: keptText(history.data?.newState?.stateReason ?? ''),
    evaluatedFromMs: timeOf(history.data?.newState?.stateReasonData?.startDate ?? null),
    evaluation: evaluationOf(
      history.data?.newState?.stateReasonData,
      history.data?.newState?.stateReason,
    ),
  };
}

/** The alarm's own metric; of a computed one, the first that goes into it. */
function metricOf(data: z.infer<typeof alarmSchema>): AlarmMetric | null {
  const [part] = (data.Metrics ?? []).filter(({ MetricStat }) => MetricStat != null);
  const own = {
    Metric: data,
    Period: data.Period,
    Stat: data.Statistic ?? data.ExtendedStatistic,
  };
  const { Metric, Period, Stat } = part?.MetricStat ?? own;
  const { Namespace, MetricName, Dimensions } = Metric;
  const dimensions = (Dimensions ?? []).filter((dimension) => dimension !== null);
  if (!Namespace || !MetricName || !Period || !Stat) return null;
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: dimensions.map(({ Name, Value }) => ({ name: Name, value: keptText(Value) })),
    statistic: Stat,
    periodSeconds: Period,
    ownerAccountId: part?.AccountId ?? null,
    // One metric of another account is written like a computed one, and compared as it is.
    isPart: part !== undefined && data.Metrics?.length !== 1,
  };
}

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

function isFirstOfItsKind(
  { Name, Value }: Dimension,
  index: number,
  all: readonly Dimension[],
): boolean {
  return index === all.findIndex((other) => other.Name === Name && other.Value === Value);
}

/** What a state's reason data says, from its JSON; null when it is none. */
export function reasonDataOf(json: string | null | undefined): ReasonData | null {
  const parsed = reasonDataSchema.safeParse(parseJson(json ?? ''));
  return parsed.success ? parsed.data : null;
}

function accountOf(arn: string | null | undefined): string | null {
  return /^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]*:(\d{12}):/.exec(arn ?? '')?.[1] ?? null;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
