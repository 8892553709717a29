/** The story's day; a replay moves it, so only the distances matter. */
const TODAY = '2026-10-14';
const DAY_MS = 24 * 60 * 60_000;

/** The moment the story is told at. */
export const STORY_AT_MS = Date.parse(`${TODAY}T10:56:00Z`);
/** Where most stories begin. */
export const STORY_START_MS = daysAgo(1);

/** A clock time such as `10:41:07` on the story's day, UTC. */
export function clock(time: string): number {
  return Date.parse(`${TODAY}T${time}Z`);
}

export function clockYesterday(time: string): number {
  return clockDaysAgo(1, time);
}

export function clockDaysAgo(days: number, time: string): number {
  return clock(time) - days * DAY_MS;
}

/** So many days before the moment of the story. */
export function daysAgo(days: number): number {
  return STORY_AT_MS - days * DAY_MS;
}

/** To the second, as CloudTrail writes times. */
export function iso(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** As STS writes expirations: `Oct 14, 2026, 11:22:10 AM`. */
export function javaTime(timeMs: number): string {
  const time = new Date(timeMs);
  const day = `${time.toUTCString().slice(8, 11)} ${time.getUTCDate()}, ${time.getUTCFullYear()}`;
  const hours = time.getUTCHours();
  const hour = hours % 12 === 0 ? 12 : hours % 12;
  return `${day}, ${hour}${time.toISOString().slice(13, 19)} ${hours < 12 ? 'AM' : 'PM'}`;
}
