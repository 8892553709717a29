import type { MetricPoint } from './graph.ts';

interface Comparison {
  /** After "when it is". */
  readonly words: string;
  readonly isBreaching: (value: number, threshold: number) => boolean;
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  GreaterThanThreshold: { words: 'above', isBreaching: (value, limit) => value > limit },
  GreaterThanOrEqualToThreshold: {
    words: 'at or above',
    isBreaching: (value, limit) => value >= limit,
  },
  LessThanThreshold: { words: 'below', isBreaching: (value, limit) => value < limit },
  LessThanOrEqualToThreshold: {
    words: 'at or below',
    isBreaching: (value, limit) => value <= limit,
  },
};

/** One number that a metric must not cross. */
export interface Threshold {
  readonly value: number;
  readonly words: string;
  readonly isBreaching: (value: number) => boolean;
}

/** Null where there is no single number to compare with, as with an anomaly band. */
export function thresholdOf(comparison: string | null, value: number | null): Threshold | null {
  const found = Object.hasOwn(COMPARISONS, comparison ?? '') ? COMPARISONS[comparison ?? ''] : null;
  if (found == null || value === null) return null;
  return { value, words: found.words, isBreaching: (point) => found.isBreaching(point, value) };
}

/**
 * The datapoint with which the present trouble began: the first of the unbroken row of breaches
 * around the time at which the alarm found one; null when nothing there breaches.
 */
export function firstBreach(
  points: readonly MetricPoint[],
  threshold: Threshold,
  { foundAtMs, periodMs }: { readonly foundAtMs: number; readonly periodMs: number },
): MetricPoint | null {
  const breaches = points.map(({ value }) => threshold.isBreaching(value));
  // Alarms look at minutes of their own: what they found may lie within a datapoint.
  const found = points.findIndex(
    ({ atMs }, index) => atMs + periodMs > foundAtMs && breaches[index],
  );
  if (found < 0) return null;
  let first = found;
  while (breaches[first - 1]) first -= 1;
  return points[first] ?? null;
}
