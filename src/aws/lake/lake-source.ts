import {
  CancelQueryCommand,
  DescribeQueryCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { placeTerms } from '../../domain/trail/query/broad-filter.ts';
import type { EventStoreSettings, Logger, Store, TrailSearch, TrailSource } from '../../ports.ts';
import { explainTrouble } from '../answer-trouble.ts';
import type { AwsClients } from '../clients.ts';
import { createEventStore, ROWS_MAX } from '../event-store.ts';
import { createTroubleReader } from '../query-troubles.ts';
import type { QueryReading, QueryService } from '../run-query.ts';
import { wait } from '../wait.ts';
import { buildStatement } from './build-statement.ts';
import { LAKE_TROUBLES } from './troubles.ts';

const LIMITS = {
  deliveryLagMs: 15 * 60_000,
  rowsPerPage: 500,
  // AWS allows one a second in an account and Region.
  startSpacingMs: 1_100,
} as const;

const GAPS = [
  'calls from before the event data store was switched on',
  'Insights events (CloudTrail Lake keeps them in stores of their own)',
  'kubectl and changes inside instances',
] as const;

export interface LakeDependencies {
  readonly clients: Pick<AwsClients, 'withCloudTrail'>;
  readonly store: Pick<Store, 'reserveCall'>;
  readonly log: Logger;
}

const startedSchema = z.object({ QueryId: z.string().min(1) });
const statusSchema = z.object({ QueryStatus: z.string() });
const resultSchema = z.object({
  QueryStatus: z.string().nullish(),
  QueryResultRows: z.array(z.array(z.record(z.string(), z.string().nullish()))).nullish(),
  NextToken: z.string().nullish(),
});

/** An event data store of CloudTrail Lake. */
export function createLakeSource(
  deps: LakeDependencies,
  settings: EventStoreSettings,
): TrailSource {
  // Insights events have no column that holds the whole record.
  const holds = settings.holds.filter((category) => category !== 'insight');
  return createEventStore({
    settings,
    name: 'CloudTrail Lake',
    log: deps.log,
    reach: { id: 'lake', deliveryLagMs: LIMITS.deliveryLagMs, holds, gaps: GAPS },
    query: (search) => queryFor(deps, settings, search),
  });
}

function queryFor(
  { clients, store }: LakeDependencies,
  { home, names }: EventStoreSettings,
  { query, targets, asker }: TrailSearch,
): QueryService {
  const place = { target: home, asker };
  const storeId = names[0] ?? '';
  const troubles = createTroubleReader(LAKE_TROUBLES, { target: home, storeId });
  const statement = buildStatement(query, placeTerms(targets), { id: storeId, rowsMax: ROWS_MAX });
  return {
    async start() {
      const key = `lake-start-${home.accountId ?? 'own'}-${home.region}`;
      await wait(await store.reserveCall(key, LIMITS.startSpacingMs), new AbortController().signal);
      const command = new StartQueryCommand({ QueryStatement: statement });
      const output = await clients.withCloudTrail(place, (client) => client.send(command));
      return startedSchema.parse(output).QueryId;
    },
    async read(QueryId, token, signal) {
      const abort = { abortSignal: signal };
      if (token === null) {
        const command = new DescribeQueryCommand({ QueryId });
        const output = await clients.withCloudTrail(place, (client) => client.send(command, abort));
        const status = statusSchema.parse(output).QueryStatus;
        if (status === 'QUEUED' || status === 'RUNNING') return { kind: 'running' };
        const trouble = troubles.ofStatus(status);
        if (trouble !== null) return { kind: 'trouble', trouble };
      }
      const command = new GetQueryResultsCommand({
        QueryId,
        MaxQueryResults: LIMITS.rowsPerPage,
        ...(token !== null && { NextToken: token }),
      });
      return rowsOf(await clients.withCloudTrail(place, (client) => client.send(command, abort)));
    },
    stop: (QueryId, signal) =>
      clients.withCloudTrail(place, (client) =>
        client.send(new CancelQueryCommand({ QueryId }), { abortSignal: signal }),
      ),
    explain: (error, signal) =>
      troubles.ofError(error) ??
      explainTrouble(error, { target: home, permission: permissionOf(error), signal }),
    isFull: troubles.isFull,
  };
}

/** Which permission is missing, AWS says in its refusal. */
function permissionOf(error: unknown): string {
  const action = /cloudtrail:(?:Start|Describe|Cancel|Get)Query(?:Results)?/.exec(String(error));
  return action?.[0] ?? 'cloudtrail:StartQuery and cloudtrail:GetQueryResults';
}

/** Each row is a list of maps with one column each; a column's case is as it was asked for, or lower. */
function rowsOf(output: unknown): QueryReading {
  const { QueryResultRows, NextToken } = resultSchema.parse(output);
  const texts = (QueryResultRows ?? []).map((row) => {
    const columns = row.flatMap((column) => Object.entries(column));
    return columns.find(([name]) => name.toLowerCase() === 'eventjson')?.[1] ?? '';
  });
  return { kind: 'rows', rows: { texts, nextToken: NextToken || null } };
}
