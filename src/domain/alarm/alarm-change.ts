import type { Untrusted } from '../untrusted.ts';
import type { Alarm, AlarmDimension, AlarmStateValue } from './alarm.ts';

/** What tells one alarm from another. */
export interface AlarmPlace {
  /** Null where whoever reported it did not say. */
  readonly accountId: string | null;
  readonly region: string;
  readonly name: Untrusted;
}

/** A change of an alarm's state, as it is reported by a queue or a request. */
export interface AlarmChange extends AlarmPlace {
  readonly kind: Alarm['kind'];
  readonly from: AlarmStateValue | null;
  readonly to: AlarmStateValue;
  readonly atMs: number;
  readonly reason: Untrusted;
  /** Start of the first datapoint that breached; null where the report does not say. */
  readonly breachedFromMs: number | null;
  /** Null for composite alarms and for those on computed metrics, as are the metric's other facts. */
  readonly namespace: string | null;
  readonly metric: string | null;
  readonly dimensions: readonly AlarmDimension[];
  readonly threshold: number | null;
  readonly comparison: string | null;
}

/** The same text for the same alarm, for keys. */
export function alarmKey({ accountId, region, name }: AlarmPlace): string {
  return JSON.stringify([accountId, region, name]);
}

export function isSameAlarm(one: AlarmPlace, other: AlarmPlace): boolean {
  return alarmKey(one) === alarmKey(other);
}
