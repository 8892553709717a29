import type { Alarm, AlarmMetric } from '../alarm/alarm.ts';
import { durationWords, utcClock, utcDay } from '../text/time-words.ts';
import { firstBreach, type Threshold, thresholdOf } from './breach.ts';
import type { Graph, GraphMark, MetricPoint } from './graph.ts';

export interface GraphInput {
  readonly alarm: Alarm;
  readonly metric: AlarmMetric;
  readonly onsetMs: number;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  /** Oldest first; at least one. */
  readonly points: readonly MetricPoint[];
}

export interface DescribedGraph {
  readonly graph: Graph;
  /** The same for who cannot see the picture; our words and numbers only. */
  readonly sentences: string;
}

/** What is drawn of an alarm's metric, and what is said beside it. */
export function buildGraph(input: GraphInput): DescribedGraph {
  const { alarm, metric, window, points } = input;
  const threshold = metric.isPart ? null : thresholdOf(alarm.comparison, alarm.threshold);
  const breach = threshold === null ? null : firstBreach(points, threshold, input.onsetMs);
  const graph: Graph = {
    title: `${metric.name} (${metric.statistic} per ${periodWords(metric)})`,
    points,
    periodMs: periodMsOf(metric),
    ...window,
    threshold:
      threshold === null
        ? null
        : { value: threshold.value, label: `alarm ${thresholdWords(threshold)}` },
    marks: marksOf(input, breach),
  };
  return { graph, sentences: describe(input, threshold, breach) };
}

function periodMsOf({ periodSeconds }: AlarmMetric): number {
  return periodSeconds * 1_000;
}

/** "1 min", "6 h" */
function periodWords(metric: AlarmMetric): string {
  return durationWords(periodMsOf(metric)).replace(' 00 min', '');
}

function thresholdWords({ words, value }: Threshold): string {
  return `${words} ${numberWords(value)}`;
}

function marksOf(
  { alarm, onsetMs, window }: GraphInput,
  breach: MetricPoint | null,
): readonly GraphMark[] {
  const startedAtMs = breach?.atMs ?? onsetMs;
  const marks = [
    { atMs: startedAtMs, label: `onset ${clock(startedAtMs)}` },
    ...(alarm.transitionedAtMs === null
      ? []
      : [{ atMs: alarm.transitionedAtMs, label: `ALARM ${clock(alarm.transitionedAtMs)}` }]),
  ];
  return marks.filter(({ atMs }) => atMs >= window.fromMs && atMs <= window.toMs);
}

function describe(
  { alarm, metric, window, points, onsetMs }: GraphInput,
  threshold: Threshold | null,
  breach: MetricPoint | null,
): string {
  const shown = `${metric.statistic} per ${periodWords(metric)} in ${alarm.region}, ${rangeWords(window)}.`;
  const limit =
    threshold === null
      ? `No threshold line: ${metric.isPart ? 'the alarm compares something computed from this metric' : 'the alarm has no fixed one'}. Onset ${whenWords(onsetMs, window)}.`
      : `The alarm goes off ${thresholdWords(threshold)}. ${breachWords(breach, window)}`;
  return [shown, limit, extremeWords(points, threshold, window), gapWords(metric, window, points)]
    .filter((words) => words !== '')
    .join(' ');
}

function breachWords(breach: MetricPoint | null, window: GraphInput['window']): string {
  return breach === null
    ? 'None of the datapoints after the alarm went off breaches it.'
    : `First breach ${whenWords(breach.atMs, window)} (${numberWords(breach.value)}).`;
}

function extremeWords(
  points: readonly MetricPoint[],
  threshold: Threshold | null,
  window: GraphInput['window'],
): string {
  const isLow = threshold?.words.endsWith('below') === true;
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const extreme = rest.reduce(
    (best, point) => ((isLow ? point.value < best.value : point.value > best.value) ? point : best),
    first,
  );
  return `${isLow ? 'Lowest' : 'Highest'}: ${numberWords(extreme.value)} ${whenWords(extreme.atMs, window)}.`;
}

function gapWords(
  metric: AlarmMetric,
  { fromMs, toMs }: GraphInput['window'],
  points: readonly MetricPoint[],
): string {
  const expected = Math.round((toMs - fromMs) / periodMsOf(metric));
  const missing = expected - points.length;
  return missing <= 0 ? '' : `No data in ${missing} of ${expected} periods, left empty.`;
}

/** "07:42", in UTC like everything on the picture. */
function clock(atMs: number): string {
  return utcClock(atMs).slice(0, 5);
}

function whenWords(atMs: number, { fromMs }: GraphInput['window']): string {
  const day = utcDay(atMs);
  return day === utcDay(fromMs) ? `at ${clock(atMs)}` : `at ${day} ${clock(atMs)}`;
}

/** "from 2026-10-14 07:42 to 10:58 UTC" */
export function rangeWords({ fromMs, toMs }: GraphInput['window']): string {
  const [from, to] = [utcDay(fromMs), utcDay(toMs)];
  return `from ${from} ${clock(fromMs)} to ${from === to ? '' : `${to} `}${clock(toMs)} UTC`;
}

const SIGNIFICANT_DIGITS = 4;

/** "247", "0.1235", "1.2e+9": no more digits than an eye takes in, always with a point. */
export function numberWords(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6
    ? String(value)
    : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
