import { z } from 'zod';
import { type DeliveryLagMs, lagOf } from '../cloudtrail/delivery-lag.ts';
import type { IndexedRecord } from '../cloudtrail/indexed-record.ts';

/** A log group or an event data store, and what CloudTrail delivers to it. */
export interface ReplayStore {
  readonly account: string;
  readonly region: string;
  /** Whose calls; null: all that the folder holds. */
  readonly accounts?: readonly string[] | null;
  /** Null: of all Regions. */
  readonly regions?: readonly string[] | null;
  readonly categories?: readonly ('Management' | 'Data' | 'NetworkActivity' | 'Insight')[];
  /** How every query ends; `never`: it runs until it is stopped. */
  readonly queriesEnd?: 'complete' | 'failed' | 'timeout' | 'never';
}

/** One delivered record, with its JSON as text and as what queries reach into. */
export interface KeptRecord {
  readonly timeMs: number;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** CloudTrail delivers no larger event to CloudWatch Logs. */
const BYTES_MAX = 256 * 1_024;

const fieldsSchema = z.looseObject({
  awsRegion: z.string(),
  eventCategory: z.string().optional(),
});

/** What has been delivered by now, newest first. */
export function keptRecords(
  store: ReplayStore,
  records: readonly IndexedRecord[],
  now: { readonly nowMs: number; readonly lagMs: DeliveryLagMs },
): readonly KeptRecord[] {
  const { accounts = null, regions = null, categories = ['Management'] } = store;
  return records.flatMap((record): KeptRecord[] => {
    const { timeMs, text, eventId, account } = record;
    if (timeMs + lagOf(now.lagMs, eventId) > now.nowMs) return [];
    if (accounts !== null && !accounts.includes(account)) return [];
    if (Buffer.byteLength(text) > BYTES_MAX) return [];
    const fields = fieldsSchema.parse(JSON.parse(text));
    const category = fields.eventCategory ?? 'Management';
    const isKept =
      (regions === null || regions.includes(fields.awsRegion)) &&
      categories.some((kept) => kept === category);
    return isKept ? [{ timeMs, text, fields }] : [];
  });
}

/** Follows a dotted path (`userIdentity.type`, `items.0.id`); undefined where it leads nowhere. */
export function fieldOf(fields: KeptRecord['fields'], path: string): unknown {
  let here: unknown = fields;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Reflect.get(here, name);
  }
  return here;
}
