import type { DurationId, Durations } from '../incident/durations.ts';
import { median } from './median.ts';

const DAY_MS = 86_400_000;
export const PERIOD_DAYS = 30;
const PERIOD_MS = PERIOD_DAYS * DAY_MS;

/** Fewer in either period say more about chance than about people's work. */
export const TREND_INCIDENTS_MIN = 5;
const CLASSES_MAX = 8;

/** An incident, as far as figures are computed from it. */
export interface FigureRow {
  readonly openedAtMs: number;
  readonly durations: Durations;
  /** What kind of incident it is; null: nobody knows. */
  readonly className: string | null;
  /** What kind of change was confirmed as its cause; null: none. */
  readonly causeName: string | null;
}

/** How long it took from the start to this point, in half of the incidents at most. */
export interface MedianFigure {
  readonly ms: number | null;
  /** How many incidents have reached it. */
  readonly count: number;
}

export type FigureId = Exclude<DurationId, 'detect'>;
export const FIGURE_IDS = [
  'acknowledge',
  'isolate',
  'mitigate',
  'resolve',
] as const satisfies readonly FigureId[];

export interface PeriodFigures {
  readonly count: number;
  readonly medians: Readonly<Record<FigureId, MedianFigure>>;
}

export interface ClassFigures extends PeriodFigures {
  readonly className: string | null;
}

export interface IncidentFigures {
  /** Of incidents opened in the last 30 days. */
  readonly recent: PeriodFigures;
  /** Of those opened in the 30 days before. */
  readonly before: PeriodFigures;
  /** Of the recent ones, the most frequent first; unknown kinds last. */
  readonly classes: readonly ClassFigures[];
  /** Classes beyond the limit. */
  readonly classesLeftOut: number;
  /** The same by what kind of change was confirmed as the cause. */
  readonly causes: readonly ClassFigures[];
  readonly causesLeftOut: number;
}

/** An incident belongs to the period in which it was opened, whenever it ended. */
export function incidentFigures(rows: readonly FigureRow[], nowMs: number): IncidentFigures {
  const recent = rows.filter(({ openedAtMs }) => openedAtMs > nowMs - PERIOD_MS);
  const before = rows.filter(
    ({ openedAtMs }) => openedAtMs <= nowMs - PERIOD_MS && openedAtMs > nowMs - 2 * PERIOD_MS,
  );
  const classes = groupFigures(recent, ({ className }) => className);
  const causes = groupFigures(recent, ({ causeName }) => causeName);
  return {
    recent: periodFigures(recent),
    before: periodFigures(before),
    classes: classes.slice(0, CLASSES_MAX),
    classesLeftOut: Math.max(0, classes.length - CLASSES_MAX),
    causes: causes.slice(0, CLASSES_MAX),
    causesLeftOut: Math.max(0, causes.length - CLASSES_MAX),
  };
}

function groupFigures(
  rows: readonly FigureRow[],
  nameOf: (row: FigureRow) => string | null,
): readonly ClassFigures[] {
  return [...Map.groupBy(rows, nameOf)]
    .map(([className, members]) => ({ className, ...periodFigures(members) }))
    .toSorted(byFrequency);
}

function byFrequency(a: ClassFigures, b: ClassFigures): number {
  return (
    Number(a.className === null) - Number(b.className === null) ||
    b.count - a.count ||
    String(a.className).localeCompare(String(b.className), 'en')
  );
}

function periodFigures(rows: readonly FigureRow[]): PeriodFigures {
  const medianOf = (id: FigureId): MedianFigure => {
    const known = rows.map(({ durations }) => durations[id]).filter((ms) => ms !== null);
    return { ms: median(known), count: known.length };
  };
  return {
    count: rows.length,
    medians: {
      acknowledge: medianOf('acknowledge'),
      isolate: medianOf('isolate'),
      mitigate: medianOf('mitigate'),
      resolve: medianOf('resolve'),
    },
  };
}

export type Comparison =
  /** Too few in one of the periods. */
  | { readonly kind: 'too-few' }
  /** Less than a tenth apart. */
  | { readonly kind: 'same' }
  | { readonly kind: 'shorter' | 'longer'; readonly byMs: number };

const SAME_SHARE = 0.1;

export function compare(recent: MedianFigure, before: MedianFigure): Comparison {
  const areFew = Math.min(recent.count, before.count) < TREND_INCIDENTS_MIN;
  if (areFew || recent.ms === null || before.ms === null) return { kind: 'too-few' };
  const byMs = Math.abs(recent.ms - before.ms);
  if (byMs <= SAME_SHARE * before.ms) return { kind: 'same' };
  return { kind: recent.ms < before.ms ? 'shorter' : 'longer', byMs };
}
