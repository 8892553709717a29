import type { RecordedEvent } from './events.ts';

export interface Quiet {
  readonly fromMs: number;
  readonly toMs: number;
}

const lengthOf = (quiet: Quiet | null): number => (quiet === null ? 0 : quiet.toMs - quiet.fromMs);

/** The longest time between two entries by people while the incident was open; null: there is none. */
export function longestQuiet(events: readonly RecordedEvent[]): Quiet | null {
  let longest: Quiet | null = null;
  let lastMs: number | null = null;
  let isOpen = true;
  for (const { event, actor, atMs } of events) {
    if (event.type === 'incident-reopened') isOpen = true;
    if (isOpen && actor.kind === 'person') {
      const quiet: Quiet | null = lastMs === null ? null : { fromMs: lastMs, toMs: atMs };
      if (lengthOf(quiet) > lengthOf(longest)) longest = quiet;
      lastMs = atMs;
    }
    if (event.type === 'incident-closed') {
      isOpen = false;
      lastMs = null;
    }
  }
  return longest;
}
