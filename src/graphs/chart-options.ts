import type { LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TitleComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Graph, GraphMark, MetricPoint } from '../domain/graph/graph.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { utcClock, utcDay } from '../domain/text/time-words.ts';
import { type PlacedLabel, placeLabels } from './place-labels.ts';

export type ChartOptions = ComposeOption<
  LineSeriesOption | GridComponentOption | TitleComponentOption
>;

/** A phone shows it at a third of its width, so everything is three times as large as on paper. */
export const PICTURE = { widthPx: 900, heightPx: 640 } as const;
export const FONT = 'Lato';

const SIZES = { text: 30, title: 32, row: 40, margin: 24, line: 4, dot: 10 } as const;
const TITLE_CHARACTERS_MAX = 52;

/** Okabe and Ito's, which people with any colour vision tell apart; the lines differ in dashes, too. */
const COLOURS = {
  paper: '#ffffff',
  ink: '#1d1c1d',
  quiet: '#5c5a5e',
  grid: '#e3e1e4',
  series: '#0072b2',
  threshold: '#b84a00',
  change: '#8a2f6f',
  solution: '#00694d',
} as const;

const MARK_STYLES = {
  onset: { color: COLOURS.ink, type: 'solid' },
  alarm: { color: COLOURS.ink, type: 'dotted' },
  change: { color: COLOURS.change, type: 'dashed' },
  solution: { color: COLOURS.solution, type: 'solid' },
} as const satisfies Record<GraphMark['kind'], object>;

/** What is left of the picture for the plot, and how wide letters are: enough to place labels by. */
const LABEL_WIDTHS = { plotPx: 740, letterPx: 17, platePx: 20, gapPx: 14 } as const;

/** The graph as options of the chart library; nothing in it depends on the clock or the machine. */
export function chartOptions(graph: Graph): ChartOptions {
  const { fromMs, toMs } = graph;
  const labels = placeLabels(graph, LABEL_WIDTHS);
  const rows = Math.max(0, ...labels.map(({ row }) => row + 1));
  const text = { fontFamily: FONT, fontSize: SIZES.text, color: COLOURS.ink };
  return {
    animation: false,
    useUTC: true,
    backgroundColor: COLOURS.paper,
    textStyle: text,
    title: {
      text: cutText(drawable(graph.title), TITLE_CHARACTERS_MAX),
      left: SIZES.margin,
      top: SIZES.margin,
      textStyle: { ...text, fontSize: SIZES.title, fontWeight: 'normal' },
    },
    grid: {
      left: SIZES.margin,
      right: 2 * SIZES.margin,
      top: SIZES.margin + SIZES.row * (1.6 + rows),
      bottom: SIZES.margin + 1.5 * SIZES.row,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'time',
      min: fromMs,
      max: toMs,
      name: `${dayWords(graph)}, UTC`,
      nameLocation: 'middle',
      nameGap: 1.4 * SIZES.row,
      nameTextStyle: { ...text, color: COLOURS.quiet },
      splitNumber: 4,
      axisLabel: { ...text, hideOverlap: true, formatter: timeFormatOf(graph) },
      axisLine: { lineStyle: { color: COLOURS.quiet, width: 2 } },
    },
    yAxis: {
      type: 'value',
      splitNumber: SPLITS,
      ...scaleOf(graph),
      axisLabel: { ...text, formatter: valueWords },
      splitLine: { lineStyle: { color: COLOURS.grid, width: 2 } },
    },
    series: [
      {
        type: 'line',
        data: dataOf(graph),
        connectNulls: false,
        lineStyle: { color: COLOURS.series, width: SIZES.line },
        itemStyle: { color: COLOURS.series },
        areaStyle: { color: COLOURS.series, opacity: 0.12 },
        markLine: { symbol: 'none', silent: true, data: linesOf(graph, labels) },
      },
    ],
  };
}

type Lines = NonNullable<NonNullable<LineSeriesOption['markLine']>['data']>;

