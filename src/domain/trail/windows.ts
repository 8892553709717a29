/**
 * Which parts of a window were read before, and which are to be read. CloudTrail's times are whole
 * seconds, so windows are seconds since 1970, both ends included.
 */
export interface SecondsWindow {
  readonly fromSecond: number;
  readonly toSecond: number;
}

/** A window all of whose records, as far as they had arrived, were read at one moment. */
export interface ReadWindow extends SecondsWindow {
  readonly readAtMs: number;
  /** Records that were left out because they could not be read: when they happened is not known. */
  readonly skippedCount: number;
  /** Newest first; a second may be in two of them. */
  readonly pieces: readonly WindowPiece[];
}

export interface WindowPiece extends SecondsWindow {
  readonly recordCount: number;
}

/** A part of a window, from one source. */
export type Stretch<Known> =
  | (SecondsWindow & { readonly kind: 'kept'; readonly window: Known })
  | (SecondsWindow & { readonly kind: 'gap' });

// AWS promises no time; "about five minutes" on average. It used to promise 15 minutes, and of
// 2,900 records measured none was later than ten.
export const DELIVERY_LAG_MS = 15 * 60_000;

// Two pages: with fewer between two gaps, one call over all of it is never more than one for each.
const BRIDGED_RECORDS_MAX = 100;

// Asked twice within a minute, AWS would have little new to say.
export const FRESH_MS = 60_000;

/** The whole seconds within two times; null when there is none. */
export function secondsWithin(fromMs: number, toMs: number): SecondsWindow | null {
  const fromSecond = Math.ceil(fromMs / 1_000);
  const toSecond = Math.floor(toMs / 1_000);
  return fromSecond > toSecond ? null : { fromSecond, toSecond };
}

export function secondOf(atMs: number): number {
  return Math.floor(atMs / 1_000);
}

/** True when nothing can be added to it any more. */
export function isFinal({ toSecond, readAtMs }: ReadWindow): boolean {
  return toSecond <= lastFinalSecond(readAtMs);
}

/**
 * What a reading that ended early did read: all but the oldest second it came to, whose records
 * need not all have been there. Null when that is nothing.
 */
export function fullyRead(
  { fromSecond, toSecond }: SecondsWindow,
  oldestSecond: number,
): SecondsWindow | null {
  const first = Math.max(fromSecond, oldestSecond + 1);
  return first > toSecond ? null : { fromSecond: first, toSecond };
}

/** What to read from where, newest first. Seconds too young to be worth asking again are left out. */
export function planReading<Known extends ReadWindow>(
  known: readonly Known[],
  asked: SecondsWindow,
  nowMs: number,
  freshMs: number = FRESH_MS,
): readonly Stretch<Known>[] {
  const fresh = known.filter((window) => isFresh(window, nowMs, freshMs));
  const parts = known.flatMap((window) => usablePart(window, asked, fresh.includes(window)) ?? []);
  const stretches: Stretch<Known>[] = [];
  let toSecond = newestWorthAsking(fresh, asked, nowMs - freshMs);
  while (toSecond >= asked.fromSecond) {
    const stretch = newestStretch(parts, { ...asked, toSecond });
    stretches.push(stretch);
    toSecond = stretch.fromSecond - 1;
  }
  return bridgeGaps(stretches);
}

function newestStretch<Known extends ReadWindow>(
  parts: readonly UsablePart<Known>[],
  { fromSecond, toSecond }: SecondsWindow,
): Stretch<Known> {
  const here = parts.filter((part) => isUsableFrom(part, toSecond));
  const [deepest] = here.sort((a, b) => a.fromSecond - b.fromSecond);
  if (deepest !== undefined) return { ...deepest, kind: 'kept', toSecond };
  const below = parts.map((part) => part.toSecond).filter((second) => second < toSecond);
  return { kind: 'gap', fromSecond: Math.max(fromSecond, ...below.map((to) => to + 1)), toSecond };
}

/** Every gap costs a call: what is kept between two is read again where that is cheaper. */
function bridgeGaps<Known extends ReadWindow>(
  stretches: readonly Stretch<Known>[],
): readonly Stretch<Known>[] {
  const bridged: Stretch<Known>[] = [];
  for (const stretch of stretches) {
    const gapAt = bridged.findLastIndex(({ kind }) => kind === 'gap');
    const gap = bridged[gapAt];
    const between = bridged.slice(gapAt + 1);
    if (stretch.kind === 'gap' && gap !== undefined && isCheap(between)) {
      bridged.splice(gapAt, bridged.length, { ...stretch, toSecond: gap.toSecond });
    } else {
      bridged.push(stretch);
    }
  }
  return bridged;
}

function isCheap(stretches: readonly Stretch<ReadWindow>[]): boolean {
  const recordCount = stretches.reduce((sum, stretch) => sum + surelyHeld(stretch), 0);
  return recordCount < BRIDGED_RECORDS_MAX;
}

function surelyHeld(stretch: Stretch<ReadWindow>): number {
  if (stretch.kind === 'gap') return 0;
  const { fromSecond, toSecond } = stretch;
  return stretch.window.pieces
    .filter((piece) => piece.fromSecond >= fromSecond && piece.toSecond <= toSecond)
    .reduce((sum, piece) => sum + piece.recordCount, 0);
}

interface UsablePart<Known> extends SecondsWindow {
  readonly window: Known;
}

/** What may be used again: what has become final, and all of it for a short time. */
function usablePart<Known extends ReadWindow>(
  window: Known,
  asked: SecondsWindow,
  isFreshToUse: boolean,
): UsablePart<Known> | null {
  const lastSecond = isFreshToUse ? window.toSecond : lastFinalSecond(window.readAtMs);
  const fromSecond = Math.max(window.fromSecond, asked.fromSecond);
  const toSecond = Math.min(window.toSecond, asked.toSecond, lastSecond);
  if (toSecond < fromSecond) return null;
  const isWhole = fromSecond === window.fromSecond && toSecond === window.toSecond;
  // Of a part it would not be known how many unreadable records are in it.
  if (window.skippedCount > 0 && !isWhole) return null;
  return { window, fromSecond, toSecond };
}

function isUsableFrom(part: UsablePart<ReadWindow>, second: number): boolean {
  if (part.window.skippedCount > 0) return part.toSecond === second;
  return part.fromSecond <= second && second <= part.toSecond;
}

/** Whoever asked "until now" a moment ago has seen all but the seconds since. */
function newestWorthAsking(
  fresh: readonly ReadWindow[],
  asked: SecondsWindow,
  recentFromMs: number,
): number {
  const ends = fresh
    .filter(({ toSecond }) => toSecond * 1_000 >= recentFromMs)
    .map(({ toSecond }) => toSecond);
  return ends.length === 0 ? asked.toSecond : Math.min(asked.toSecond, Math.max(...ends));
}

function isFresh({ readAtMs }: ReadWindow, nowMs: number, freshMs: number): boolean {
  // Another process's clock may be a little ahead of ours.
  return Math.abs(nowMs - readAtMs) <= freshMs;
}

function lastFinalSecond(readAtMs: number): number {
  return Math.floor((readAtMs - DELIVERY_LAG_MS) / 1_000);
}
