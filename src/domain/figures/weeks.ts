import type { Graph } from '../graph/graph.ts';
import type { FigureRow } from './incident-figures.ts';
import { median } from './median.ts';

export const WEEKS = 12;
const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From here on, minutes have too many digits. */
const HOURS_FROM_MS = 5 * HOUR_MS;

export interface Week {
  readonly fromMs: number;
  /** Incidents opened in it. */
  readonly count: number;
  /** Median time to resolve of those that were resolved; null: none was. */
  readonly resolveMs: number | null;
}

/** The last twelve weeks, oldest first; the last one ends now. */
export function weeksUntil(rows: readonly FigureRow[], nowMs: number): readonly Week[] {
  const firstMs = nowMs - WEEKS * WEEK_MS;
  return Array.from({ length: WEEKS }, (_, index) => {
    const fromMs = firstMs + index * WEEK_MS;
    const isLast = index === WEEKS - 1;
    const members = rows.filter(
      ({ openedAtMs }) => openedAtMs > fromMs && (isLast || openedAtMs <= fromMs + WEEK_MS),
    );
    const resolved = members.map(({ durations }) => durations.resolve).filter((ms) => ms !== null);
    return { fromMs, count: members.length, resolveMs: median(resolved) };
  });
}

/** The time to resolve over these weeks, ready to be drawn; null when no incident was resolved. */
export function trendGraph(weeks: readonly Week[]): Graph | null {
  const known = weeks.flatMap(({ fromMs, resolveMs }) =>
    resolveMs === null ? [] : [{ fromMs, resolveMs }],
  );
  const first = weeks[0];
  if (first === undefined || known.length === 0) return null;
  const inHours = Math.max(...known.map(({ resolveMs }) => resolveMs)) >= HOURS_FROM_MS;
  const unitMs = inHours ? HOUR_MS : MINUTE_MS;
  return {
    title: `Median ${inHours ? 'hours' : 'minutes'} to resolve, week by week`,
    points: known.map(({ fromMs, resolveMs }) => ({ atMs: fromMs, value: resolveMs / unitMs })),
    periodMs: WEEK_MS,
    fromMs: first.fromMs,
    toMs: first.fromMs + weeks.length * WEEK_MS,
    threshold: null,
    marks: [],
  };
}
