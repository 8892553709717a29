import { z } from 'zod';
import { AwsFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import type { KeptRecord, ReplayStore } from '../stores/kept-records.ts';
import { createQueryRuns, isActive, type RunState } from '../stores/query-runs.ts';
import { NotInSubset } from '../stores/tokens.ts';
import { type ParsedStatement, parseStatement } from './parse-statement.ts';

const CONCURRENT_MAX = 10;
const ROWS_PER_PAGE_MAX = 1_000;

export interface EventDataStores {
  /** By id. */
  readonly stores: Readonly<Record<string, ReplayStore>>;
  readonly tokens: PageTokens;
  recordsOf(store: ReplayStore): readonly KeptRecord[];
}

type Row = readonly Readonly<Record<string, string>>[];

const startSchema = z.object({ QueryStatement: z.string().min(1).max(10_000) });
const askSchema = z.object({
  QueryId: z.string(),
  NextToken: z.string().optional(),
  MaxQueryResults: z.number().int().min(1).max(ROWS_PER_PAGE_MAX).optional(),
});

const STATUSES = {
  waiting: 'QUEUED',
  running: 'RUNNING',
  complete: 'FINISHED',
  failed: 'FAILED',
  timeout: 'TIMED_OUT',
  cancelled: 'CANCELLED',
} as const satisfies Record<RunState, string>;

/** StartQuery, DescribeQuery, GetQueryResults and CancelQuery over the replay's records. */
export function createLake(lake: EventDataStores) {
  const runs = createQueryRuns<Row>(CONCURRENT_MAX);
  const runOf = (caller: Caller, queryId: string) =>
    runs.find(caller, queryId) ?? unknownQuery(queryId);
  return {
    startQuery(caller: Caller, parameters: unknown): object {
      const { QueryStatement } = parse(startSchema, parameters);
      const statement = parsed(QueryStatement);
      const { storeId } = statement;
      const store = Object.hasOwn(lake.stores, storeId) ? lake.stores[storeId] : undefined;
      if (store?.account !== caller.account || store.region !== caller.region) {
        throw new AwsFailure(
          'EventDataStoreNotFoundException',
          `Event data store ${storeId} not found.`,
        );
      }
      const run = runs.start(caller, rowsOf(lake.recordsOf(store), statement), store.queriesEnd);
      if (run !== null) return { QueryId: run.queryId };
      throw new AwsFailure(
        'MaxConcurrentQueriesException',
        'The maximum number of concurrent queries is 10.',
      );
    },
    describeQuery(caller: Caller, parameters: unknown): object {
      const { QueryId } = parse(askSchema, parameters);
      const run = runs.ask(caller, QueryId) ?? unknownQuery(QueryId);
      return { QueryId, QueryStatus: STATUSES[run.state] };
    },
    getQueryResults(caller: Caller, parameters: unknown): object {
      const {
        QueryId,
        NextToken,
        MaxQueryResults = ROWS_PER_PAGE_MAX,
      } = parse(askSchema, parameters);
      const run = runOf(caller, QueryId);
      const QueryStatus = STATUSES[run.state];
      if (run.state !== 'complete') return { QueryStatus, QueryResultRows: [] };
      const bound = { QueryId };
      const from = NextToken === undefined ? 0 : Number(lake.tokens.redeem(NextToken, bound) ?? -1);
      if (from < 0) throw new AwsFailure('InvalidNextTokenException', 'Invalid next token.');
      const to = from + MaxQueryResults;
      return {
        QueryStatus,
        QueryResultRows: run.rows.slice(from, to),
        ...(to < run.rows.length && { NextToken: lake.tokens.issue(bound, String(to)) }),
      };
    },
    cancelQuery(caller: Caller, parameters: unknown): object {
      const { QueryId } = parse(askSchema, parameters);
      const run = runOf(caller, QueryId);
      if (!isActive(run)) {
        throw new AwsFailure('InactiveQueryException', `Query ${QueryId} is not running.`);
      }
      run.state = 'cancelled';
      return { QueryId, QueryStatus: 'CANCELLED' };
    },
  };
}

function parsed(statement: string): ParsedStatement {
  try {
    return parseStatement(statement);
  } catch (error) {
    if (!(error instanceof NotInSubset)) throw error;
    throw new AwsFailure('InvalidQueryStatementException', `Invalid query: ${error.message}`);
  }
}

function rowsOf(
  records: readonly KeptRecord[],
  { columns, where, descending, limit }: ParsedStatement,
): readonly Row[] {
  const columnOf = ({ text, timeMs, fields }: KeptRecord) => {
    const byName = new Map(
      Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return (name: string): unknown => {
      if (name === 'eventjson') return text;
      if (name === 'eventtime')
        return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
      return byName.get(name);
    };
  };
  const found = records.filter((record) => where(columnOf(record)));
  const inOrder = descending ? found : found.toReversed();
  return inOrder.slice(0, limit ?? found.length).map((record) =>
    columns.map((name) => {
      const value = columnOf(record)(name);
      return { [name]: typeof value === 'string' ? value : JSON.stringify(value ?? null) };
    }),
  );
}

function parse<T>(schema: z.ZodType<T>, parameters: unknown): T {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  throw new AwsFailure('InvalidParameterException', z.prettifyError(result.error));
}

function unknownQuery(queryId: string): never {
  throw new AwsFailure('QueryIdNotFoundException', `Query ${queryId} not found.`);
}
