import { normaliseEventName } from '../trail/event-name.ts';
import { type ChangeIndex, countBefore, mainThing } from './change-index.ts';
import type { Change, ChangeSet } from './change-set.ts';
import type { Onset } from './onset.ts';

const DAY_MS = 86_400_000;

export interface Habits {
  /** How often such a call is made by such a caller, in sessions a day besides this one. */
  perDay(change: Change): number;
  /** How often this call was made on this very thing before. */
  timesBefore(change: Change): number;
}

/** From what was done before the trouble began: a run of a hundred calls is one time. */
export function createHabits(sets: readonly ChangeSet[], index: ChangeIndex, onset: Onset): Habits {
  const counts = new Map<string, number>();
  for (const { changes } of sets) {
    for (const key of new Set(changes.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const earliestMs = sets[0]?.fromMs ?? onset.earliestMs;
  // From less than a day nothing can be said about a day.
  const days = Math.max(1, (onset.latestMs - earliestMs) / DAY_MS);
  return {
    perDay: (change) => Math.max(0, (counts.get(keyOf(change)) ?? 1) - 1) / days,
    timesBefore({ record }) {
      const main = mainThing(record);
      if (main === null) return 0;
      const name = normaliseEventName(record.eventName);
      return countBefore(index.callsOn(record.eventSource, name, main), record.atMs);
    },
  };
}

function keyOf({ record }: Change): string {
  return `${record.eventSource} ${normaliseEventName(record.eventName)} ${record.principal.kind}`;
}
