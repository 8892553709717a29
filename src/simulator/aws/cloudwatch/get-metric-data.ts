import { z } from 'zod';
import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import type { AlarmData } from './alarm-data.ts';
import type { Point } from './metric-points.ts';
import { metricPoints } from './metric-points.ts';

const QUERIES_MAX = 500;
const DATAPOINTS_MAX = 100_800;

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

const metricStatSchema = z.looseObject({
  Metric: z.looseObject({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.looseObject({ Name: z.string(), Value: z.string() })).default([]),
  }),
  Period: z.number().int().min(1),
  Stat: z.string(),
});

const requestSchema = z.looseObject({
  MetricDataQueries: z
    .array(
      z.looseObject({
        Id: z.string().regex(/^[a-z][a-zA-Z0-9_]*$/),
        MetricStat: metricStatSchema.optional(),
        Label: z.string().optional(),
        ReturnData: z.boolean().default(true),
      }),
    )
    .min(1)
    .max(QUERIES_MAX),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxDatapoints: z.number().int().min(1).max(DATAPOINTS_MAX).default(DATAPOINTS_MAX),
  NextToken: z.string().optional(),
});
type Request = z.infer<typeof requestSchema>;
export type MetricStat = z.infer<typeof metricStatSchema>;

/**
 * GetMetricData for plain metrics: aligned to the period, EndTime exclusive, nothing after now.
 * Metric math is refused: a made-up result would be worse than none.
 */
export function getMetricData(
  source: { readonly data: AlarmData; readonly tokens: PageTokens; readonly nowMs: number },
  caller: Caller,
  parameters: unknown,
): object {
  const request = parse(parameters);
  const bound = { ...request, account: caller.account, region: caller.region };
  const from = placeOf(source.tokens, request.NextToken, bound);
  const queries = request.MetricDataQueries.filter((query) => query.ReturnData);
  const share = Math.max(1, Math.floor(request.MaxDatapoints / Math.max(1, queries.length)));
  const results = queries.map((query) => {
    if (query.MetricStat === undefined) {
      throw validationFailure('The replay serves metrics only, no expressions.');
    }
    const all = pointsOf(source, caller, query.MetricStat, request);
    const page = all.slice(from, from + share);
    return {
      Id: query.Id,
      Label: query.Label ?? query.MetricStat.Metric.MetricName,
      Timestamps: page.map((point) => point.timeMs / 1_000),
      Values: page.map((point) => point.value),
      StatusCode: all.length > from + share ? 'PartialData' : 'Complete',
    };
  });
  const more = results.some((result) => result.StatusCode === 'PartialData');
  return {
    MetricDataResults: results,
    Messages: [],
    ...(more && { NextToken: source.tokens.issue(bound, String(from + share)) }),
  };
}

function parse(parameters: unknown): Request {
  const parsed = requestSchema.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw validationFailure(`${issue?.message} at '${issue?.path.join('.')}'`);
  }
  if (parsed.data.StartTime >= parsed.data.EndTime) {
    throw validationFailure('The parameter StartTime must be less than the parameter EndTime.');
  }
  return parsed.data;
}

function placeOf(tokens: PageTokens, token: string | undefined, bound: object): number {
  if (token === undefined) return 0;
  const place = tokens.redeem(token, { ...bound });
  if (place === null) throw new AwsFailure('InvalidNextToken', 'Invalid next token');
  return Number(place);
}

/** A metric's values, one a period, in the order that was asked for. */
export function pointsOf(
  source: { readonly data: AlarmData; readonly nowMs: number },
  caller: Caller,
  { Metric, Period, Stat }: MetricStat,
  request: Pick<Request, 'StartTime' | 'EndTime' | 'ScanBy'>,
): readonly Point[] {
  const statistic = STATISTICS[Stat];
  if (statistic === undefined) {
    throw validationFailure(`The replay has no statistic ${Stat}.`);
  }
  const periodMs = Period * 1_000;
  const align = (timeMs: number) => Math.floor(timeMs / periodMs) * periodMs;
  const firstMs = align(request.StartTime * 1_000);
  const endMs = Math.min(request.EndTime * 1_000, source.nowMs);
  const periods = new Map<number, number[]>();
  for (const point of metricPoints(source.data, caller, Metric)) {
    const startMs = align(point.timeMs);
    if (startMs < firstMs || point.timeMs >= endMs) continue;
    periods.set(startMs, [...(periods.get(startMs) ?? []), point.value]);
  }
  const direction = request.ScanBy === 'TimestampAscending' ? 1 : -1;
  return [...periods]
    .map(([timeMs, values]) => ({ timeMs, value: statistic(values) }))
    .sort((a, b) => direction * (a.timeMs - b.timeMs));
}
