import { isAnswered } from '../../domain/coverage.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import {
  planReading,
  type SecondsWindow,
  type Stretch,
  secondsWithin,
  type WindowPiece,
} from '../../domain/trail/windows.ts';
import type { ActivityEnd, ActivityPage, ActivityRequest, ActivitySource } from '../../ports.ts';
import { explainTrouble } from '../answer-trouble.ts';
import { type Answer, createAnswer } from './collected-answer.ts';
import {
  type CurrentReadings,
  createCurrentReadings,
  type GapReading,
} from './current-readings.ts';
import {
  createKeptWindows,
  type KeptWindow,
  type KeptWindows,
  type KeptWindowsDependencies,
} from './kept-windows.ts';
import { LOOKUP_PERMISSION } from './read-page.ts';

export interface CachedActivityDependencies extends KeptWindowsDependencies {
  /** CloudTrail itself. */
  readonly activity: ActivitySource;
  /** How long what may still change is used again; a minute when left out. */
  readonly freshMs?: number | undefined;
}

interface Context extends CachedActivityDependencies {
  readonly kept: KeptWindows;
  readonly current: CurrentReadings;
}

/** One request on its way down through time. */
interface Reading {
  readonly request: ActivityRequest;
  readonly signal: AbortSignal;
  readonly key: string;
  readonly asked: SecondsWindow;
  readonly answer: Answer;
  /** Kept windows and shared readings that turned out to be of no use here. */
  readonly useless: Set<KeptWindow['windowId'] | GapReading>;
}

type KeptStretch = Stretch<KeptWindow> & { readonly kind: 'kept' };

/** Down to where it came, or the end. */
type Came =
  | { readonly kind: 'down'; readonly nextSecond: number }
  | { readonly kind: 'end'; readonly end: ActivityEnd };

/**
 * Event history that asks AWS only for what nobody has asked before: the same answers at fewer
 * calls. What happened in the last 15 minutes is asked anew, unless that was done a minute ago.
 */
export function createCachedActivity(deps: CachedActivityDependencies): ActivitySource {
  const kept = createKeptWindows(deps);
  const context = { ...deps, kept, current: createCurrentReadings({ ...deps, kept }) };
  const { lookbackMaxMs, deliveryLagMs } = deps.activity;
  return {
    lookbackMaxMs,
    deliveryLagMs,
    readPages: (request, signal) => {
      const asked = secondsWithin(request.fromMs, request.toMs);
      if (asked === null) return deps.activity.readPages(request, signal);
      const key = kept.keyOf(request);
      const answer = createAnswer(request);
      return readDown(context, { request, signal, key, asked, answer, useless: new Set() });
    },
  };
}

/** Every round comes further down, finds something useless, or has waited for a reading's end. */
async function* readDown(
  context: Context,
  reading: Reading,
): AsyncGenerator<ActivityPage, ActivityEnd> {
  const { asked, answer } = reading;
  let toSecond = asked.toSecond;
  while (toSecond >= asked.fromSecond) {
    const known = await context.kept.list(reading.key);
    const useful = known.filter((window) => isUseful(window, reading));
    const [stretch] = planReading(useful, { ...asked, toSecond }, context.nowMs(), context.freshMs);
    if (stretch === undefined) break;
    const came =
      stretch.kind === 'kept'
        ? yield* giveKept(context, reading, stretch)
        : yield* readGap(context, reading, stretch);
    if (came.kind === 'end') return came.end;
    toSecond = came.nextSecond;
  }
  return answer.end();
}

/** Of a window of which not everything will be given, it is not known how many were unreadable. */
function isUseful(window: KeptWindow, { useless, answer }: Reading): boolean {
  const isCountable = window.skippedCount === 0 || recordCountOf(window) <= answer.room();
  return isCountable && !useless.has(window.windowId);
}

function recordCountOf({ pieces }: KeptWindow): number {
  return pieces.reduce((sum, piece) => sum + piece.recordCount, 0);
}

async function* giveKept(
  { kept }: Context,
  { key, asked, answer, useless }: Reading,
  stretch: KeptStretch,
): AsyncGenerator<ActivityPage, Came> {
  const { window } = stretch;
  const { skippedCount } = window;
  const within = withEdge(stretch, asked);
  const pages = readKept(kept, key, window, within);
  let last: readonly TrailRecord[] = [];
  for (let step = await pages.next(); ; step = await pages.next()) {
    if (step.done === true) {
      if (step.value === null) break;
      if (last.length > 0) yield { records: last, skippedCount: 0 };
      useless.add(window.windowId);
      return { kind: 'down', nextSecond: Math.min(stretch.toSecond, step.value.toSecond) };
    }
    const given = answer.take(step.value, within);
    if (given.records.length > 0) {
      if (last.length > 0) yield { records: last, skippedCount: 0 };
      last = given.records;
    }
    if (!given.isCut) continue;
    if (last.length > 0) yield { records: last, skippedCount: 0 };
    return { kind: 'end', end: answer.cut() };
  }
  answer.add({ ...window, recordCount: recordCountOf(window) });
  const isLast = stretch.fromSecond === asked.fromSecond;
  if (last.length > 0 || skippedCount > 0) yield { records: last, skippedCount, isLast };
  const isCut = within !== stretch && window.isMoreBelow && answer.room() === 0;
  if (isCut) return { kind: 'end', end: answer.cut() };
  return { kind: 'down', nextSecond: stretch.fromSecond - 1 };
}

