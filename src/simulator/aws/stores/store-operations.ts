import type { Caller } from '../callers.ts';
import type { DeliveryLagMs } from '../cloudtrail/delivery-lag.ts';
import type { IndexedRecord } from '../cloudtrail/indexed-record.ts';
import { createLake } from '../lake/lake.ts';
import { createInsights } from '../logs/insights.ts';
import type { PageTokens } from '../page-token.ts';
import { keptRecords, type ReplayStore } from './kept-records.ts';

export interface StoredWorld {
  /** Log groups by name. */
  readonly logGroups: Readonly<Record<string, ReplayStore>>;
  /** Event data stores by id. */
  readonly eventDataStores: Readonly<Record<string, ReplayStore>>;
  readonly tokens: PageTokens;
  readonly deliveryLagMs: DeliveryLagMs;
  readonly nowMs: () => number;
  /** Newest first. */
  readonly records: () => readonly IndexedRecord[];
}

type Operation = (caller: Caller, parameters: unknown) => object;

/** What CloudWatch Logs and CloudTrail Lake serve, by service and operation. */
export function createStoreOperations(world: StoredWorld): Readonly<Record<string, Operation>> {
  const { tokens, deliveryLagMs: lagMs } = world;
  const recordsOf = (store: ReplayStore) =>
    keptRecords(store, world.records(), { nowMs: world.nowMs(), lagMs });
  const insights = createInsights({ groups: world.logGroups, tokens, recordsOf });
  const lake = createLake({ stores: world.eventDataStores, tokens, recordsOf });
  return {
    'logs.StartQuery': insights.startQuery,
    'logs.GetQueryResults': insights.getQueryResults,
    'logs.StopQuery': insights.stopQuery,
    'cloudtrail.StartQuery': lake.startQuery,
    'cloudtrail.DescribeQuery': lake.describeQuery,
    'cloudtrail.GetQueryResults': lake.getQueryResults,
    'cloudtrail.CancelQuery': lake.cancelQuery,
  };
}
