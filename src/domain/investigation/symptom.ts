import type { Alarm } from '../alarm/alarm.ts';
import { BY_METRIC, BY_NAMESPACE, type MetricRow } from './metric-symptoms.ts';

/** What is going wrong, as the metric of an alarm shows it. */
export const SYMPTOMS = [
  'errors',
  'denied',
  'latency',
  'unhealthy',
  'traffic-drop',
  'traffic-surge',
  'saturated',
  'filling',
  'throttled',
  'backlog',
  'few-instances',
  'no-data',
  'cost',
  'usage',
  'security',
  'restarts',
  'certificate',
  'host-fault',
] as const;

export type Symptom = (typeof SYMPTOMS)[number];

/** Each to go after "shows as". */
export const SYMPTOM_WORDS = {
  errors: 'errors',
  denied: 'refused calls',
  latency: 'slow answers',
  unhealthy: 'unhealthy hosts',
  'traffic-drop': 'less traffic than usual',
  'traffic-surge': 'more traffic than usual',
  saturated: 'something running at its limit',
  filling: 'something filling up',
  throttled: 'throttled calls',
  backlog: 'work piling up',
  'few-instances': 'too few instances',
  'no-data': 'missing data',
  cost: 'rising cost',
  usage: 'rising use',
  security: 'a security signal',
  restarts: 'restarts',
  certificate: 'certificate trouble',
  'host-fault': 'a fault of the host',
} as const satisfies Record<Symptom, string>;

const VOLUME: MetricRow = [/./, 'traffic-drop', 'traffic-surge'];

/** What an alarm shows, the surest first. */
export function symptomsOf(alarm: Alarm): readonly Symptom[] {
  const state = alarm.state === 'INSUFFICIENT_DATA' ? 'INSUFFICIENT_DATA' : 'ALARM';
  const byMetric = symptomOf(alarm, state);
  const found: Symptom[] = [byMetric];
  // A number of orders falls whatever fails.
  if (isOwnNamespace(alarm) && byMetric === 'traffic-drop') found.push('errors');
  if (isVolume(alarm) && byMetric !== 'no-data') {
    const row = BY_METRIC.find(([pattern]) => pattern.test(alarm.name));
    if (row !== undefined) found.push(isBelow(alarm) ? row[1] : row[2]);
  }
  return [...new Set(found)];
}

/** The symptom that namespace, metric and comparison of an alarm stand for. */
export function symptomOf(alarm: Alarm, state: Alarm['state'] = alarm.state): Symptom {
  if (state === 'INSUFFICIENT_DATA') return 'no-data';
  const [, below, above] = rowOf(alarm);
  return isBelow(alarm) ? below : above;
}

/** Measured by one's own programs, not by AWS. */
export function isOwnNamespace({ namespace }: Alarm): boolean {
  return (
    namespace !== null &&
    !/^AWS\/|^CloudTrailMetrics$|^CloudWatchSynthetics$|Insights$|^CWAgent$/.test(namespace)
  );
}

function rowOf({ namespace, metric }: Alarm): MetricRow {
  const own = BY_NAMESPACE.find(([pattern]) => pattern.test(namespace ?? ''))?.[1] ?? [];
  return [...own, ...BY_METRIC].find(([pattern]) => pattern.test(metric ?? '')) ?? VOLUME;
}

function isVolume(alarm: Alarm): boolean {
  return rowOf(alarm) === VOLUME;
}

function isBelow({ comparison }: Alarm): boolean {
  return /^LessThan/.test(comparison ?? '');
}
