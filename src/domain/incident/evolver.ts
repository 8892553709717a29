import type { IncidentEvent, IncidentEventType, RecordedEvent } from './events.ts';
import type { IncidentState } from './state.ts';

export type EventOf<T extends IncidentEventType> = {
  [K in T]: Extract<IncidentEvent, { type: K }>;
}[T];

/** What an event changes. Version and activity are kept by `evolve`. */
export type Evolver<T extends IncidentEventType> = (
  state: IncidentState,
  event: EventOf<T>,
  recorded: RecordedEvent,
) => IncidentState;

export type EvolversOf<T extends IncidentEventType> = { readonly [K in T]: Evolver<K> };
