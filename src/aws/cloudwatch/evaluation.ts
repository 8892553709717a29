import { z } from 'zod';
import type { AlarmEvaluation } from '../../domain/alarm/alarm.ts';

const DATAPOINTS_MAX = 1_500;

const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const numbers = z.array(number).max(DATAPOINTS_MAX).nullish().catch(null);

/** `stateReasonData`: what CloudWatch looked at when it set a state. All of it may be missing. */
export const reasonDataSchema = z.object({
  startDate: text,
  period: number,
  threshold: number,
  evaluatedDatapoints: z
    .array(z.object({ timestamp: text, value: number }).catch({ timestamp: null, value: null }))
    .max(DATAPOINTS_MAX)
    .nullish()
    .catch(null),
  // Of an anomaly band: the values, and what was expected of each.
  recentDatapoints: numbers,
  recentLowerThresholds: numbers,
  recentUpperThresholds: numbers,
});

export type ReasonData = z.infer<typeof reasonDataSchema>;

/**
 * From the datapoints that led to a state, the start of the first that breached. A datapoint that is
 * missing breaches where nothing else was there, or where the alarm takes it as breaching.
 */
export function evaluationOf(
  data: ReasonData | null | undefined,
  reason: string | null | undefined,
): AlarmEvaluation | null {
  if (!data) return null;
  const points = data.evaluatedDatapoints ?? [];
  const isBreaching = breachTest(reason ?? '', data);
  const isMissingBad =
    /treated as \[Breaching\]/i.test(reason ?? '') || points.every(({ value }) => value == null);
  const times = points
    .filter(({ value }) => (value == null ? isMissingBad : isBreaching(value)))
    .map(({ timestamp }) => timeOf(timestamp ?? null))
    .filter((atMs) => atMs !== null);
  const breachedFromMs = times.length > 0 ? Math.min(...times) : timeOf(data.startDate ?? null);
  return { breachedFromMs, periodSeconds: data.period ?? null };
}

/** The reason's own words name the comparison; an anomaly band has a threshold for each value. */
function breachTest(reason: string, data: ReasonData): (value: number) => boolean {
  const threshold = data.threshold ?? null;
  const [, words] = /(less|greater) than(?: or equal to)? the threshold/.exec(reason) ?? [];
  if (threshold === null || words === undefined) return outsideBand(data);
  const isInclusive = reason.includes('or equal to the threshold');
  return words === 'less'
    ? (value) => value < threshold || (isInclusive && value === threshold)
    : (value) => value > threshold || (isInclusive && value === threshold);
}

function outsideBand(data: ReasonData): (value: number) => boolean {
  const lower = data.recentLowerThresholds ?? [];
  const upper = data.recentUpperThresholds ?? [];
  if (lower.length === 0 && upper.length === 0) return () => true;
  const outside = (data.recentDatapoints ?? []).filter((value, index) => {
    const [least, most] = [lower[index] ?? -Infinity, upper[index] ?? Infinity];
    return value != null && (value < least || value > most);
  });
  return (value) => outside.includes(value);
}

export function timeOf(iso: string | null): number | null {
  // CloudWatch writes the offset without a colon: 2026-10-14T10:42:00.000+0000.
  const timeMs = Date.parse((iso ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(timeMs) ? null : timeMs;
}
