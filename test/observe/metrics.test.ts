import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { measureStore, measureWork } from '../../src/observe/measure.ts';
import { METRICS } from '../../src/observe/metric-table.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { createGaugeSampler } from '../../src/observe/sample-gauges.ts';
import type { Store, WorkKind } from '../../src/ports.ts';
import { parseExposition, sumOf } from '../support/prometheus.ts';

const exposed = (metrics: ReturnType<typeof createMetrics>) => parseExposition(metrics.expose());

describe('the metrics', () => {
  it('have names, units and labels as Prometheus wants them', () => {
    const odd = Object.entries(METRICS).filter(([name, { type, help, labels }]) => {
      const isTotal = name.endsWith('_total');
      const unit = /_(seconds|bytes|total|info)$/.test(name) || type === 'gauge';
      return (
        !/^[a-z][a-z0-9_]*$/.test(name) ||
        (type === 'counter') !== isTotal ||
        !unit ||
        !/^[A-Z0-9].*\.$/.test(help) ||
        labels.some((label: string) => !/^[a-z]+$/.test(label))
      );
    });
    expect(odd).toEqual([]);
  });

  it('count, set and add up', () => {
    const metrics = createMetrics();
    metrics.count('redthread_aws_throttles_total', { service: 'logs', operation: 'StartQuery' });
    metrics.count('redthread_aws_throttles_total', { service: 'logs', operation: 'StartQuery' }, 2);
    metrics.set('redthread_work_pending', {}, 5);
    metrics.set('redthread_work_pending', {}, 4);
    const families = exposed(metrics);
    expect(sumOf(families, 'redthread_aws_throttles_total', { service: 'logs' })).toBe(3);
    expect(sumOf(families, 'redthread_work_pending')).toBe(4);
    expect(families.get('redthread_work_pending')?.type).toBe('gauge');
  });

  it('leave out what is not known any more', () => {
    const metrics = createMetrics();
    metrics.set('redthread_work_dead', {}, 1);
    metrics.forget('redthread_work_dead');
    expect(metrics.expose()).not.toContain('redthread_work_dead');
  });

  it('read back what was written, whatever a label holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(1_000_000), (method, count) => {
        const metrics = createMetrics();
        metrics.count('redthread_slack_calls_total', { method, outcome: 'ok' }, count);
        const [sample] = exposed(metrics).get('redthread_slack_calls_total')?.samples ?? [];
        expect(sample).toEqual({
          name: 'redthread_slack_calls_total',
          labels: { method, outcome: 'ok' },
          value: count,
        });
      }),
    );
  });

  it('fill buckets that grow to the count, with the sum beside them', () => {
    const times = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(times, (seconds) => {
        const metrics = createMetrics();
        for (const one of seconds) metrics.observe('redthread_ack_seconds', { kind: 'form' }, one);
        const samples = exposed(metrics).get('redthread_ack_seconds')?.samples ?? [];
        const buckets = samples.filter(({ name }) => name.endsWith('_bucket'));
        const expected = buckets.map(({ labels: { le = '' } }) => {
          const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
          return seconds.filter((one) => one <= bound).length;
        });
        expect(buckets.map(({ value }) => value)).toEqual(expected);
        expect(buckets.at(-1)?.labels['le']).toBe('+Inf');
        expect(sumOf(exposed(metrics), 'redthread_ack_seconds_count')).toBe(seconds.length);
        const sum = seconds.reduce((total, one) => total + one, 0);
        expect(sumOf(exposed(metrics), 'redthread_ack_seconds_sum')).toBeCloseTo(sum, 6);
      }),
    );
  });

  it('stay small when a bug puts ids into labels', () => {
    const metrics = createMetrics();
    for (let id = 0; id < 5_000; id += 1) {
      metrics.count('redthread_slack_calls_total', { method: `id-${id}`, outcome: 'ok' });
    }
    expect(exposed(metrics).get('redthread_slack_calls_total')?.samples).toHaveLength(1_000);
  });
});

describe('what is measured', () => {
  it('the store: every request by its name, and errors by their code', async () => {
    const metrics = createMetrics();
    const store = measureStore(
      {
        ping: async () => undefined,
        readState: async () => {
          throw new AppError('store-unavailable', 'Redis did not answer in time.');
        },
      } as unknown as Store,
      metrics,
    );
    await store.ping();
    await expect(store.readState('RT-1')).rejects.toThrow('did not answer');
    const families = exposed(metrics);
    expect(sumOf(families, 'redthread_store_seconds_count', { operation: 'ping' })).toBe(1);
    expect(
      sumOf(families, 'redthread_store_errors_total', {
        operation: 'readState',
        code: 'store-unavailable',
      }),
    ).toBe(1);
  });

  it('work: each run by how it ended', async () => {
    const metrics = createMetrics();
    const handlers = measureWork(
      {
        render: async () => ({ kind: 'later', delayMs: 1 }),
        gather: async () => {
          throw new Error('no');
        },
      } as unknown as Record<WorkKind, () => Promise<{ kind: string }>>,
      metrics,
    );
    await handlers.render();
    await expect(handlers.gather()).rejects.toThrow('no');
    const families = exposed(metrics);
    const count = (kind: string, outcome: string) =>
      sumOf(families, 'redthread_work_total', { kind, outcome });
    expect([count('render', 'later'), count('gather', 'failed')]).toEqual([1, 1]);
  });

  it('how late work is; nothing is said of it while the store does not answer', async () => {
    const metrics = createMetrics();
    let isUp = true;
    const away = new AppError('store-unavailable', 'away');
    const gauges = createGaugeSampler({
      metrics,
      store: {
        workCounts: async () => {
          if (!isUp) throw away;
          return { pending: 2, dead: 1, nextDueAtMs: 40_000 };
        },
        listIncidents: async () => [],
      },
      health: { check: async () => ({ ready: isUp, store: isUp, slack: true }) },
      clock: { nowMs: () => 100_000 },
      socketCount: () => null,
      version: '1.2.3',
    });
    await gauges.sample();
    const well = exposed(metrics);
    isUp = false;
    await gauges.sample();
    gauges.stop();
    const ill = exposed(metrics);
    expect(sumOf(well, 'redthread_work_lag_seconds')).toBe(60);
    expect(sumOf(well, 'redthread_store_up')).toBe(1);
    expect(well.has('redthread_slack_sockets')).toBe(false);
    expect(sumOf(ill, 'redthread_store_up')).toBe(0);
    expect(ill.has('redthread_work_lag_seconds')).toBe(false);
  });
});
