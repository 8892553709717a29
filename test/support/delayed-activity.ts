import { newestFirst } from '../../src/domain/trail/newest-first.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import type {
  ActivityEnd,
  ActivityPage,
  ActivityRequest,
  ActivitySource,
} from '../../src/ports.ts';

export interface DelayedRecord {
  readonly record: TrailRecord;
  readonly arrivesAtMs: number;
  /** It can be found, but not be read. */
  readonly isUnreadable?: boolean;
}

export interface DelayedActivityOptions {
  readonly records: readonly DelayedRecord[];
  readonly nowMs: () => number;
  readonly pageSize?: number;
  /** Waits before each page; the test lets go. */
  readonly beforePage?: (request: ActivityRequest, signal: AbortSignal) => Promise<void>;
  /** Ends every reading after so many pages, as trouble does. */
  readonly troubleAfterPages?: number;
}

/** Event history in memory in which records arrive late; `requests` has one entry for every call. */
export function createDelayedActivity(options: DelayedActivityOptions) {
  const { pageSize = 50, beforePage = async () => undefined } = options;
  const requests: ActivityRequest[] = [];
  async function* readPages(
    request: ActivityRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ActivityPage, ActivityEnd> {
    const arrived = options.records
      .filter(({ arrivesAtMs }) => arrivesAtMs <= options.nowMs())
      .filter(({ record }) => record.atMs >= request.fromMs && record.atMs <= request.toMs)
      .sort((one, other) => newestFirst(one.record, other.record));
    let recordCount = 0;
    let skippedCount = 0;
    let accountId: string | null = null;
    const end = (more: Partial<ActivityEnd> = {}): ActivityEnd => {
      const outcome = recordCount > 0 ? 'found' : 'nothing';
      const counts = { outcome, accountId, recordCount, skippedCount } as const;
      return { ...counts, truncated: false, explanation: null, ...more };
    };
    for (let at = 0; ; at += pageSize) {
      if (at / pageSize >= (options.troubleAfterPages ?? Number.POSITIVE_INFINITY)) {
        return end({ outcome: 'throttled', truncated: true, explanation: 'Too many calls.' });
      }
      await beforePage(request, signal);
      requests.push(request);
      const page = arrived.slice(at, at + pageSize);
      const readable = page.filter((one) => one.isUnreadable !== true).map(({ record }) => record);
      const room = request.recordsMax - recordCount;
      const records = readable.slice(0, room);
      const isLast = at + pageSize >= arrived.length;
      recordCount += records.length;
      skippedCount += page.length - readable.length;
      accountId ??= readable[0]?.accountId ?? null;
      const pageSkips = page.length - readable.length;
      if (records.length > 0 || pageSkips > 0) yield { records, skippedCount: pageSkips, isLast };
      if (readable.length > room || (records.length === room && !isLast)) {
        const explanation = `Only the newest ${request.recordsMax} records were read.`;
        return end({ truncated: true, explanation });
      }
      if (isLast) return end();
    }
  }
  const source: ActivitySource = {
    lookbackMaxMs: 90 * 86_400_000,
    deliveryLagMs: 15 * 60_000,
    readPages,
  };
  return { ...source, requests };
}
