import { isAnswered } from '../../domain/coverage.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { FRESH_MS, fullyRead, type SecondsWindow, secondOf } from '../../domain/trail/windows.ts';
import type { ActivityEnd, ActivityPage, ActivityRequest, ActivitySource } from '../../ports.ts';
import type { KeptWindows, WindowReading } from './kept-windows.ts';
import { createSharedReading, type ReadingStep, type SharedReading } from './shared-reading.ts';

/** A reading of one gap that is under way. */
export interface GapReading extends Pick<SharedReading, 'step' | 'leave'> {
  readonly window: SecondsWindow;
  readonly recordsMax: number;
}

export interface CurrentReadings {
  /**
   * A reading under way that answers for the newest of the gap, or a new one. To be left in the
   * end. Null: one has just ended, and what it read may fill the gap.
   */
  joinOrStart(
    request: ActivityRequest,
    gap: SecondsWindow,
    useless: ReadonlySet<unknown>,
  ): Promise<GapReading | null>;
}

interface Dependencies {
  readonly activity: ActivitySource;
  readonly kept: KeptWindows;
  readonly nowMs: () => number;
}

interface Current extends GapReading, SharedReading {
  readonly key: string;
  readonly startedAtMs: number;
  readonly urgency: ActivityRequest['asker']['urgency'];
}

export function createCurrentReadings(deps: Dependencies): CurrentReadings {
  const all = new Set<Current>();
  const start = (request: ActivityRequest, window: SecondsWindow): Current => {
    const startedAtMs = deps.nowMs();
    const frozen = {
      ...request,
      fromMs: window.fromSecond * 1_000,
      toMs: window.toSecond * 1_000,
    };
    const shared = createSharedReading(
      (signal) => deps.activity.readPages(frozen, signal),
      async (steps) => {
        const reading = readingOf(window, steps, startedAtMs);
        if (reading !== null) await deps.kept.keep(request, reading);
        all.delete(current);
      },
    );
    const { recordsMax, asker } = request;
    const key = deps.kept.keyOf(request);
    const current = { ...shared, window, recordsMax, key, startedAtMs, urgency: asker.urgency };
    all.add(current);
    return current;
  };
  return {
    async joinOrStart(request, gap, useless) {
      const key = deps.kept.keyOf(request);
      const known = [...all].find(
        (one) =>
          one.key === key &&
          !useless.has(one) &&
          isFor(one, request.asker.urgency) &&
          answersFor(one, gap, deps.nowMs()),
      );
      const ending = known?.abandoned() ?? null;
      if (ending !== null) {
        await ending;
        return null;
      }
      const current = known ?? start(request, gap);
      current.join();
      return current;
    },
  };
}

/** Nobody who waits is made to follow a reading that stands back for everybody. */
function isFor({ urgency }: Current, asking: Current['urgency']): boolean {
  return urgency === 'waiting' || asking === 'background';
}

/** One that begins much later is none: it would be read down to the gap for nobody else's sake. */
function answersFor({ window, startedAtMs }: Current, gap: SecondsWindow, nowMs: number): boolean {
  if (nowMs - startedAtMs > FRESH_MS || window.fromSecond > gap.toSecond) return false;
  const areRecent = Math.min(window.toSecond, gap.toSecond) * 1_000 >= nowMs - FRESH_MS;
  return window.toSecond === gap.toSecond || areRecent;
}

type Page = IteratorYieldResult<ActivityPage>;

/** What was surely read whole; null when there is nothing of the kind. */
function readingOf(
  window: SecondsWindow,
  steps: readonly ReadingStep[],
  readAtMs: number,
): WindowReading | null {
  const pages = steps.filter((step): step is Page => step.done !== true).map(({ value }) => value);
  const last = steps.at(-1);
  const end = last?.done === true ? last.value : null;
  const records = pages.flatMap((page) => page.records);
  const accountId = end?.accountId ?? records.find((one) => one.accountId)?.accountId ?? null;
  const isMoreBelow = end?.outcome === 'found' && end.truncated;
  const pageSizes = pages.map((page) => page.records.length);
  const known = { readAtMs, accountId, isMoreBelow, pageSizes };
  if (end !== null && isComplete(end)) {
    const { skippedCount } = end;
    return { ...known, ...window, skippedCount, records, edge: [] };
  }
  const seconds = records.map(({ atMs }) => secondOf(atMs));
  // Where the unreadable ones are is not known, so neither is to which part they belong.
  const isUncertain = pages.some((page) => page.skippedCount > 0) || end?.outcome === 'failed';
  if (seconds.length === 0 || isUncertain) return null;
  const part = fullyRead(window, Math.min(...seconds));
  if (part === null) return null;
  const isWhole = ({ atMs }: TrailRecord): boolean => secondOf(atMs) >= part.fromSecond;
  const edge = records.filter((record) => !isWhole(record));
  return { ...known, ...part, skippedCount: 0, records: records.filter(isWhole), edge };
}

function isComplete({ outcome, truncated }: ActivityEnd): boolean {
  return !truncated && isAnswered({ outcome });
}
