import { utcClock, utcDay } from '../text/time-words.ts';
import type { GraphWindow } from './graph-window.ts';

/** "07:42", in UTC like everything on the picture. */
export function clock(atMs: number): string {
  return utcClock(atMs).slice(0, 5);
}

/** "at 07:42", with the day where it is not that on which the picture begins. */
export function whenWords(atMs: number, { fromMs }: GraphWindow): string {
  const day = utcDay(atMs);
  return day === utcDay(fromMs) ? `at ${clock(atMs)}` : `at ${day} ${clock(atMs)}`;
}

/** "from 2026-10-14 07:42 to 10:58 UTC" */
export function rangeWords({ fromMs, toMs }: GraphWindow): string {
  const [from, to] = [utcDay(fromMs), utcDay(toMs)];
  return `from ${from} ${clock(fromMs)} to ${from === to ? '' : `${to} `}${clock(toMs)} UTC`;
}

export function isInside(atMs: number, { fromMs, toMs }: GraphWindow): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

const SIGNIFICANT_DIGITS = 4;

/** "247", "0.1235", "1.2e+9": no more digits than an eye takes in, always with a point. */
export function numberWords(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6
    ? String(value)
    : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
