import { z } from 'zod';
import type { AlarmData } from './alarm-data.ts';
import { allAlarms, isIn } from './alarm-data.ts';

export interface MetricId {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** An alarm on several metrics, or a composite one, has none of these. */
type MaybeMetric = { readonly [Field in keyof MetricId]?: MetricId[Field] | undefined };

export interface Point {
  readonly timeMs: number;
  readonly value: number;
}

const stateSchema = z.looseObject({
  stateReasonData: z
    .looseObject({
      startDate: z.string().optional(),
      period: z.number().optional(),
      recentDatapoints: z.array(z.number()).default([]),
      evaluatedDatapoints: z
        .array(z.looseObject({ timestamp: z.string(), value: z.number().optional() }))
        .default([]),
    })
    .optional(),
});
const historyDataSchema = z.looseObject({
  oldState: stateSchema.optional(),
  newState: stateSchema.optional(),
});

/** What the folder knows of a metric: `metrics.json` first, else what alarms have written down. */
export function metricPoints(
  data: AlarmData,
  place: { readonly account: string; readonly region: string },
  metric: MetricId,
): readonly Point[] {
  const wanted = nameOf(metric);
  const series = data.series.find(
    (each) => each.Region === place.region && nameOf(each) === wanted,
  );
  if (series !== undefined) {
    const fromMs = Date.parse(series.From);
    return series.Values.flatMap((value, index) =>
      value === null ? [] : [{ timeMs: fromMs + index * series.Period * 1_000, value }],
    );
  }
  return evaluatedPoints(data, place, wanted);
}

function evaluatedPoints(
  data: AlarmData,
  place: { readonly account: string; readonly region: string },
  wanted: string,
): readonly Point[] {
  const watching = allAlarms(data).filter(isIn(place));
  const names = new Set(
    watching.filter((alarm) => nameOf(alarm) === wanted).map((alarm) => alarm.AlarmName),
  );
  const points = new Map<number, number>();
  for (const item of data.history) {
    if (!names.has(item.AlarmName) || item.HistoryItemType !== 'StateUpdate') continue;
    for (const { timeMs, value } of pointsIn(item.HistoryData)) points.set(timeMs, value);
  }
  return [...points]
    .map(([timeMs, value]) => ({ timeMs, value }))
    .sort((a, b) => a.timeMs - b.timeMs);
}

function pointsIn(historyData: string | undefined): readonly Point[] {
  const parsed = historyDataSchema.safeParse(JSON.parse(historyData ?? '{}'));
  if (!parsed.success) return [];
  return [parsed.data.oldState, parsed.data.newState].flatMap((state) => {
    const reason = state?.stateReasonData;
    if (reason === undefined) return [];
    const startMs = Date.parse(reason.startDate ?? '');
    const periodMs = (reason.period ?? 60) * 1_000;
    const recent = reason.recentDatapoints.map((value, index) => ({
      timeMs: startMs + index * periodMs,
      value,
    }));
    const evaluated = reason.evaluatedDatapoints.map((point) => ({
      timeMs: Date.parse(point.timestamp),
      value: point.value ?? Number.NaN,
    }));
    return [...recent, ...evaluated].filter(
      (point) => Number.isFinite(point.timeMs) && Number.isFinite(point.value),
    );
  });
}

/** One text for a metric whatever the order of its dimensions. */
function nameOf({ Namespace, MetricName, Dimensions }: MaybeMetric): string {
  const dimensions = (Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).sort();
  return JSON.stringify([Namespace, MetricName, dimensions]);
}
