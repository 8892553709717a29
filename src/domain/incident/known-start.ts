import type { IncidentState } from './state.ts';
import { suggestedStart } from './suggested-start.ts';

/** When it began, as far as the alarms tell: between these two. `toMs` null: they do not say how late. */
export interface KnownStart {
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** Null when no alarm says. A suggestion for people to confirm. */
export function knownStart(state: IncidentState): KnownStart | null {
  const onset = state.ranking?.onset ?? null;
  if (onset !== null) return { fromMs: onset.earliestMs, toMs: onset.latestMs };
  const told = [
    suggestedStart(state),
    ...state.alarms.map(({ firing }) => firing.breachedFromMs),
  ].filter((atMs) => atMs !== null);
  return told.length === 0 ? null : { fromMs: Math.min(...told), toMs: null };
}
