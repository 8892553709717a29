import { describe, expect, it } from 'vitest';
import { createMetricSource } from '../../../src/aws/cloudwatch/metric-source.ts';
import type { MetricReading } from '../../../src/ports.ts';
import { aMetric } from '../../domain/graph/builders.ts';
import { MOCK_URL, mockHttp, promiseAws } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from '../support.ts';

mockHttp();

const FROM_MS = Date.UTC(2026, 9, 14, 10);

async function read(): Promise<MetricReading> {
  const { clients } = await anAwsSide({ endpoint: MOCK_URL, attemptsMax: 1 });
  const metrics = createMetricSource({ clients, log: createKeptLog() });
  const request = {
    target: { accountId: null, region: 'eu-west-1' },
    asker,
    metric: aMetric(),
    fromMs: FROM_MS,
    toMs: FROM_MS + 3_600_000,
  };
  return metrics.readMetric(request, neverAborted());
}

function aPage(minutes: readonly number[], StatusCode: string, NextToken?: string): object {
  const Timestamps = minutes.map((minute) => FROM_MS / 1_000 + minute * 60);
  return { MetricDataResults: [{ Id: 'm1', Timestamps, Values: minutes, StatusCode }], NextToken };
}

describe('an answer about a metric', () => {
  it('is read to its last page, whatever the order, each period once', async () => {
    promiseAws('GetMetricData', { body: aPage([3, 2], 'PartialData', 'next') });
    promiseAws('GetMetricData', { body: aPage([2, 1], 'Complete') });

    const reading = await read();

    expect(reading.points.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(reading).toMatchObject({ outcome: 'found', truncated: false });
  });

  it('is not read for ever', async () => {
    promiseAws('GetMetricData', { body: aPage([1], 'PartialData', 'next'), times: 10 });

    const reading = await read();

    expect(reading).toMatchObject({ outcome: 'found', truncated: true });
    expect(reading.explanation).toBe('Reading stopped after 10 pages.');
  });

  it.each([
    ['Forbidden', 'denied'],
    ['InternalError', 'failed'],
  ])('is no answer when the metric is %s', async (code, outcome) => {
    promiseAws('GetMetricData', { body: aPage([], code) });

    const reading = await read();

    expect(reading).toMatchObject({ outcome, points: [], truncated: true });
    expect(reading.explanation).toContain('eu-west-1');
  });

  it('is not taken for one when it cannot be read', async () => {
    promiseAws('GetMetricData', { body: '<html>' });

    expect(await read()).toMatchObject({ outcome: 'failed', points: [] });
  });
});
