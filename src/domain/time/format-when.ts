import { addDays, knownTimeZone, wallTimeAt } from './zone.ts';

export interface FormatContext {
  readonly timeZone: string;
  readonly nowMs: number;
}

/** Beyond this a Date holds no time, and Intl throws. */
const TIME_MS_MAX = 8_640_000_000_000_000;

/** `today 10:42:07 CET, 20 min ago`; `Sat 21 Nov 10:42:07 UTC, 27 h ago`. */
export function formatWhen(atMs: number, context: FormatContext): string {
  if (!isTime(atMs)) return 'at an unknown time';
  return `${formatMoment(atMs, context)}, ${formatAgo(atMs, context.nowMs)}`;
}

/** The absolute half of `formatWhen`: day, time of day with seconds, zone. */
export function formatMoment(atMs: number, { timeZone, nowMs }: FormatContext): string {
  if (!isTime(atMs)) return 'at an unknown time';
  const zone = knownTimeZone(timeZone);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(atMs);
  return `${formatDay(atMs, { timeZone: zone, nowMs })} ${time}`;
}

function isTime(atMs: number): boolean {
  return Math.abs(atMs) <= TIME_MS_MAX;
}

function formatDay(atMs: number, { timeZone, nowMs }: FormatContext): string {
  const day = wallTimeAt(atMs, timeZone);
  const today = wallTimeAt(nowMs, timeZone);
  const yesterday = addDays(today, -1);
  const isSameDay = (other: typeof day): boolean =>
    day.year === other.year && day.month === other.month && day.day === other.day;
  if (isSameDay(today)) return 'today';
  if (isSameDay(yesterday)) return 'yesterday';
  const date = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(day.year === today.year ? {} : { year: 'numeric' }),
  }).format(atMs);
  return date.replace(',', '');
}

/** `just now`, `20 min ago`, `3 h ago`, `5 days ago`; `in 5 min` for clocks that disagree. */
export function formatAgo(atMs: number, nowMs: number): string {
  const minutes = Math.floor(Math.abs(nowMs - atMs) / 60_000);
  if (minutes === 0) return 'just now';
  const length = formatMinutes(minutes);
  return atMs > nowMs ? `in ${length}` : `${length} ago`;
}

/** `45 s`, `20 min`, `3 h`, `5 days`: rounded down; minutes count for the first six hours. */
export function formatLength(lengthMs: number): string {
  return lengthMs < 60_000
    ? `${Math.max(0, Math.round(lengthMs / 1000))} s`
    : formatMinutes(Math.floor(lengthMs / 60_000));
}

function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 6 && minutes % 60 > 0) return `${hours} h ${minutes % 60} min`;
  if (hours < 48) return `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}
