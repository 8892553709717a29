import type { Alarm, AlarmMetric } from '../alarm/alarm.ts';
import { durationWords } from '../text/time-words.ts';
import { firstBreach, type Threshold, thresholdOf } from './breach.ts';
import type { ChangeMoment } from './change-moments.ts';
import type { Graph, GraphMark, MetricPoint } from './graph.ts';
import { clock, isInside, numberWords, rangeWords, whenWords } from './graph-times.ts';
import type { GraphWindow } from './graph-window.ts';
import { changeWords, sinceSolutionWords } from './mark-words.ts';

export interface GraphInput {
  readonly alarm: Alarm;
  readonly metric: AlarmMetric;
  readonly onsetMs: number;
  readonly window: GraphWindow;
  /** Oldest first; none where they could not be read. */
  readonly points: readonly MetricPoint[];
  readonly changes: readonly ChangeMoment[];
  /** When the solution was put in place; null as long as there is none. */
  readonly solutionAtMs: number | null;
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
  const breach =
    threshold === null || !isInside(input.onsetMs, window)
      ? null
      : firstBreach(points, threshold, {
          foundAtMs: input.onsetMs,
          periodMs: periodMsOf(metric),
        });
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
  { alarm, onsetMs, window, changes, solutionAtMs }: GraphInput,
  breach: MetricPoint | null,
): readonly GraphMark[] {
  const startedAtMs = breach?.atMs ?? onsetMs;
  const timed = [
    { kind: 'onset', atMs: startedAtMs, word: 'onset' },
    { kind: 'alarm', atMs: alarm.transitionedAtMs, word: 'ALARM' },
    { kind: 'solution', atMs: solutionAtMs, word: 'solution' },
  ] as const;
  const marks = [
    ...timed.flatMap(({ kind, atMs, word }): GraphMark[] =>
      atMs === null ? [] : [{ kind, atMs, label: `${word} ${clock(atMs)}` }],
    ),
    ...changes.map(({ number, atMs }): GraphMark => ({ kind: 'change', atMs, label: `${number}` })),
  ];
  return marks.filter(({ atMs }) => isInside(atMs, window));
}

function describe(
  { alarm, metric, window, points, onsetMs, changes, solutionAtMs }: GraphInput,
  threshold: Threshold | null,
  breach: MetricPoint | null,
): string {
  const shown = `${metric.statistic} per ${periodWords(metric)} in ${alarm.region}, ${rangeWords(window)}.`;
  const limit =
    threshold === null
      ? `No threshold line: ${metric.isPart ? 'the alarm compares something computed from this metric' : 'the alarm has no fixed one'}. Onset ${whenWords(onsetMs, window)}.`
      : `The alarm goes off ${thresholdWords(threshold)}. ${breachWords(breach, onsetMs, window, points)}`;
  const solution =
    solutionAtMs === null ? '' : sinceSolutionWords(solutionAtMs, points, threshold, window);
  return [
    shown,
    limit,
    extremeWords(points, threshold, window),
    changeWords(changes, breach?.atMs ?? onsetMs, window),
    solution,
    gapWords(metric, window, points),
  ]
    .filter((words) => words !== '')
    .join(' ');
}

function breachWords(
  breach: MetricPoint | null,
  onsetMs: number,
  window: GraphWindow,
  points: readonly MetricPoint[],
): string {
  if (breach !== null) {
    return `First breach ${whenWords(breach.atMs, window)} (${numberWords(breach.value)}).`;
  }
  if (points.length === 0) return `Onset ${whenWords(onsetMs, window)}, as the alarm has it.`;
  return isInside(onsetMs, window)
    ? 'None of the datapoints after the alarm went off breaches it.'
    : `Onset ${whenWords(onsetMs, window)}, before the picture begins.`;
}

function extremeWords(
  points: readonly MetricPoint[],
  threshold: Threshold | null,
  window: GraphWindow,
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
  { fromMs, toMs }: GraphWindow,
  points: readonly MetricPoint[],
): string {
  const expected = Math.round((toMs - fromMs) / periodMsOf(metric));
  const missing = expected - points.length;
  return missing <= 0 || points.length === 0
    ? ''
    : `No data in ${missing} of ${expected} periods, left empty.`;
}
