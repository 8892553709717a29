import {
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { placeTerms } from '../../domain/trail/query/broad-filter.ts';
import type { EventStoreSettings, Logger, TrailSearch, TrailSource } from '../../ports.ts';
import { type AnswerTrouble, explainTrouble } from '../answer-trouble.ts';
import type { AwsClients } from '../clients.ts';
import { createEventStore, ROWS_MAX } from '../event-store.ts';
import { createTroubleReader } from '../query-troubles.ts';
import type { QueryReading, QueryService } from '../run-query.ts';
import { buildLogsQuery } from './build-query.ts';
import { LOGS_TROUBLES } from './troubles.ts';

const LIMITS = {
  // As Event history: delivered within ten minutes, and searchable a little later.
  deliveryLagMs: 15 * 60_000,
  rowsPerPage: 500,
} as const;

const GAPS = [
  'calls from before the log group was written to',
  'events larger than 256 KB (CloudTrail does not deliver them to CloudWatch Logs)',
  'kubectl and changes inside instances',
] as const;

export interface LogsDependencies {
  readonly clients: Pick<AwsClients, 'withLogs'>;
  readonly log: Logger;
}

const startedSchema = z.object({ queryId: z.string().min(1) });
const resultSchema = z.object({
  status: z.string().nullish(),
  results: z
    .array(z.array(z.object({ field: z.string().nullish(), value: z.string().nullish() })))
    .nullish(),
  nextToken: z.string().nullish(),
});

/** CloudTrail records in CloudWatch log groups, through Logs Insights. */
export function createLogsSource(
  deps: LogsDependencies,
  settings: EventStoreSettings,
): TrailSource {
  return createEventStore({
    settings,
    name: 'CloudWatch Logs',
    log: deps.log,
    reach: {
      id: 'logs-insights',
      deliveryLagMs: LIMITS.deliveryLagMs,
      holds: settings.holds,
      gaps: GAPS,
    },
    query: (search) => queryFor(deps, settings, search),
  });
}

function queryFor(
  { clients }: LogsDependencies,
  { home, names }: EventStoreSettings,
  { query, targets, asker }: TrailSearch,
): QueryService {
  const place = { target: home, asker };
  const limits = { rowsMax: ROWS_MAX, lagMs: LIMITS.deliveryLagMs };
  const {
    text: queryString,
    startTime,
    endTime,
  } = buildLogsQuery(query, placeTerms(targets), limits);
  const troubles = createTroubleReader(LOGS_TROUBLES, { target: home, names });
  return {
    async start() {
      // Frozen for all pages: they are pages of this one query's result.
      const command = new StartQueryCommand({
        logGroupIdentifiers: [...names],
        startTime,
        endTime,
        queryString,
        limit: ROWS_MAX,
      });
      const output = await clients.withLogs(place, (client) => client.send(command));
      return startedSchema.parse(output).queryId;
    },
    async read(queryId, token, signal) {
      const command = new GetQueryResultsCommand({
        queryId,
        maxItems: LIMITS.rowsPerPage,
        ...(token !== null && { nextToken: token }),
      });
      const output = await clients.withLogs(place, (client) =>
        client.send(command, { abortSignal: signal }),
      );
      return readingOf(output, troubles.ofStatus);
    },
    stop: (queryId, signal) =>
      clients.withLogs(place, (client) =>
        client.send(new StopQueryCommand({ queryId }), { abortSignal: signal }),
      ),
    explain: (error, signal) =>
      troubles.ofError(error) ??
      explainTrouble(error, { target: home, permission: permissionOf(error), signal }),
    isFull: troubles.isFull,
  };
}

/** Starting, reading and stopping are three permissions; only AWS knows which one is missing. */
function permissionOf(error: unknown): string {
  const action = /logs:(?:StartQuery|GetQueryResults|StopQuery)/.exec(String(error))?.[0];
  return action ?? 'logs:StartQuery and logs:GetQueryResults';
}

function readingOf(
  output: unknown,
  troubleOf: (status: string) => AnswerTrouble | null,
): QueryReading {
  const { status, results, nextToken } = resultSchema.parse(output);
  if (status === 'Scheduled' || status === 'Running') return { kind: 'running' };
  const trouble = troubleOf(status ?? 'Unknown');
  if (trouble !== null) return { kind: 'trouble', trouble };
  const texts = (results ?? []).flatMap((row) => {
    const message = row.find(({ field }) => field === '@message')?.value;
    return message ? [message] : [];
  });
  return { kind: 'rows', rows: { texts, nextToken: nextToken || null } };
}
