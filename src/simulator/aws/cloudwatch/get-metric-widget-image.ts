import { z } from 'zod';
import { validationFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { AlarmData } from './alarm-data.ts';
import { pointsOf } from './get-metric-data.ts';
import { paintWidget } from './paint-widget.ts';

const WIDGET_BYTES_MAX = 100_000;
const METRICS_MAX = 100;
const SIDE_DEFAULTS = { width: 600, height: 400 };

const requestSchema = z.looseObject({
  MetricWidget: z.string().max(WIDGET_BYTES_MAX),
  OutputFormat: z.enum(['png', 'image/png']).optional(),
});

const side = z.number().int().min(1).max(2_000);
const optionsSchema = z.looseObject({
  stat: z.string().default('Average'),
  period: z.number().int().min(1).default(300),
});

const widgetSchema = z.looseObject({
  metrics: z.array(z.array(z.unknown()).min(2)).min(1).max(METRICS_MAX),
  title: z.string().default(''),
  width: side.default(SIDE_DEFAULTS.width),
  height: side.default(SIDE_DEFAULTS.height),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  annotations: z
    .looseObject({
      horizontal: z
        .array(z.looseObject({ value: z.number(), label: z.string().default('') }))
        .default([]),
      vertical: z
        .array(z.looseObject({ value: z.iso.datetime(), label: z.string().default('') }))
        .default([]),
    })
    .prefault({}),
});

/**
 * GetMetricWidgetImage for one plain metric between two times; all else is refused, for a made-up
 * picture would be worse than none. The picture has what AWS's has, not its looks.
 */
export async function getMetricWidgetImage(
  source: { readonly data: AlarmData; readonly nowMs: number },
  caller: Caller,
  parameters: unknown,
): Promise<object> {
  const { MetricWidget } = read(requestSchema, parameters);
  const { metrics, annotations, ...widget } = read(widgetSchema, parseJson(MetricWidget));
  const [metric] = metrics;
  if (metric === undefined || metrics.length > 1) {
    throw validationFailure('The replay draws one metric.');
  }
  const { names, options } = partsOf(metric);
  const [Namespace = '', MetricName = '', ...dimensions] = names;
  const Metric = { Namespace, MetricName, Dimensions: dimensionsOf(dimensions) };
  const stat = { Metric, Period: options.period, Stat: options.stat };
  const [fromMs, toMs] = [Date.parse(widget.start), Date.parse(widget.end)];
  const points = pointsOf(source, caller, stat, {
    StartTime: fromMs / 1_000,
    EndTime: toMs / 1_000,
    ScanBy: 'TimestampAscending',
  });
  const png = await paintWidget({
    ...widget,
    fromMs,
    toMs,
    periodMs: options.period * 1_000,
    points,
    horizontal: annotations.horizontal,
    vertical: annotations.vertical.map(({ value, label }) => ({ atMs: Date.parse(value), label })),
  });
  return { MetricWidgetImage: Buffer.from(png).toString('base64') };
}

/** `[namespace, name, dimension, value, ..., options]`; a dot repeats what the metric above has. */
function partsOf(metric: readonly unknown[]) {
  const last = metric.at(-1);
  const hasOptions = typeof last === 'object';
  const names = read(z.array(z.string()), hasOptions ? metric.slice(0, -1) : metric);
  if (names.length % 2 === 1 || names.some((name) => /^(\.|\.\.\.)$/.test(name))) {
    throw validationFailure('Invalid metric field in the metrics array');
  }
  return { names, options: read(optionsSchema, hasOptions ? last : {}) };
}

function dimensionsOf(names: readonly string[]) {
  return Array.from({ length: names.length / 2 }, (_, index) => ({
    Name: names[2 * index] ?? '',
    Value: names[2 * index + 1] ?? '',
  }));
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw validationFailure(`${issue?.message} at '${issue?.path.join('.')}'`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw validationFailure('The MetricWidget parameter is not valid JSON');
  }
}
