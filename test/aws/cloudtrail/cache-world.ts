import { createCachedActivity } from '../../../src/aws/cloudtrail/window-cache.ts';
import type { ActivityRequest, ActivitySource, Store } from '../../../src/ports.ts';
import { trailRecordsCodec } from '../../../src/store/codec.ts';
import {
  createDelayedActivity,
  type DelayedActivityOptions,
} from '../../support/delayed-activity.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { aRecord } from '../../support/trail-record.ts';
import { aRequest, aStore, neverAborted, readAll } from '../support.ts';

export const TO_MS = aRequest().toMs;
export const HOUR_MS = 3_600_000;
export const everyMinute = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const atMs = TO_MS - index * 60_000;
    const record = aRecord({ eventId: `e${String(index).padStart(3, '0')}`, atMs });
    return { record, arrivesAtMs: atMs };
  });

interface WorldOptions extends Partial<DelayedActivityOptions> {
  readonly store?: Store;
  readonly scope?: string;
}

/** Long after the records, with the cache in front of them. */
export async function aWorld({ store, scope = '', ...options }: WorldOptions = {}) {
  const clock = { nowMs: TO_MS + HOUR_MS };
  const nowMs = () => clock.nowMs;
  const log = createKeptLog();
  const inside = createDelayedActivity({
    records: everyMinute(20),
    nowMs,
    pageSize: 5,
    ...options,
  });
  const kept = store ?? (await aStore());
  const deps = { activity: inside, store: kept, records: trailRecordsCodec, scope, nowMs, log };
  const activity = createCachedActivity(deps);
  const read = (changes: Partial<ActivityRequest> = {}) =>
    readAll(activity.readPages(aRequest(changes), neverAborted()));
  return { activity, clock, inside, log, read, store: kept };
}

export async function readPages(source: ActivitySource, pageCount: number): Promise<void> {
  const pages = source.readPages(aRequest(), neverAborted());
  for (let page = 0; page < pageCount; page += 1) await pages.next();
  await pages.return({
    outcome: 'found',
    accountId: null,
    recordCount: 0,
    skippedCount: 0,
    truncated: true,
    explanation: null,
  });
}

/** The windows that were asked for, in minutes before the end; one entry a call. */
export const windowsOf = ({ requests }: { readonly requests: readonly ActivityRequest[] }) =>
  requests.map(({ fromMs, toMs }) => [(TO_MS - fromMs) / 60_000, (TO_MS - toMs) / 60_000]);
