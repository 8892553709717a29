import { HOME } from './recorder.ts';
import type { SeededRandom } from './seeded-random.ts';
import { iso, STORY_AT_MS, STORY_START_MS } from './story-time.ts';

/** One line of metrics.json: values one a period, null where nothing was reported. */
export interface Series {
  readonly Region: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Period: number;
  readonly From: string;
  readonly Values: readonly (number | null)[];
}

// The replayed clock runs on after the story's moment, and so does the trouble.
const AFTER_MS = 60 * 60_000;

export interface Shape {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Period: number;
  readonly Region?: string;
}

/** What was measured from `fromMs` to an hour after the story's moment. */
export function series(
  { Region = HOME, Namespace, MetricName, Period }: Shape,
  dimensions: Readonly<Record<string, string>>,
  valueAt: (timeMs: number) => number | null,
  startMs = STORY_START_MS,
): Series {
  const periodMs = Period * 1_000;
  const fromMs = Math.ceil(startMs / periodMs) * periodMs;
  const count = Math.floor((STORY_AT_MS + AFTER_MS - fromMs) / periodMs);
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Values = Array.from({ length: count }, (_, index) => valueAt(fromMs + index * periodMs));
  return { Region, Namespace, MetricName, Dimensions, Period, From: iso(fromMs), Values };
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

export function noiseOf(random: SeededRandom): (around: number, spread: number) => number {
  return (around, spread) => tenths(around + (random.next() - 0.5) * spread);
}
