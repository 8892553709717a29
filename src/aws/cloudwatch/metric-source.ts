import { GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { AlarmMetric } from '../../domain/alarm/alarm.ts';
import type { MetricPoint } from '../../domain/graph/graph.ts';
import type { MetricReading, MetricRequest, MetricSource } from '../../ports.ts';
import { type AnswerTrouble, explainTrouble } from '../answer-trouble.ts';
import type { AlarmDependencies } from './alarm-pages.ts';

const PERMISSION = 'cloudwatch:GetMetricData';
const LIMITS = { pagesMax: 10, datapointsPerPageMax: 5_000 } as const;

const pageSchema = z.object({
  MetricDataResults: z
    .array(
      z.object({
        Timestamps: z.array(z.date()).nullish(),
        Values: z.array(z.number()).nullish(),
        StatusCode: z.string().nullish(),
      }),
    )
    .nullish(),
  NextToken: z.string().nullish(),
});

type Page = z.infer<typeof pageSchema>;

/** Datapoints through GetMetricData, one metric a call. */
export function createMetricSource(deps: AlarmDependencies): MetricSource {
  return { readMetric: (request, signal) => readPages(deps, request, signal) };
}

async function readPages(
  deps: AlarmDependencies,
  request: MetricRequest,
  signal: AbortSignal,
): Promise<MetricReading> {
  const points = new Map<number, number>();
  const input = inputOf(request);
  let token: string | null = null;
  for (let pages = 0; pages < LIMITS.pagesMax; pages += 1) {
    const page: Page | AnswerTrouble = await askPage(deps, request, { ...input, token }, signal);
    const trouble = 'outcome' in page ? page : troubleOf(request, page);
    if (trouble !== null) {
      const { region } = request.target;
      deps.log.warn('metric reading ended early', { region, outcome: trouble.outcome });
      return { ...trouble, points: sorted(points), truncated: true };
    }
    if ('outcome' in page) break;
    for (const { atMs, value } of pointsOf(page)) points.set(atMs, value);
    token = page.NextToken || null;
    if (token === null) break;
  }
  return {
    outcome: points.size > 0 ? 'found' : 'nothing',
    points: sorted(points),
    truncated: token !== null,
    explanation: token === null ? null : `Reading stopped after ${LIMITS.pagesMax} pages.`,
  };
}

async function askPage(
  deps: AlarmDependencies,
  { target, asker }: MetricRequest,
  { token, ...input }: GetMetricDataCommandInput & { readonly token: string | null },
  signal: AbortSignal,
): Promise<Page | AnswerTrouble> {
  const command = new GetMetricDataCommand({
    ...input,
    ...(token !== null && { NextToken: token }),
  });
  try {
    const send = deps.clients.withCloudWatch({ target, asker }, (client) =>
      client.send(command, { abortSignal: signal }),
    );
    return pageSchema.parse(await send);
  } catch (error) {
    return explainTrouble(error, { target, permission: PERMISSION, signal });
  }
}

/** Whole periods, or CloudWatch answers with times that are not the alarm's. */
function inputOf({ metric, fromMs, toMs }: MetricRequest): GetMetricDataCommandInput {
  const periodMs = metric.periodSeconds * 1_000;
  return {
    MetricDataQueries: [queryOf(metric)],
    StartTime: new Date(Math.floor(fromMs / periodMs) * periodMs),
    EndTime: new Date(Math.ceil(toMs / periodMs) * periodMs),
    // Where reading stops early, the beginning of the trouble must be there.
    ScanBy: 'TimestampAscending',
    MaxDatapoints: LIMITS.datapointsPerPageMax,
  };
}

function queryOf(metric: AlarmMetric) {
  return {
    Id: 'm1',
    ...(metric.ownerAccountId !== null && { AccountId: metric.ownerAccountId }),
    MetricStat: {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      },
      Period: metric.periodSeconds,
      Stat: metric.statistic,
    },
    ReturnData: true,
  };
}

/** CloudWatch answers for each metric on its own, within an answer that looks well. */
function troubleOf({ target }: MetricRequest, { MetricDataResults }: Page): AnswerTrouble | null {
  const codes = (MetricDataResults ?? []).map(({ StatusCode }) => StatusCode);
  if (codes.includes('Forbidden')) {
    const explanation = `The metric in ${target.region} may not be read: it belongs to an account that does not share it.`;
    return { outcome: 'denied', explanation };
  }
  if (codes.includes('InternalError')) {
    const explanation = `AWS had a fault of its own in ${target.region}.`;
    return { outcome: 'failed', explanation };
  }
  return null;
}

function pointsOf({ MetricDataResults }: Page): readonly MetricPoint[] {
  return (MetricDataResults ?? []).flatMap(({ Timestamps, Values }) =>
    (Timestamps ?? []).flatMap((time, index) => {
      const value = Values?.[index];
      return value === undefined ? [] : [{ atMs: time.getTime(), value }];
    }),
  );
}

function sorted(points: ReadonlyMap<number, number>): readonly MetricPoint[] {
  return [...points].map(([atMs, value]) => ({ atMs, value })).sort((a, b) => a.atMs - b.atMs);
}
