import { addDays, instantOf, type WallTime, wallTimeAt } from './zone.ts';

export interface WhenContext {
  /** IANA name; times without a zone are read in it. */
  readonly timeZone: string;
  readonly nowMs: number;
  /** All we ask about has happened: a time of day that is still to come means yesterday's. */
  readonly meaning: 'past';
}

export type WhenResult =
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'error'; readonly sentence: string };

const textCharactersMax = 60;
const FORMS = 'Write it like 90m, 3h, 2d, 10:42, yesterday 14:00 or 2026-03-01 09:30.';

const UNIT_MS = {
  m: 60_000,
  h: 60 * 60_000,
  d: 24 * 60 * 60_000,
  w: 7 * 24 * 60 * 60_000,
} as const;

const UNIT_WORDS = 'w(?:eeks?)?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?';
const DURATION = new RegExp(`^(?:\\d{1,6} ?(?:${UNIT_WORDS}) ?)+(?:ago)?$`);
const DURATION_PART = new RegExp(`(\\d{1,6}) ?(${UNIT_WORDS})`, 'g');
const TIME = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?';
const ZONE = ' ?(z|utc|gmt|[+-]\\d{2}:?\\d{2})?';
const CLOCK = new RegExp(`^(?:(today|yesterday) )?${TIME}${ZONE}$`);
const DATE = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})(?:[t ]${TIME}${ZONE})?$`);

/** Reads a moment in the past. Never throws; an error is a sentence for the person who typed it. */
export function parseWhen(text: string, context: WhenContext): WhenResult {
  const typed = text.trim();
  const words = typed.toLowerCase().replace(/\s+/g, ' ');
  if (words === '') return error(`A time is missing. ${FORMS}`);
  if (words.length > textCharactersMax) return error(`That is too long for a time. ${FORMS}`);
  const atMs = parseDay(words, context) ?? parseDuration(words, context.nowMs);
  const read = atMs ?? parseClock(words, context) ?? parseDate(words, context);
  if (read === null) return error(`\`${printable(typed)}\` is not a time. ${FORMS}`);
  if (read === 'no-such-time') return error(`There is no such time as \`${printable(typed)}\`.`);
  if (read > context.nowMs) return error(`\`${printable(typed)}\` has not come yet.`);
  return { kind: 'time', atMs: read };
}

/** `yesterday 14:00 UTC` and `2 days ago` are as long as times get. */
const wordsPerTimeMax = 3;

/** The longest run of words at the start that is a time: `2026-03-01 09:30` is not its date alone. */
export function longestTime(
  words: readonly string[],
  context: WhenContext,
): { readonly atMs: number; readonly count: number } | null {
  for (let count = Math.min(wordsPerTimeMax, words.length); count > 0; count -= 1) {
    const result = parseWhen(words.slice(0, count).join(' '), context);
    if (result.kind === 'time') return { atMs: result.atMs, count };
  }
  return null;
}

type Reading = number | 'no-such-time' | null;

function parseDay(words: string, { nowMs, timeZone }: WhenContext): number | null {
  if (words === 'now') return nowMs;
  const daysBack = words === 'today' ? 0 : words === 'yesterday' ? 1 : null;
  if (daysBack === null) return null;
  return instantOf(addDays(wallTimeAt(nowMs, timeZone), -daysBack), timeZone);
}

function parseDuration(words: string, nowMs: number): number | null {
  if (!DURATION.test(words)) return null;
  let lengthMs = 0;
  for (const [, count, unit] of words.matchAll(DURATION_PART)) {
    const letter = unit?.charAt(0) as keyof typeof UNIT_MS;
    lengthMs += Number(count) * UNIT_MS[letter];
  }
  return nowMs - lengthMs;
}

function parseClock(words: string, context: WhenContext): Reading {
  const match = CLOCK.exec(words);
  if (match === null) return null;
  const [, day, hour, minute, second, zone] = match;
  const { nowMs } = context;
  const timeZone = zone === undefined ? context.timeZone : 'UTC';
  // With `+02:00` the day is the one on that clock, not on the person's.
  const shiftMs = zoneShiftMs(zone);
  if (shiftMs === null) return 'no-such-time';
  const today = wallTimeAt(nowMs + shiftMs, timeZone);
  const at = (daysBack: number): Reading =>
    instantAt({ ...addDays(today, -daysBack), ...clock(hour, minute, second) }, timeZone, shiftMs);
  if (day === 'yesterday') return at(1);
  const atMs = at(0);
  return day === undefined && typeof atMs === 'number' && atMs > nowMs ? at(1) : atMs;
}

function parseDate(words: string, context: WhenContext): Reading {
  const match = DATE.exec(words);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, zone] = match;
  const shiftMs = zoneShiftMs(zone);
  if (shiftMs === null) return 'no-such-time';
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    ...clock(hour, minute, second),
  };
  return instantAt(wall, zone === undefined ? context.timeZone : 'UTC', shiftMs);
}

function clock(hour = '0', minute = '0', second = '0') {
  return { hour: Number(hour), minute: Number(minute), second: Number(second) };
}

function instantAt(wall: WallTime, timeZone: string, shiftMs: number): Reading {
  const { year, month, day, hour, minute, second } = wall;
  const date = new Date(Date.UTC(year, month - 1, day));
  const dayExists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!dayExists || hour > 23 || minute > 59 || second > 59) return 'no-such-time';
  return instantOf(wall, timeZone) - shiftMs;
}

/** How far ahead of UTC the written zone is; 0 for none. Null for an offset no clock has. */
function zoneShiftMs(zone: string | undefined): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[3]) > 59 || minutes > 14 * 60) return null;
  return (match[1] === '-' ? -1 : 1) * minutes * UNIT_MS.m;
}

/** What was typed goes back to its author inside backquotes, so it must not hold any. */
function printable(text: string): string {
  return text.replaceAll('`', '').slice(0, textCharactersMax);
}

function error(sentence: string): WhenResult {
  return { kind: 'error', sentence };
}
