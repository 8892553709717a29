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
