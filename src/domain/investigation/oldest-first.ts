import type { TrailRecord } from '../trail/record.ts';

/** For sorting; within a second, which is all that CloudTrail knows, by id, so that it is always the same. */
export function oldestFirst(a: TrailRecord, b: TrailRecord): number {
  return a.atMs - b.atMs || (a.eventId < b.eventId ? -1 : 1);
}
