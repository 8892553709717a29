import { z } from 'zod';

const dimensionSchema = z.looseObject({ Name: z.string(), Value: z.string() });

const alarmSchema = z.looseObject({
  AlarmName: z.string(),
  AlarmArn: z.string().regex(/^arn:aws[\w-]*:cloudwatch:[\w-]+:\d{12}:alarm:/),
  StateValue: z.string(),
  StateReason: z.string().optional(),
  AlarmRule: z.string().optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(dimensionSchema).optional(),
  Period: z.number().optional(),
  StateUpdatedTimestamp: z.string().optional(),
});

export type Alarm = z.infer<typeof alarmSchema>;

const contributorSchema = z.looseObject({
  ContributorId: z.string(),
  ContributorAttributes: z.record(z.string(), z.string()),
  StateReason: z.string(),
  StateTransitionedTimestamp: z.string().optional(),
});

export type Contributor = z.infer<typeof contributorSchema>;

const tagSchema = z.looseObject({ Key: z.string(), Value: z.string() });

/** As `aws cloudwatch describe-alarms` prints it; what breaches in alarms on queries, and tags, by alarm. */
export const alarmsSchema = z.looseObject({
  MetricAlarms: z.array(alarmSchema).default([]),
  CompositeAlarms: z.array(alarmSchema).default([]),
  AlarmContributors: z.record(z.string(), z.array(contributorSchema)).default({}),
  AlarmTags: z.record(z.string(), z.array(tagSchema)).default({}),
});

const historyItemSchema = z.looseObject({
  AlarmName: z.string(),
  AlarmType: z.string().optional(),
  Timestamp: z.string(),
  HistoryItemType: z.string(),
  HistorySummary: z.string().optional(),
  HistoryData: z.string().optional(),
});

export type HistoryItem = z.infer<typeof historyItemSchema>;

/** As `aws cloudwatch describe-alarm-history` prints it. */
export const alarmHistorySchema = z.looseObject({
  AlarmHistoryItems: z.array(historyItemSchema).default([]),
});

const seriesSchema = z.looseObject({
  Region: z.string(),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(dimensionSchema).default([]),
  /** Seconds between two values. */
  Period: z.number().positive(),
  From: z.iso.datetime(),
  /** One value a period from `From` on; null where nothing was reported. */
  Values: z.array(z.number().nullable()),
});

export type MetricSeries = z.infer<typeof seriesSchema>;

export const metricsSchema = z.looseObject({ Metrics: z.array(seriesSchema).default([]) });

export interface AlarmData {
  readonly metricAlarms: readonly Alarm[];
  readonly compositeAlarms: readonly Alarm[];
  readonly contributors: Readonly<Record<string, readonly Contributor[]>>;
  readonly tags: Readonly<Record<string, readonly z.infer<typeof tagSchema>[]>>;
  readonly history: readonly HistoryItem[];
  readonly series: readonly MetricSeries[];
}

export function allAlarms(data: AlarmData): readonly Alarm[] {
  return [...data.metricAlarms, ...data.compositeAlarms];
}

/** Alarms live where their ARN says. */
export function isIn(place: { readonly account: string; readonly region: string }) {
  return ({ AlarmArn }: Alarm): boolean => {
    const [, , , region, account] = AlarmArn.split(':');
    return region === place.region && account === place.account;
  };
}

/** Replies carry times as seconds since 1970, files carry ISO text. */
export function withEpochTimes(item: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) =>
      name.endsWith('Timestamp') && typeof value === 'string'
        ? [name, Date.parse(value) / 1_000]
        : [name, value],
    ),
  );
}
