import { z } from 'zod';
import { AwsFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import { fieldOf, type KeptRecord, type ReplayStore } from '../stores/kept-records.ts';
import { createQueryRuns, isActive, type RunState } from '../stores/query-runs.ts';
import { NotInSubset } from '../stores/tokens.ts';
import { type ParsedQuery, parseQuery, textOf } from './parse-query.ts';

const CONCURRENT_MAX = 100;
const ROWS_MAX = 100_000;
const ROWS_PER_PAGE_MAX = 10_000;
const GROUPS_MAX = 50;

export interface LogGroups {
  /** By the group's name. */
  readonly groups: Readonly<Record<string, ReplayStore>>;
  readonly tokens: PageTokens;
  recordsOf(store: ReplayStore): readonly KeptRecord[];
}

interface Field {
  readonly field: string;
  readonly value: string;
}

const startSchema = z.object({
  logGroupName: z.string().optional(),
  logGroupNames: z.array(z.string()).optional(),
  logGroupIdentifiers: z.array(z.string()).optional(),
  startTime: z.number().int(),
  endTime: z.number().int(),
  queryString: z.string(),
  limit: z.number().int().min(1).max(ROWS_MAX).optional(),
});
const readSchema = z.object({
  queryId: z.string(),
  nextToken: z.string().optional(),
  maxItems: z.number().int().min(1).max(ROWS_PER_PAGE_MAX).optional(),
});
const stopSchema = z.object({ queryId: z.string() });

const STATUSES = {
  waiting: 'Scheduled',
  running: 'Running',
  complete: 'Complete',
  failed: 'Failed',
  timeout: 'Timeout',
  cancelled: 'Cancelled',
} as const satisfies Record<RunState, string>;

/** StartQuery, GetQueryResults and StopQuery over the replay's records. */
export function createInsights(logs: LogGroups) {
  const runs = createQueryRuns<readonly Field[]>(CONCURRENT_MAX);
  return {
    startQuery(caller: Caller, parameters: unknown): object {
      const request = parse(startSchema, parameters);
      const stores = storesOf(logs, caller, request);
      if (request.startTime > request.endTime) throw invalid('endTime is before startTime');
      const query = parsed(request.queryString);
      const rows = stores
        .flatMap((store) => rowsOf(logs.recordsOf(store), query, request))
        .slice(0, Math.min(query.limit ?? ROWS_PER_PAGE_MAX, request.limit ?? ROWS_MAX));
      const run = runs.start(caller, rows, stores[0]?.queriesEnd);
      if (run === null) {
        throw new AwsFailure(
          'LimitExceededException',
          'Account maximum query concurrency limit of [100] reached.',
        );
      }
      return { queryId: run.queryId };
    },
    getQueryResults(caller: Caller, parameters: unknown): object {
      const { queryId, nextToken, maxItems = ROWS_PER_PAGE_MAX } = parse(readSchema, parameters);
      const run = runs.ask(caller, queryId) ?? unknownQuery(queryId);
      const status = STATUSES[run.state];
      if (run.state !== 'complete') return { status, results: [], queryLanguage: 'CWLI' };
      const bound = { queryId };
      const from = nextToken === undefined ? 0 : Number(logs.tokens.redeem(nextToken, bound) ?? -1);
      if (from < 0) throw invalid('The specified nextToken is invalid.');
      const to = from + maxItems;
      const more = to < run.rows.length;
      return {
        status,
        queryLanguage: 'CWLI',
        results: run.rows.slice(from, to),
        ...(more && { nextToken: logs.tokens.issue(bound, String(to)) }),
      };
    },
    stopQuery(caller: Caller, parameters: unknown): object {
      const { queryId } = parse(stopSchema, parameters);
      const run = runs.find(caller, queryId) ?? unknownQuery(queryId);
      if (!isActive(run)) throw invalid('Query has already ended.');
      run.state = 'cancelled';
      return { success: true };
    },
  };
}

type StartRequest = z.infer<typeof startSchema>;

function storesOf(
  { groups }: LogGroups,
  caller: Caller,
  request: StartRequest,
): readonly ReplayStore[] {
  const lists = [
    request.logGroupName === undefined ? undefined : [request.logGroupName],
    request.logGroupNames,
    request.logGroupIdentifiers,
  ].filter((list) => list !== undefined);
  const [names = []] = lists;
  if (lists.length !== 1 || names.length === 0 || names.length > GROUPS_MAX) {
    throw invalid('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers is needed.');
  }
  return names.map((identifier) => {
    const [, region, account, arnName] =
      /^arn:aws[\w-]*:logs:([\w-]+):(\d{12}):log-group:(.+)$/.exec(identifier) ?? [];
    const name = arnName ?? identifier;
    const store = Object.hasOwn(groups, name) ? groups[name] : undefined;
    const isThere =
      store?.region === caller.region &&
      store.region === (region ?? store.region) &&
      store.account === (account ?? caller.account);
    if (store !== undefined && isThere) return store;
    throw new AwsFailure(
      'ResourceNotFoundException',
      `Log group '${name}' does not exist for account ID '${account ?? caller.account}'`,
    );
  });
}

function parsed(queryString: string): ParsedQuery {
  try {
    return parseQuery(queryString);
  } catch (error) {
    if (!(error instanceof NotInSubset)) throw error;
    throw new AwsFailure('MalformedQueryException', `Query is not valid: ${error.message}`);
  }
}

function rowsOf(
  records: readonly KeptRecord[],
  { fields, filters, sort }: ParsedQuery,
  { startTime, endTime }: StartRequest,
): readonly (readonly Field[])[] {
  const fieldIn = (record: KeptRecord) => (name: string) => {
    if (name === '@message') return record.text;
    if (name === '@timestamp')
      return new Date(record.timeMs).toISOString().replace('T', ' ').replace('Z', '');
    return fieldOf(record.fields, name);
  };
  const found = records
    .filter(({ timeMs }) => timeMs >= startTime * 1_000 && timeMs <= endTime * 1_000)
    .filter((record) => filters.every((filter) => filter(fieldIn(record))));
  const keyOf = (record: KeptRecord) => textOf(fieldIn(record)(sort?.field ?? '@timestamp')) ?? '';
  const direction = sort === null || sort.descending ? -1 : 1;
  return found
    .toSorted((a, b) => direction * (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))
    .map((record) => [
      ...fields.flatMap((field) => {
        const value = textOf(fieldIn(record)(field));
        return value === null ? [] : [{ field, value }];
      }),
      { field: '@ptr', value: Buffer.from(`${record.timeMs}`).toString('base64') },
    ]);
}

function parse<T>(schema: z.ZodType<T>, parameters: unknown): T {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  throw invalid(z.prettifyError(result.error));
}

function invalid(message: string): AwsFailure {
  return new AwsFailure('InvalidParameterException', message);
}

function unknownQuery(queryId: string): never {
  throw new AwsFailure('ResourceNotFoundException', `Query ${queryId} does not exist.`);
}
