import {
  CancelQueryCommand,
  type CloudTrailClient,
  DescribeQueryCommand,
  GetQueryResultsCommand as LakeResultsCommand,
  StartQueryCommand as LakeStartCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import type { AwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import { REPLAY_ACCESS_KEY_ID } from '../../../src/simulator/aws/start-aws-replay.ts';
import type { ReplayStore } from '../../../src/simulator/aws/stores/kept-records.ts';
import { account, atMs, cloudTrail, ids, lookup, record, startWorld } from './replay-support.ts';

const STORE_ID = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
const GROUP = 'cloudtrail/all';
const EVERYTHING = 'fields @message | sort eventTime desc';
const hour = { startTime: atMs / 1_000 - 3_600, endTime: atMs / 1_000 };

function startStores(events: readonly object[], store: Partial<ReplayStore> = {}, lagMs = 0) {
  const kept: ReplayStore = { account, region: 'eu-west-1', ...store };
  return startWorld(
    { events },
    {
      logGroups: { [GROUP]: kept },
      eventDataStores: { [STORE_ID]: kept },
      deliveryLagMs: lagMs,
    },
  );
}

function logsOf(world: AwsReplay, region = 'eu-west-1'): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    endpoint: world.endpointUrl,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: REPLAY_ACCESS_KEY_ID, secretAccessKey: 'anything' },
  });
}

async function startLogs(world: AwsReplay, queryString = EVERYTHING): Promise<string> {
  const command = new StartQueryCommand({ logGroupNames: [GROUP], queryString, ...hour });
  const { queryId = '' } = await logsOf(world).send(command);
  return queryId;
}

/** What stands in the rows of a finished query, by their event ids. */
async function queryLogs(world: AwsReplay, queryString: string): Promise<readonly string[]> {
  const queryId = await startLogs(world, queryString);
  const read = () => logsOf(world).send(new GetQueryResultsCommand({ queryId }));
  await read();
  await read();
  const { results = [] } = await read();
  return results.map((row) => {
    const message = row.find(({ field }) => field === '@message')?.value ?? '{}';
    return String(JSON.parse(message)['eventID']);
  });
}

async function startLake(client: CloudTrailClient, QueryStatement: string): Promise<string> {
  const { QueryId = '' } = await client.send(new LakeStartCommand({ QueryStatement }));
  return QueryId;
}

const all = `SELECT eventJson FROM ${STORE_ID} ORDER BY eventTime DESC LIMIT 100`;

