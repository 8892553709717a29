import type { AwsClientSettings } from '../../src/aws/clients.ts';
import { createLakeSource } from '../../src/aws/lake/lake-source.ts';
import { createLogsSource } from '../../src/aws/logs/logs-source.ts';
import { parseQuery } from '../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import type { EventStoreSettings, TrailSearch, TrailSource } from '../../src/ports.ts';
import type { AwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import type { ReplayStore } from '../../src/simulator/aws/stores/kept-records.ts';
import { account, atMs, record, startWorld } from '../simulator/aws/replay-support.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from './support.ts';

export const STORE_ID = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
export const WEST = { accountId: null, region: 'eu-west-1' };
export const EAST = { accountId: null, region: 'us-east-1' };
export const KINDS = ['logs-insights', 'lake'] as const;

export type Kind = (typeof KINDS)[number];

export interface Setting {
  readonly events?: readonly object[];
  readonly store?: Partial<ReplayStore>;
  readonly settings?: Partial<EventStoreSettings>;
  readonly clients?: AwsClientSettings;
  readonly deliveryLagMs?: number;
}

/** A log group and an event data store that hold the same, and a source for one of them. */
export async function aSource(
  kind: Kind,
  { events, store, settings, clients, deliveryLagMs = 0 }: Setting = {},
) {
  const kept: ReplayStore = { account, region: 'eu-west-1', ...store };
  const world = await startWorld(
    { events: events ?? [record('e1')] },
    {
      logGroups: { 'cloudtrail/all': kept },
      eventDataStores: { [STORE_ID]: kept },
      deliveryLagMs,
    },
  );
  const side = await anAwsSide({ endpoint: world.endpointUrl, ...clients });
  const deps = { ...side, log: createKeptLog() };
  const shared = { home: WEST, accountIds: null, regions: null, holds: ['management'] } as const;
  const source =
    kind === 'lake'
      ? createLakeSource(deps, { ...shared, names: [STORE_ID], ...settings })
      : createLogsSource(deps, { ...shared, names: ['cloudtrail/all'], ...settings });
  return { world, source, store: side.store };
}

export function aSearch(line: string, changes: Partial<TrailSearch> = {}): TrailSearch {
  const context = { timeZone: 'UTC', nowMs: atMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(line, context) as { readonly query: TrailQuery };
  return { query, targets: [WEST, EAST], asker, matchesEnough: 25, ...changes };
}

export const search = (source: TrailSource, line: string, changes: Partial<TrailSearch> = {}) =>
  source.search(aSearch(line, changes), neverAborted());

export const idsOf = (findings: { readonly records: readonly { readonly eventId: string }[] }) =>
  findings.records.map(({ eventId }) => eventId);

export const callsOf = ({ calls }: AwsReplay, operation: string) =>
  calls.filter((call) => call.operation === operation);

export const QUESTION = 'who stopped i-0c4e8d21f6ab97530 since 3h';