function linesOf({ threshold }: Graph, labels: readonly PlacedLabel[]): Lines {
  const vertical = labels.map(verticalLine);
  if (threshold === null) return vertical;
  const line = {
    yAxis: threshold.value,
    lineStyle: { color: COLOURS.threshold, width: SIZES.line, type: 'dashed' as const },
    label: {
      formatter: () => threshold.label,
      position: 'insideStartTop' as const,
      fontFamily: FONT,
      fontSize: SIZES.text,
      color: COLOURS.threshold,
    },
  };
  return [line, ...vertical];
}

/** A number stands on a plate of its own: it is a name, not a value. */
function verticalLine({ mark, row, align }: PlacedLabel) {
  const style = MARK_STYLES[mark.kind];
  const plate = { backgroundColor: style.color, borderRadius: 16, padding: [2, 10] };
  return {
    xAxis: mark.atMs,
    lineStyle: { ...style, width: SIZES.line },
    label: {
      formatter: () => mark.label,
      position: 'end' as const,
      distance: 10 + row * SIZES.row,
      align,
      fontFamily: FONT,
      fontSize: SIZES.text,
      ...(mark.kind === 'change' ? { color: COLOURS.paper, ...plate } : { color: style.color }),
    },
  };
}

/** Periods without data break the line; a datapoint between two gaps would be no line, so it is a dot. */
function dataOf({ points, periodMs }: Graph): NonNullable<LineSeriesOption['data']> {
  return points.flatMap((point, index) => {
    const before = isGap(points[index - 1], point, periodMs);
    const after = isGap(point, points[index + 1], periodMs);
    const isAlone = before && after;
    const shown = {
      value: [point.atMs, point.value],
      symbol: isAlone ? 'circle' : 'none',
      symbolSize: isAlone ? SIZES.dot : 0,
    };
    return before && index > 0 ? [{ value: [point.atMs - 1, '-'] }, shown] : [shown];
  });
}

function isGap(
  earlier: MetricPoint | undefined,
  later: MetricPoint | undefined,
  periodMs: number,
): boolean {
  if (earlier === undefined || later === undefined) return true;
  return later.atMs - earlier.atMs > 1.5 * periodMs;
}

const SPLITS = 4;
const NICE_STEPS = [1, 2, 2.5, 5, 10] as const;

/** The axis follows the values, and goes a little past a threshold that lies outside, in whole steps. */
function scaleOf({ points, threshold }: Graph): {
  readonly min?: number;
  readonly max?: number;
  readonly interval?: number;
} {
  if (threshold === null) return {};
  const values = points.map(({ value }) => value);
  const interval = niceStep((Math.abs(threshold.value) * 1.25) / SPLITS);
  const end = Math.ceil((Math.abs(threshold.value) * 1.1) / interval) * interval;
  if (threshold.value > Math.max(0, ...values)) return { max: end, interval };
  return threshold.value < Math.min(0, ...values) ? { min: -end, interval } : {};
}

function niceStep(atLeast: number): number {
  const scale = 10 ** Math.floor(Math.log10(atLeast));
  return (NICE_STEPS.find((step) => step * scale >= atLeast) ?? 10) * scale;
}

function dayWords({ fromMs, toMs }: Graph): string {
  const [from, to] = [utcDay(fromMs), utcDay(toMs - 1)];
  return from === to ? from : `${from} to ${to}`;
}

const DAY_MS = 86_400_000;

function timeFormatOf({ fromMs, toMs }: Graph): (atMs: number) => string {
  return toMs - fromMs > 2 * DAY_MS
    ? (atMs) => utcDay(atMs).slice('2026-'.length)
    : (atMs) => utcClock(atMs).slice(0, '10:42'.length);
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** "250", "1.5M": axis labels as short as a phone needs them. */
export function valueWords(value: number): string {
  const [scale, unit] = UNITS.find(([size]) => Math.abs(value) >= size) ?? [1, ''];
  return `${Number((value / scale).toPrecision(3))}${unit}`;
}

/** The font has Latin letters; everything else would be an empty box, or no SVG at all. */
function drawable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\u00a0-\u024f]/gu, '?');
}
