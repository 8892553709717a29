import type { TrailRecord } from '../../domain/trail/record.ts';
import { type SecondsWindow, secondOf } from '../../domain/trail/windows.ts';
import type { ActivityEnd, ActivityRequest } from '../../ports.ts';
import { cutAt } from './activity-source.ts';

export interface Given {
  /** Those that were not given before and for which there is room. */
  readonly records: readonly TrailRecord[];
  /** There were more. */
  readonly isCut: boolean;
  /** Of all that were looked at; null when there was none. */
  readonly oldestSecond: number | null;
}

/** What one request was given so far, whichever reading it came from. */
export interface Answer {
  /** How many records may still be given. */
  room(): number;
  /** How many records of one second were given. */
  givenIn(second: number): number;
  take(records: readonly TrailRecord[], within: SecondsWindow): Given;
  /** Whose account it is, is taken from records where there are any. */
  add(more: Pick<ActivityEnd, 'accountId' | 'recordCount' | 'skippedCount'>): void;
  end(how?: Partial<ActivityEnd>): ActivityEnd;
  cut(): ActivityEnd;
}

export function createAnswer({ recordsMax }: ActivityRequest): Answer {
  const seconds = new Map<string, number>();
  let accountId: string | null = null;
  let skippedCount = 0;
  const end = (how: Partial<ActivityEnd> = {}): ActivityEnd => ({
    outcome: seconds.size > 0 ? 'found' : 'nothing',
    accountId,
    recordCount: seconds.size,
    skippedCount,
    truncated: false,
    explanation: null,
    ...how,
  });
  return {
    room: () => recordsMax - seconds.size,
    givenIn: (second) => [...seconds.values()].filter((given) => given === second).length,
    take(records, { fromSecond, toSecond }) {
      const fresh = records.filter((record) => {
        const second = secondOf(record.atMs);
        return second >= fromSecond && second <= toSecond && !seconds.has(record.eventId);
      });
      const kept = fresh.slice(0, recordsMax - seconds.size);
      for (const { eventId, atMs } of kept) seconds.set(eventId, secondOf(atMs));
      accountId ??= fresh.find((record) => record.accountId !== null)?.accountId ?? null;
      const oldest = records.map(({ atMs }) => secondOf(atMs));
      return {
        records: kept,
        isCut: fresh.length > kept.length,
        oldestSecond: oldest.length === 0 ? null : Math.min(...oldest),
      };
    },
    add(more) {
      if (more.recordCount === 0) accountId ??= more.accountId;
      skippedCount += more.skippedCount;
    },
    end,
    cut: () => end({ truncated: true, explanation: cutAt(recordsMax) }),
  };
}
