import {
  type Actor,
  EVENT_SCHEMA_VERSION,
  type IncidentEvent,
  type RecordedEvent,
} from './events.ts';
import { evolve } from './evolve.ts';
import type { IncidentState } from './state.ts';

/** Numbers decided events from `fromVersion` + 1 on, ready for the log. */
export function record(
  events: readonly IncidentEvent[],
  by: { readonly fromVersion: number; readonly atMs: number; readonly actor: Actor },
): readonly RecordedEvent[] {
  return events.map((event, index) => ({
    schemaVersion: EVENT_SCHEMA_VERSION,
    version: by.fromVersion + index + 1,
    atMs: by.atMs,
    actor: by.actor,
    event,
  }));
}

/** The state after all of `events`, oldest first; `from` is the state before them. */
export function foldEvents(
  events: readonly RecordedEvent[],
  from: IncidentState | null = null,
): IncidentState | null {
  return events.reduce<IncidentState | null>(evolve, from);
}

/** The state as it was right after this version. */
export function foldUntil(events: readonly RecordedEvent[], version: number): IncidentState | null {
  return foldEvents(events.filter((row) => row.version <= version));
}

/** What an incident was at any version of its log. */
export interface History {
  readonly events: readonly RecordedEvent[];
  /** The state as it was right after this version; null before the first. */
  at(version: number): IncidentState | null;
  /** What was recorded after this version, oldest first. */
  after(version: number): readonly RecordedEvent[];
  /** The last one before this version that is wanted. */
  lastBefore(
    version: number,
    isWanted: (recorded: RecordedEvent) => boolean,
  ): RecordedEvent | undefined;
}

/**
 * Of a whole log: versions 1, 2, … Whoever asks for versions in order has each event folded once,
 * and a version that was asked for before costs nothing.
 */
export function createHistory(events: readonly RecordedEvent[]): History {
  const kept = new Map<number, IncidentState | null>([[0, null]]);
  let latest = 0;
  return {
    events,
    at(version) {
      const known = kept.get(version);
      if (known !== undefined) return known;
      const from = version > latest ? latest : 0;
      const state = foldEvents(events.slice(from, version), kept.get(from) ?? null);
      kept.set(version, state);
      latest = Math.max(latest, version);
      return state;
    },
    after: (version) => events.slice(version),
    lastBefore(version, isWanted) {
      for (let index = version - 2; index >= 0; index -= 1) {
        const recorded = events[index];
        if (recorded !== undefined && isWanted(recorded)) return recorded;
      }
      return undefined;
    },
  };
}
