import type { LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TitleComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Graph, GraphMark, MetricPoint } from '../domain/graph/graph.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { utcClock, utcDay } from '../domain/text/time-words.ts';

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
} as const;

/** The graph as options of the chart library; nothing in it depends on the clock or the machine. */
export function chartOptions(graph: Graph): ChartOptions {
  const { fromMs, toMs, marks } = graph;
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
      top: SIZES.margin + SIZES.row * (1.6 + marks.length),
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
      splitNumber: 4,
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
        markLine: { symbol: 'none', silent: true, data: linesOf(graph) },
      },
    ],
  };
}

type Lines = NonNullable<NonNullable<LineSeriesOption['markLine']>['data']>;

function linesOf(graph: Graph): Lines {
  const { threshold, marks } = graph;
  const vertical = marks.map((mark, index) => verticalLine(graph, mark, index));
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

/** Labels stand above each other, so that marks a minute apart can both be read. */
function verticalLine({ fromMs, toMs, marks }: Graph, { atMs, label }: GraphMark, index: number) {
  const isRight = atMs - fromMs > (toMs - fromMs) / 2;
  const rowsAbove = marks.length - 1 - index;
  return {
    xAxis: atMs,
    lineStyle: {
      color: COLOURS.ink,
      width: SIZES.line,
      type: index === 0 ? ('solid' as const) : ('dotted' as const),
    },
    label: {
      formatter: () => label,
      position: 'end' as const,
      distance: 10 + rowsAbove * SIZES.row,
      align: isRight ? ('right' as const) : ('left' as const),
      fontFamily: FONT,
      fontSize: SIZES.text,
      color: COLOURS.ink,
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

/** The axis follows the values, and goes as far as a threshold that lies outside. */
function scaleOf({ points, threshold }: Graph): { readonly min?: number; readonly max?: number } {
  if (threshold === null) return {};
  const values = points.map(({ value }) => value);
  return {
    ...(threshold.value > Math.max(0, ...values) && { max: threshold.value * 1.25 }),
    ...(threshold.value < Math.min(0, ...values) && { min: threshold.value * 1.25 }),
  };
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
