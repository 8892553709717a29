import type { AlarmChange } from '../../src/domain/alarm/alarm-change.ts';
import { untrusted } from '../../src/domain/untrusted.ts';

export const FIRED_AT_MS = Date.UTC(2026, 2, 8, 10, 44);

/** `checkout-5xx` goes from OK into ALARM. */
export function anAlarmChange(changes: Partial<AlarmChange> = {}): AlarmChange {
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    name: untrusted('checkout-5xx'),
    kind: 'metric',
    from: 'OK',
    to: 'ALARM',
    atMs: FIRED_AT_MS,
    reason: untrusted('Threshold Crossed: 2 datapoints were greater than the threshold (5.0).'),
    breachedFromMs: FIRED_AT_MS - 120_000,
    namespace: 'AWS/ApplicationELB',
    metric: 'HTTPCode_ELB_5XX_Count',
    dimensions: [{ name: 'LoadBalancer', value: untrusted('app/checkout') }],
    threshold: 5,
    comparison: 'GreaterThanThreshold',
    ...changes,
  };
}

/** The same alarm, back to OK a while later. */
export function anAllClear(changes: Partial<AlarmChange> = {}): AlarmChange {
  return anAlarmChange({
    from: 'ALARM',
    to: 'OK',
    atMs: FIRED_AT_MS + 300_000,
    breachedFromMs: null,
    ...changes,
  });
}
