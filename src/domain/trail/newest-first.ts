import type { TrailRecord } from './record.ts';

/** By time and, as CloudTrail knows whole seconds only, by id: the same order on every reading. */
export function newestFirst(a: TrailRecord, b: TrailRecord): number {
  if (a.atMs !== b.atMs) return b.atMs - a.atMs;
  return a.eventId < b.eventId ? 1 : -1;
}

/** Several readings together, newest first: what more than one of them found is there once. */
export function eachOnce(records: readonly TrailRecord[]): readonly TrailRecord[] {
  return [...new Map(records.map((record) => [record.eventId, record])).values()].sort(newestFirst);
}
