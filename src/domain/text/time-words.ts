const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const HOURS_BEFORE_DAYS = 48;

const padded = (value: number): string => String(value).padStart(2, '0');

/**
 * "45 s", "4 min", "1 h 04 min", "25 h 00 min", from 48 h on "2 d 03 h". Rounded down.
 * The difference of two epoch times knows no daylight saving, so neither do the words.
 */
export function durationWords(durationMs: number): string {
  const ms = Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0;
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < HOURS_BEFORE_DAYS) {
    return `${hours} h ${padded(Math.floor((ms % HOUR_MS) / MINUTE_MS))} min`;
  }
  return `${Math.floor(hours / 24)} d ${padded(hours % 24)} h`;
}

/** "20 s ago"; a clock that runs ahead elsewhere gives "0 s ago". */
export function agoWords(atMs: number, nowMs: number): string {
  return `${durationWords(nowMs - atMs)} ago`;
}

function isoText(atMs: number): string | null {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** "2026-03-08 10:42:05 UTC"; "unknown time" for a number that is no date. */
export function utcWords(atMs: number): string {
  const iso = isoText(atMs);
  return iso === null ? 'unknown time' : `${iso.replace('T', ' ').replace(/\.\d+Z$/, '')} UTC`;
}

/** "2026-03-08" */
export function utcDay(atMs: number): string {
  return isoText(atMs)?.replace(/T.*$/, '') ?? 'unknown day';
}

/** "10:42:05", to stand below its day. */
export function utcClock(atMs: number): string {
  return (
    isoText(atMs)
      ?.replace(/^.*T/, '')
      .replace(/\.\d+Z$/, '') ?? 'unknown time'
  );
}
