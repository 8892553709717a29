import type { RecordedEvent } from './events.ts';
import { createHistory, type History } from './record.ts';
import type { IncidentState } from './state.ts';

/** An incident in work that got another owner. */
export interface Handover {
  readonly ownerId: string;
  /** Null: the new owner took it over. */
  readonly handedOverBy: string | null;
  /** Version of the record at which it was handed over. */
  readonly version: number;
  /** As it was then. */
  readonly state: IncidentState;
}

/** Null for what hands nothing over: giving up, and taking what nobody had. */
export function handoverAt(
  { event, actor, version }: RecordedEvent,
  history: History,
): Handover | null {
  if (event.type !== 'owner-changed' || event.ownerId === null) return null;
  const { ownerId } = event;
  const handedOverBy = actor.kind === 'person' && actor.userId !== ownerId ? actor.userId : null;
  const before = history.at(version - 1);
  if (handedOverBy === null && before?.ownerId == null) return null;
  const state = history.at(version);
  return state === null ? null : { ownerId, handedOverBy, version, state };
}

/** How the one who owns it now came to it; null: without a handover. */
export function lastHandover(events: readonly RecordedEvent[]): Handover | null {
  const last = events.findLast(({ event }) => event.type === 'owner-changed');
  return last === undefined ? null : handoverAt(last, createHistory(events));
}
