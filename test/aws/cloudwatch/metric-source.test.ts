import { describe, expect, it } from 'vitest';
import { createMetricSource } from '../../../src/aws/cloudwatch/metric-source.ts';
import type { MetricRequest, MetricSource } from '../../../src/ports.ts';
import { aMetric, MINUTE_MS } from '../../domain/graph/builders.ts';
import { atMs, startWorld } from '../../simulator/aws/replay-support.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from '../support.ts';

const FROM_MS = atMs - 10 * MINUTE_MS;

async function metricsAt(endpoint: string): Promise<MetricSource> {
  const { clients } = await anAwsSide({ endpoint, attemptsMax: 1 });
  return createMetricSource({ clients, log: createKeptLog() });
}

function aRequest(changes: Partial<MetricRequest> = {}): MetricRequest {
  const target = { accountId: null, region: 'eu-west-1' };
  return { target, asker, metric: aMetric(), fromMs: FROM_MS, toMs: atMs, ...changes };
}

function aSeries(values: readonly (number | null)[]): object {
  return {
    Region: 'eu-west-1',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_ELB_5XX_Count',
    Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }],
    Period: 60,
    From: new Date(FROM_MS).toISOString(),
    Values: values,
  };
}

describe('reading a metric', () => {
  it('gives its datapoints, oldest first, and nothing where there are none', async () => {
    const world = await startWorld({ metrics: [aSeries([1, null, 3])] });
    const metrics = await metricsAt(world.endpointUrl);

    const reading = await metrics.readMetric(aRequest(), neverAborted());

    expect(reading).toEqual({
      outcome: 'found',
      points: [
        { atMs: FROM_MS, value: 1 },
        { atMs: FROM_MS + 2 * MINUTE_MS, value: 3 },
      ],
      truncated: false,
      explanation: null,
    });
  });

  it('asks for whole periods with the statistic of the alarm', async () => {
    const world = await startWorld({ metrics: [aSeries([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])] });
    const metrics = await metricsAt(world.endpointUrl);
    const metric = aMetric({ periodSeconds: 300, statistic: 'Maximum' });
    const request = aRequest({ metric, fromMs: FROM_MS + 61_000, toMs: atMs - 210_000 });

    const { points } = await metrics.readMetric(request, neverAborted());

    expect(points.every((point) => point.atMs % 300_000 === 0)).toBe(true);
    expect(Math.max(...points.map(({ value }) => value))).toBe(9);
  });

  it('says that there is nothing for a metric that nobody writes', async () => {
    const world = await startWorld({});
    const metrics = await metricsAt(world.endpointUrl);

    const reading = await metrics.readMetric(aRequest(), neverAborted());

    expect(reading).toEqual({
      outcome: 'nothing',
      points: [],
      truncated: false,
      explanation: null,
    });
  });

  it('names the missing permission when it is refused', async () => {
    const world = await startWorld({});
    world.faults.deny('GetMetricData');
    const metrics = await metricsAt(world.endpointUrl);

    const reading = await metrics.readMetric(aRequest(), neverAborted());

    expect(reading).toMatchObject({ outcome: 'denied', points: [] });
    expect(reading.explanation).toContain('cloudwatch:GetMetricData');
  });

  it.each([
    ['throttle', 'throttled'],
    ['internal-error', 'failed'],
    ['cut-body', 'failed'],
  ] as const)('says what went wrong after a %s', async (kind, outcome) => {
    const world = await startWorld({});
    world.faults.add({ kind, operation: 'GetMetricData' });
    const metrics = await metricsAt(world.endpointUrl);

    const reading = await metrics.readMetric(aRequest(), neverAborted());

    expect(reading).toMatchObject({ outcome, points: [], truncated: true });
    expect(reading.explanation).toMatch(/\.$/);
  });
});
