import type { Alarm, AlarmTransition } from '../../../src/domain/alarm/alarm.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anEventId } from '../../support/raw-record.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';

export const MINUTE_MS = 60_000;
/** When the trouble of every story here begins. */
export const ONSET_MS = Date.parse('2026-03-10T10:00:00Z');
export const minutes = (count: number): number => ONSET_MS + count * MINUTE_MS;

export function anAlarm(name: string, changes: Partial<Alarm> = {}): Alarm {
  return {
    name: untrusted(name),
    kind: 'metric',
    accountId: '111122223333',
    region: 'eu-west-1',
    state: 'ALARM',
    stateReason: untrusted(''),
    transitionedAtMs: minutes(4),
    namespace: 'AWS/ApplicationELB',
    metric: 'HTTPCode_Target_5XX_Count',
    dimensions: [
      { name: 'TargetGroup', value: untrusted('targetgroup/orders/0123456789abcdef') },
      { name: 'LoadBalancer', value: untrusted('app/edge/fedcba9876543210') },
    ],
    threshold: 10,
    comparison: 'GreaterThanThreshold',
    periodSeconds: 60,
    drawable: null,
    evaluation: { breachedFromMs: ONSET_MS, periodSeconds: 60 },
    children: [],
    contributors: [],
    ...changes,
  };
}

export function wentOff(
  alarm: Alarm,
  atMs: number,
  breachedFromMs = atMs - 4 * MINUTE_MS,
): AlarmTransition {
  return {
    alarmName: alarm.name,
    region: alarm.region,
    atMs,
    from: 'OK',
    to: 'ALARM',
    reason: untrusted(''),
    evaluatedFromMs: breachedFromMs,
    evaluation: { breachedFromMs, periodSeconds: 60 },
  };
}

let count = 0;

/** A successful write of its own session, so that no two are folded into one by chance. */
export function aChange(
  eventName: string,
  eventSource: string,
  named: readonly string[],
  atMs: number,
  changes: Partial<Omit<TrailRecord, 'resources'>> = {},
): TrailRecord {
  count += 1;
  return aRecord({
    eventId: anEventId(count),
    eventName,
    eventSource: `${eventSource}.amazonaws.com`,
    atMs,
    named,
    accessKeyId: `ASIA${String(count).padStart(12, '0')}`,
    principal: aPrincipal({ label: untrusted(`person-${count}@example.com`) }),
    ...changes,
  });
}