/** Page by page as it was read; it ends with the piece that is gone, or null. */
async function* readKept(
  kept: KeptWindows,
  key: string,
  window: KeptWindow,
  within: SecondsWindow,
): AsyncGenerator<readonly TrailRecord[], WindowPiece | null> {
  const pageEnds = endsOf(window.pageSizes);
  let page: TrailRecord[] = [];
  let count = 0;
  for (const [index, piece] of window.pieces.entries()) {
    const records = overlaps(piece, within) ? await kept.readPiece(key, window, index) : [];
    for (const [at, record] of (records ?? []).entries()) {
      page.push(record);
      if (!pageEnds.has(count + at + 1)) continue;
      yield page;
      page = [];
    }
    count += piece.recordCount;
    if (records !== null) continue;
    yield page;
    return piece;
  }
  yield page;
  return null;
}

function endsOf(sizes: readonly number[]): ReadonlySet<number> {
  let end = 0;
  return new Set(sizes.map((size) => (end += size)));
}

/** At its lower end a window may have some records of the second before; the others are still to be read. */
function withEdge(stretch: KeptStretch, asked: SecondsWindow): SecondsWindow {
  const { window, fromSecond, toSecond } = stretch;
  const hasEdge = window.pieces.some((piece) => piece.fromSecond < window.fromSecond);
  if (!hasEdge || fromSecond > window.fromSecond || fromSecond === asked.fromSecond) return stretch;
  return { fromSecond: fromSecond - 1, toSecond };
}

function overlaps(one: SecondsWindow, other: SecondsWindow): boolean {
  return one.fromSecond <= other.toSecond && one.toSecond >= other.fromSecond;
}

async function* readGap(
  { current }: Context,
  reading: Reading,
  gap: SecondsWindow,
): AsyncGenerator<ActivityPage, Came> {
  const { request, signal, answer, useless } = reading;
  // Records of its newest second may have been given already, when another reading ended in it.
  const recordsMax = answer.room() + answer.givenIn(gap.toSecond);
  const shared = await current.joinOrStart({ ...request, recordsMax }, gap, useless);
  if (shared === null) return { kind: 'down', nextSecond: gap.toSecond };
  try {
    return yield* follow(reading, gap, shared);
  } catch (error) {
    if (!signal.aborted) throw error;
    const { target } = request;
    const trouble = explainTrouble(error, { target, permission: LOOKUP_PERMISSION, signal });
    return { kind: 'end', end: answer.end({ ...trouble, truncated: true }) };
  } finally {
    await shared.leave();
  }
}

async function* follow(
  { asked, answer, signal, useless }: Reading,
  gap: SecondsWindow,
  shared: GapReading,
): AsyncGenerator<ActivityPage, Came> {
  const isOfThisGap =
    shared.window.fromSecond === gap.fromSecond && shared.window.toSecond === gap.toSecond;
  let nextSecond = gap.toSecond;
  for (let index = 0; ; index += 1) {
    const step = await shared.step(index, signal);
    if (step.done === true) return afterGap(answer, gap, shared, step.value, nextSecond);
    const { records, skippedCount, isLast = false } = step.value;
    if (skippedCount > 0 && !isOfThisGap) {
      useless.add(shared);
      return { kind: 'down', nextSecond };
    }
    const given = answer.take(records, gap);
    answer.add({ accountId: null, recordCount: records.length, skippedCount });
    if (given.records.length > 0 || skippedCount > 0) {
      const isEnd = isLast && !given.isCut && shared.window.fromSecond <= asked.fromSecond;
      yield { records: given.records, skippedCount, isLast: isEnd };
    }
    if (given.isCut) return { kind: 'end', end: answer.cut() };
    nextSecond = Math.min(nextSecond, given.oldestSecond ?? nextSecond);
    if (nextSecond < gap.fromSecond) return { kind: 'down', nextSecond: gap.fromSecond - 1 };
  }
}

function afterGap(
  answer: Answer,
  gap: SecondsWindow,
  { window, recordsMax }: GapReading,
  end: ActivityEnd,
  nextSecond: number,
): Came {
  const { outcome, truncated, explanation } = end;
  answer.add({ ...end, skippedCount: 0 });
  if (!isAnswered({ outcome })) {
    return { kind: 'end', end: answer.end({ outcome, truncated, explanation }) };
  }
  if (!truncated) {
    return { kind: 'down', nextSecond: Math.max(gap.fromSecond, window.fromSecond) - 1 };
  }
  if (answer.room() === 0) return { kind: 'end', end: answer.cut() };
  // Cut at somebody else's limit: the rest is still to be read.
  if (end.recordCount >= recordsMax) return { kind: 'down', nextSecond };
  return { kind: 'end', end: answer.end({ truncated, explanation }) };
}
