import type { IncidentState } from '../domain/incident/state.ts';
import { stateCodec } from './codec.ts';

/** A long incident's text is some hundred kilobytes: this bounds the memory. */
const KEPT_MAX = 32;

const kept = new Map<string, { readonly text: string; readonly state: IncidentState }>();

/**
 * The same text is the same state: it is taken apart once, which is most of the work of a tap.
 * Throws what the codec throws.
 */
export function decodeSnapshot(text: string, key: string): IncidentState {
  const known = kept.get(key);
  const state = known?.text === text ? known.state : stateCodec.decode(text, key);
  keep(key, text, state);
  return state;
}

/** As text; what is read next is mostly what was written last. */
export function encodeSnapshot(state: IncidentState, key: string): string {
  const text = stateCodec.encode(state);
  keep(key, text, state);
  return text;
}

function keep(key: string, text: string, state: IncidentState): void {
  kept.delete(key);
  kept.set(key, { text, state });
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}
