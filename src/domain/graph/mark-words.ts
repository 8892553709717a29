import { durationWords } from '../text/time-words.ts';
import type { Threshold } from './breach.ts';
import type { ChangeMoment } from './change-moments.ts';
import type { MetricPoint } from './graph.ts';
import { isInside, numberWords, whenWords } from './graph-times.ts';
import type { GraphWindow } from './graph-window.ts';

const MINUTE_MS = 60_000;

/** "Changes by number: 1 at 10:39, 3 min before the onset; 2 ….", as the picture marks them. */
export function changeWords(
  changes: readonly ChangeMoment[],
  onsetMs: number,
  window: GraphWindow,
): string {
  if (changes.length === 0) return '';
  const each = changes.map(({ number, atMs }) => {
    const outside = isInside(atMs, window) ? '' : ` (${outsideWords(atMs, window)})`;
    return `${number} ${whenWords(atMs, window)}, ${distanceWords(atMs - onsetMs)}${outside}`;
  });
  return `${changes.length === 1 ? 'Change' : 'Changes'} by number on the board: ${each.join('; ')}.`;
}

function outsideWords(atMs: number, { fromMs }: GraphWindow): string {
  return atMs < fromMs ? 'before the picture begins' : 'after the picture ends';
}

function distanceWords(afterMs: number): string {
  const side = afterMs < 0 ? 'before' : 'after';
  if (Math.abs(afterMs) < MINUTE_MS) return `in the minute ${side} the onset`;
  return `${durationWords(Math.abs(afterMs))} ${side} the onset`;
}

/** What the metric did from the solution on. */
export function sinceSolutionWords(
  solutionAtMs: number,
  points: readonly MetricPoint[],
  threshold: Threshold | null,
  window: GraphWindow,
): string {
  // Whole periods only: the one in which it came holds what was before it, too.
  const since = points.filter(({ atMs }) => atMs >= solutionAtMs);
  const newest = since.at(-1);
  const when = `Solution in place ${whenWords(solutionAtMs, window)}`;
  if (newest === undefined) return `${when}; no datapoints since then.`;
  const state = `newest ${numberWords(newest.value)} ${whenWords(newest.atMs, window)}`;
  if (threshold === null) return `${when}; ${state}.`;
  const breaches = since.filter(({ value }) => threshold.isBreaching(value));
  const last = breaches.at(-1);
  const breached =
    last === undefined
      ? 'no datapoint has breached since'
      : `${breaches.length} of ${since.length} datapoints since then breach, the last ${whenWords(last.atMs, window)}`;
  return `${when}: ${breached}; ${state}.`;
}