describe('Logs Insights in the replay', () => {
  it('schedules a query, runs it, and has its result', async () => {
    const world = await startStores([record('e1')]);
    const queryId = await startLogs(world);
    const read = () => logsOf(world).send(new GetQueryResultsCommand({ queryId }));
    expect(await read()).toMatchObject({ status: 'Scheduled', results: [] });
    expect(await read()).toMatchObject({ status: 'Running', results: [] });
    const done = await read();
    expect(done.status).toBe('Complete');
    expect(done.results?.[0]?.map(({ field }) => field)).toEqual(['@message', '@ptr']);
  });

  it.each([
    ['fields @message | filter eventName = "StopInstances"', ['stop']],
    ['fields @message | filter eventName in ["StopInstances", "X"]', ['stop']],
    ['fields @message | filter @message like /(?i)STARTinstances/', ['start']],
    ['fields @message | filter @message like "StartInst"', ['start']],
    ['fields @message | filter eventName not like /Stop/ | limit 1', ['start']],
    ['fields @message | filter not (eventName = "x" or eventName like /^St/)', []],
    ['fields @message | filter eventName = "StopInstances" and readOnly = 0', ['stop']],
    ['fields @message | sort eventTime asc', ['stop', 'start']],
    ["fields @message | filter requestParameters.name = 'it\\'s'", []],
  ])('evaluates `%s`', async (query, found) => {
    const world = await startStores([
      record('stop', { eventTime: '2026-10-14T10:41:07Z' }),
      record('start', { eventName: 'StartInstances', eventTime: '2026-10-14T10:42:07Z' }),
    ]);
    expect(await queryLogs(world, query)).toEqual(found);
  });

  it.each([
    'stats count(*) by eventName',
    'fields @message | filter',
    'fields @message | filter eventName ~ "x"',
    'fields @message | filter @message like /(/',
    'fields @message | filter @message like /(?s)x/',
    'fields @message | filter eventName = "x',
    'fields @message limit 3',
    '',
  ])('refuses `%s` as malformed', async (query) => {
    const world = await startStores([]);
    await expect(startLogs(world, query)).rejects.toMatchObject({
      name: 'MalformedQueryException',
    });
  });

  it('holds what was delivered, of the accounts, Regions and categories it is told', async () => {
    const world = await startStores(
      [
        record('kept', { eventTime: '2026-10-14T10:41:07Z' }),
        record('young', { eventTime: '2026-10-14T10:55:59Z' }),
        record('elsewhere', { awsRegion: 'us-east-1' }),
        record('foreign', { recipientAccountId: '999988887777' }),
        record('data', { eventCategory: 'Data', managementEvent: false }),
        record('huge', { requestParameters: { text: 'x'.repeat(300_000) } }),
      ],
      { accounts: [account], regions: ['eu-west-1'] },
      60_000,
    );
    expect(await queryLogs(world, EVERYTHING)).toEqual(['kept']);
  });

  it('shows data events that Event history never shows', async () => {
    const data = record('data', { eventCategory: 'Data', managementEvent: false });
    const world = await startStores([data], { categories: ['Data'] });
    expect(await queryLogs(world, EVERYTHING)).toEqual(['data']);
    expect(ids((await lookup(world, {})).Events)).toEqual([]);
  });

  it('gives pages with a token that is bound to the query', async () => {
    const world = await startStores([record('e1'), record('e2'), record('e3')]);
    const [queryId, other] = [await startLogs(world), await startLogs(world)];
    const read = (input: { queryId: string; nextToken?: string }) =>
      logsOf(world).send(new GetQueryResultsCommand({ maxItems: 2, ...input }));
    await read({ queryId });
    await read({ queryId });
    const first = await read({ queryId });
    const nextToken = first.nextToken ?? '';
    const second = await read({ queryId, nextToken });
    expect([first.results?.length, second.results?.length]).toEqual([2, 1]);
    expect(second.nextToken).toBeUndefined();
    await read({ queryId: other });
    await read({ queryId: other });
    await expect(read({ queryId: other, nextToken })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('stops a query once, and only one that runs', async () => {
    const world = await startStores([]);
    const queryId = await startLogs(world);
    const stop = () => logsOf(world).send(new StopQueryCommand({ queryId }));
    expect(await stop()).toMatchObject({ success: true });
    await expect(stop()).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const read = logsOf(world).send(new GetQueryResultsCommand({ queryId }));
    expect(await read).toMatchObject({ status: 'Cancelled' });
  });

  it('knows a log group only where it is', async () => {
    const world = await startStores([]);
    const command = new StartQueryCommand({
      logGroupIdentifiers: [GROUP],
      queryString: EVERYTHING,
      ...hour,
    });
    await expect(logsOf(world, 'us-east-1').send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('runs a hundred queries at once and no more', async () => {
    const world = await startStores([]);
    for (let started = 0; started < 100; started += 1) await startLogs(world);
    await expect(startLogs(world)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('CloudTrail Lake in the replay', () => {
  it('queues a query, runs it, and has its result', async () => {
    const client = cloudTrail(await startStores([record('e1')]));
    const QueryId = await startLake(client, all);
    const describeIt = async () =>
      (await client.send(new DescribeQueryCommand({ QueryId }))).QueryStatus;
    expect([await describeIt(), await describeIt(), await describeIt()]).toEqual([
      'QUEUED',
      'RUNNING',
      'FINISHED',
    ]);
    const { QueryResultRows } = await client.send(new LakeResultsCommand({ QueryId }));
    expect(QueryResultRows).toEqual([[{ eventjson: JSON.stringify(record('e1')) }]]);
  });

  it.each([
    ["WHERE eventName = 'StopInstances'", ['stop']],
    ["WHERE eventName IN ('StartInstances', 'x') AND awsRegion = 'eu-west-1'", ['start']],
    ['WHERE regexp_like(eventJson, \'(?i)"eventname"\\s*:\\s*"start\')', ['start']],
    ["WHERE NOT regexp_like(eventName, '^Start') OR eventName = 'it''s'", ['stop']],
    ["WHERE eventTime >= '2026-10-14 10:42:00'", ['start']],
    ['ORDER BY eventTime DESC LIMIT 1', ['start']],
  ])('evaluates `%s`', async (rest, found) => {
    const client = cloudTrail(
      await startStores([
        record('stop', { eventTime: '2026-10-14T10:41:07Z' }),
        record('start', { eventName: 'StartInstances', eventTime: '2026-10-14T10:42:07Z' }),
      ]),
    );
    const QueryId = await startLake(client, `SELECT eventID FROM ${STORE_ID} ${rest}`);
    for (let asked = 0; asked < 2; asked += 1) {
      await client.send(new DescribeQueryCommand({ QueryId }));
    }
    const { QueryResultRows = [] } = await client.send(new LakeResultsCommand({ QueryId }));
    expect(QueryResultRows.flat().map((row) => row['eventid'])).toEqual(found);
  });

  it.each([
    ['DROP TABLE x', 'InvalidQueryStatementException'],
    [`SELECT eventJson FROM ${STORE_ID}; SELECT 1`, 'InvalidQueryStatementException'],
    [`SELECT eventJson FROM ${STORE_ID} WHERE eventName = 'x`, 'InvalidQueryStatementException'],
    [all.replace(STORE_ID, '00000000'), 'EventDataStoreNotFoundException'],
  ])('refuses `%s`', async (statement, name) => {
    const client = cloudTrail(await startStores([]));
    await expect(startLake(client, statement)).rejects.toMatchObject({ name });
  });

  it('runs ten queries at once and no more, until one is cancelled', async () => {
    const client = cloudTrail(await startStores([]));
    const QueryId = await startLake(client, all);
    for (let started = 1; started < 10; started += 1) await startLake(client, all);
    await expect(startLake(client, all)).rejects.toMatchObject({
      name: 'MaxConcurrentQueriesException',
    });
    await client.send(new CancelQueryCommand({ QueryId }));
    expect(await startLake(client, all)).not.toBe('');
    await expect(client.send(new CancelQueryCommand({ QueryId }))).rejects.toMatchObject({
      name: 'InactiveQueryException',
    });
  });
});
