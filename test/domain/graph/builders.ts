import type { Alarm, AlarmMetric } from '../../../src/domain/alarm/alarm.ts';
import type { MetricPoint } from '../../../src/domain/graph/graph.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';

export const MINUTE_MS = 60_000;
export const ONSET_MS = Date.parse('2026-10-14T10:42:00Z');

export function aMetric(changes: Partial<AlarmMetric> = {}): AlarmMetric {
  return {
    namespace: 'AWS/ApplicationELB',
    name: 'HTTPCode_ELB_5XX_Count',
    dimensions: [{ name: 'LoadBalancer', value: untrusted('app/shop/1') }],
    statistic: 'Sum',
    periodSeconds: 60,
    ownerAccountId: null,
    isPart: false,
    ...changes,
  };
}

export function anAlarm(changes: Partial<Alarm> = {}): Alarm {
  return {
    name: untrusted('checkout-5xx'),
    kind: 'metric',
    accountId: '111122223333',
    region: 'eu-west-1',
    state: 'ALARM',
    stateReason: untrusted('Threshold Crossed'),
    transitionedAtMs: ONSET_MS + 3 * MINUTE_MS,
    namespace: 'AWS/ApplicationELB',
    metric: 'HTTPCode_ELB_5XX_Count',
    dimensions: [],
    threshold: 10,
    comparison: 'GreaterThanThreshold',
    periodSeconds: 60,
    drawable: aMetric(),
    evaluation: { breachedFromMs: ONSET_MS, periodSeconds: 60 },
    children: [],
    contributors: [],
    ...changes,
  };
}

/** Datapoints a minute apart, the first at `fromMs`. */
export function everyMinute(fromMs: number, values: readonly number[]): readonly MetricPoint[] {
  return values.map((value, index) => ({ atMs: fromMs + index * MINUTE_MS, value }));
}
