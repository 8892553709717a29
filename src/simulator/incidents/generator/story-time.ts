/** The story's day; a replay moves it, so only the distances matter. */
const TODAY = '2026-10-14';
const YESTERDAY = '2026-10-13';
const MINUTE_MS = 60_000;

/** The moment the story is told at. */
export const STORY_AT_MS = Date.parse(`${TODAY}T10:56:00Z`);
export const STORY_START_MS = STORY_AT_MS - 24 * 60 * MINUTE_MS;

/** A clock time such as `10:41:07` on the story's day, UTC. */
export function clock(time: string): number {
  return Date.parse(`${TODAY}T${time}Z`);
}

export function clockYesterday(time: string): number {
  return Date.parse(`${YESTERDAY}T${time}Z`);
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
