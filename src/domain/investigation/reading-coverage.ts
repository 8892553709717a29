import { utcClock, utcDay } from '../text/time-words.ts';
import type { PlannedReading, ReadingPurpose } from './plan-reading.ts';

/** Both ends included. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ReadDown {
  readonly planned: PlannedReading;
  /** All of its records at and after this time were read. */
  readonly readDownToMs: number;
}

const WRITES: ReadonlySet<ReadingPurpose> = new Set([
  'writes-before',
  'writes-after',
  'older-writes',
  'oldest-writes',
]);

/** CloudTrail's times are whole seconds. */
const TOUCHING_MS = 1_000;

/** The times of which every write was read, newest first. */
export function coveredWrites(readings: readonly ReadDown[]): readonly Span[] {
  const spans = readings
    .filter(({ planned }) => WRITES.has(planned.purpose))
    .map(({ planned, readDownToMs }): Span => ({ fromMs: readDownToMs, toMs: planned.toMs }))
    .filter(({ fromMs, toMs }) => fromMs <= toMs)
    .sort((a, b) => b.toMs - a.toMs);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && last.fromMs <= span.toMs + TOUCHING_MS) {
      merged[merged.length - 1] = { ...last, fromMs: Math.min(last.fromMs, span.fromMs) };
    } else {
      merged.push(span);
    }
  }
  return merged;
}

/** Whether nothing of a window was left unread. */
export function coversWindow(covered: readonly Span[], window: Span): boolean {
  return covered.some(
    ({ fromMs, toMs }) => fromMs < window.fromMs + TOUCHING_MS && toMs > window.toMs - TOUCHING_MS,
  );
}

/** The parts of a window that were read, in words; null when there are none. */
export function coverageWords(covered: readonly Span[], window: Span): string | null {
  const inside = covered
    .map(
      ({ fromMs, toMs }): Span => ({
        fromMs: Math.max(fromMs, window.fromMs),
        toMs: Math.min(toMs, window.toMs),
      }),
    )
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .toReversed();
  if (inside.length === 0) return null;
  const isOneDay = utcDay(window.fromMs) === utcDay(window.toMs);
  const words = (ms: number) => (isOneDay ? utcClock(ms) : `${utcDay(ms)} ${utcClock(ms)}`);
  return inside.map(({ fromMs, toMs }) => `${words(fromMs)} to ${words(toMs)}`).join(' and ');
}
