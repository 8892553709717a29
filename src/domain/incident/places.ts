import type { IncidentState } from './state.ts';

const ROOT = 'root';
const MARK = '@';

/**
 * The name under which a message is kept that shows `slot` in the n-th channel of an incident
 * (0: the first). What was posted before a move keeps its own name, and is never taken for the new one.
 */
export function placedSlot(slot: string, stay: number): string {
  return stay === 0 ? slot : `${slot}${MARK}${stay}`;
}

/** The slot of a message of this stay; null for those of others. */
export function slotOfStay(placed: string, stay: number): string | null {
  const [slot = '', mark = '0'] = placed.split(MARK);
  return mark === String(stay) ? slot : null;
}

/** How often the incident was moved; its messages carry it. */
export function stayOf({ formerPlaces }: Pick<IncidentState, 'formerPlaces'>): number {
  return formerPlaces.length;
}

export function isRoot(placed: string): boolean {
  return placed.split(MARK)[0] === ROOT;
}

/** The card where the incident is now; undefined while it is not there yet. */
export function rootHere<T extends { readonly slot: string }>(
  messages: readonly T[],
  state: Pick<IncidentState, 'formerPlaces'>,
): T | undefined {
  const wanted = placedSlot(ROOT, stayOf(state));
  return messages.find(({ slot }) => slot === wanted);
}

/** The thread where the incident is now; null while nothing of it is there. */
export function threadHere<T extends { readonly slot: string; readonly ts: string | null }>(
  messages: readonly T[],
  state: Pick<IncidentState, 'formerPlaces' | 'threadTs'>,
): string | null {
  return state.threadTs ?? rootHere(messages, state)?.ts ?? null;
}

type Posted<T> = T & { readonly ts: string };

/** By slot, what was posted last: where the incident is now, else where it was before. */
export function postedLast<T extends { readonly slot: string; readonly ts: string | null }>(
  messages: readonly T[],
): ReadonlyMap<string, Posted<T>> {
  const stay = ({ slot }: T): number => Number(slot.split(MARK)[1] ?? 0);
  const posted = messages.flatMap((row) => (row.ts === null ? [] : [{ ...row, ts: row.ts }]));
  const oldestFirst = posted.toSorted((a, b) => stay(a) - stay(b));
  return new Map(oldestFirst.map((row) => [row.slot.split(MARK)[0] ?? '', row]));
}

export function lastRoot<T extends { readonly slot: string; readonly ts: string | null }>(
  messages: readonly T[],
): Posted<T> | null {
  return postedLast(messages).get(ROOT) ?? null;
}

/** Whether somebody in this channel sees only what was left behind there. */
export function hasLeft(
  { channelId, formerPlaces }: Pick<IncidentState, 'channelId' | 'formerPlaces'>,
  asked: string,
): boolean {
  return channelId !== asked && formerPlaces.some((place) => place.channelId === asked);
}
