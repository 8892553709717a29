import { StartQueryCommand } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { account, atMs, cloudTrail, record } from '../simulator/aws/replay-support.ts';
import { until } from '../support/poll.ts';
import {
  aSearch,
  aSource,
  callsOf,
  EAST,
  idsOf,
  KINDS,
  QUESTION,
  STORE_ID,
  search,
} from './event-stores-support.ts';

/** What asks again while a query runs. */
const ASKS = { 'logs-insights': 'GetQueryResults', lake: 'DescribeQuery' } as const;
const STOPS = { 'logs-insights': 'StopQuery', lake: 'CancelQuery' } as const;

describe.each(KINDS)('searching %s', (kind) => {
  it('finds what matches exactly, and tells of every target', async () => {
    const { source } = await aSource(kind, {
      events: [
        record('e1'),
        record('e2', { requestParameters: { instanceId: 'i-0c4e8d21f6ab97530b' } }),
        record('e3', { eventName: 'StartInstances' }),
        record('e4', { awsRegion: 'eu-north-1' }),
        record('e5', { recipientAccountId: '999988887777' }),
        record('e6', {
          awsRegion: 'eu-north-1',
          requestParameters: { awsRegion: 'eu-west-1', instanceId: 'i-0c4e8d21f6ab97530' },
        }),
      ],
      store: { accounts: [account] },
    });

    const findings = await search(source, QUESTION);

    expect(idsOf(findings)).toEqual(['e1']);
    expect(findings).toMatchObject({
      matchedBy: 'full search',
      skippedCount: 0,
      targets: [
        { region: 'eu-west-1', accountId: account, outcome: 'found', count: 1, truncated: false },
        { region: 'us-east-1', outcome: 'nothing', count: 0, truncated: false },
      ],
    });
  });

  it('reduces a record as every other source does', async () => {
    const { source } = await aSource(kind);
    const { records } = await search(source, QUESTION);
    expect(records[0]).toMatchObject({
      eventName: 'StopInstances',
      accountId: account,
      category: 'management',
      principal: { label: 'noor@example.com', kind: 'human' },
      resources: [{ name: 'i-0c4e8d21f6ab97530' }],
    });
  });

  it('reads data events where the store holds them', async () => {
    const event = record('e1', {
      eventSource: 's3.amazonaws.com',
      eventName: 'DeleteObject',
      eventCategory: 'Data',
      managementEvent: false,
      requestParameters: { bucketName: 'maps', key: 'eu/a.png' },
      resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::maps/eu/a.png' }],
    });
    const { source } = await aSource(kind, {
      events: [event],
      store: { categories: ['Management', 'Data'] },
      settings: { holds: ['management', 'data'] },
    });

    const { records } = await search(source, 'who deleted arn:aws:s3:::maps/eu/a.png');

    expect(records).toMatchObject([{ eventName: 'DeleteObject', category: 'data' }]);
    expect(source.reach.gaps.join()).not.toContain('data events');
  });

  it('reaches back further than Event history', async () => {
    const { source } = await aSource(kind, {
      events: [record('old', { eventTime: '2026-05-01T08:00:00Z' })],
    });
    expect(idsOf(await search(source, 'StopInstances since 200d'))).toEqual(['old']);
    expect(source.reach.lookbackMaxMs).toBeNull();
  });

  it('reads page after page, newest first, until there is enough', async () => {
    const events = Array.from({ length: 1_200 }, (_, index) =>
      record(`e${String(index).padStart(4, '0')}`, {
        eventTime: new Date(atMs - index * 1_000).toISOString().replace('.000', ''),
      }),
    );
    const { source } = await aSource(kind, { events });

    const all = await search(source, 'StopInstances', { matchesEnough: 5_000 });
    const some = await search(source, 'StopInstances');

    expect(new Set(idsOf(all)).size).toBe(1_200);
    expect(some.targets[0]).toMatchObject({ outcome: 'found', count: 500, truncated: true });
    expect(some.records[0]?.eventId).toBe('e0000');
  });

  it('counts what cannot be read and leaves it out', async () => {
    const { source } = await aSource(kind, {
      events: [record('e1'), record('e2', { eventName: 'Stop Instances i-0c4e8d21f6ab97530' })],
    });
    const findings = await search(source, 'i-0c4e8d21f6ab97530 did');
    expect([idsOf(findings), findings.skippedCount]).toEqual([['e1'], 1]);
  });

  it.each([
    ['failed', 'failed', /search failed/],
    ['timeout', 'timed-out', /shorter time/],
  ] as const)('says so when the query ends as %s', async (queriesEnd, outcome, sentence) => {
    const { source } = await aSource(kind, { store: { queriesEnd } });
    const { targets } = await search(source, QUESTION);
    expect(targets).toMatchObject([{ outcome }, { outcome }]);
    expect(targets[0]?.explanation).toMatch(sentence);
  });

  it('says which permission is missing', async () => {
    const { source, world } = await aSource(kind);
    world.faults.deny('StartQuery');
    const { targets } = await search(source, QUESTION);
    expect(targets[0]).toMatchObject({ outcome: 'denied', truncated: true });
    expect(targets[0]?.explanation).toMatch(/permission (?:logs|cloudtrail):StartQuery/);
  });

  it('says so when AWS throttles', async () => {
    const { source, world } = await aSource(kind, { clients: { attemptsMax: 1 } });
    world.faults.throttleNext(1, ASKS[kind]);
    const { targets } = await search(source, QUESTION);
    expect(targets[0]?.outcome).toBe('throttled');
  });

  it('says so when the store is not there', async () => {
    const { source } = await aSource(kind, { settings: { home: EAST } });
    const { targets } = await search(source, QUESTION);
    expect(targets[0]).toMatchObject({ outcome: 'failed' });
    expect(targets[0]?.explanation).toMatch(/No .* exists in us-east-1/);
  });

  it('says so when AWS does not answer', async () => {
    const { source, world } = await aSource(kind, {
      clients: { attemptsMax: 1, requestTimeoutMs: 100, lookupTimeoutMs: 100 },
    });
    world.faults.add({ kind: 'hang', operation: ASKS[kind] });
    const { targets } = await search(source, QUESTION);
    expect(targets[0]?.outcome).toBe('timed-out');
  });

  it('stops the query at AWS when nobody waits any more', async () => {
    const { source, world } = await aSource(kind, { store: { queriesEnd: 'never' } });
    const stop = new AbortController();
    const searching = source.search(aSearch(QUESTION), stop.signal);
    await until('it is asked about', () => callsOf(world, ASKS[kind]).length > 1);

    stop.abort();

    expect((await searching).targets[0]?.outcome).toBe('timed-out');
    expect(callsOf(world, STOPS[kind])).toMatchObject([{ status: 200 }]);
  });

  it('stops nothing that is done', async () => {
    const { source, world } = await aSource(kind);
    await search(source, QUESTION);
    expect(callsOf(world, STOPS[kind])).toEqual([]);
  });

  it('tells how far it is', async () => {
    const { source } = await aSource(kind);
    const told: string[] = [];
    await search(source, QUESTION, { onProgress: (sentence) => told.push(sentence) });
    expect(told[0]).toMatch(/^Searching Cloud/);
    expect(told.at(-1)).toBe('1 calls read, 1 match.');
  });
});

describe('a full house', () => {
  it('is told after some tries: Lake runs ten queries at once', async () => {
    const { source, world } = await aSource('lake', { store: { queriesEnd: 'never' } });
    const QueryStatement = `SELECT eventJson FROM ${STORE_ID}`;
    for (let started = 0; started < 10; started += 1) {
      await cloudTrail(world).send(new StartQueryCommand({ QueryStatement }));
    }
    const { targets } = await search(source, QUESTION);
    expect(targets[0]).toMatchObject({ outcome: 'throttled' });
    expect(targets[0]?.explanation).toContain('ask again in a minute');
    expect(callsOf(world, 'StartQuery')).toHaveLength(13);
  });
});

describe('Insights events', () => {
  const insight = {
    eventVersion: '1.08',
    eventTime: '2026-10-14T10:42:00Z',
    awsRegion: 'eu-west-1',
    eventID: '55ed45c5-0b0c-4228-9fe5-a1b2c3d4e5f6',
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: account,
    sharedEventID: '979c82fe-14d4-4e4c-aa01-a1b2c3d4e5f6',
    insightDetails: {
      state: 'Start',
      eventSource: 'autoscaling.amazonaws.com',
      eventName: 'CompleteLifecycleAction',
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: { baseline: { average: 0.01 }, insight: { average: 5 } },
        attributions: [],
      },
    },
    eventCategory: 'Insight',
  };

  it('are read from a log group that holds them', async () => {
    const { source } = await aSource('logs-insights', {
      events: [insight],
      store: { categories: ['Insight'] },
      settings: { holds: ['insight'] },
    });
    const { records } = await search(source, `id:${insight.eventID}`);
    expect(records).toMatchObject([
      { category: 'insight', eventName: 'CompleteLifecycleAction', insight: { state: 'start' } },
    ]);
  });

  it('are not looked for in Lake, which keeps them without the whole record', async () => {
    const { source } = await aSource('lake', { settings: { holds: ['management', 'insight'] } });
    expect(source.reach.holds).toEqual(['management']);
    expect(source.reach.gaps.join()).toContain('Insights events');
  });
});

describe('what a store covers', () => {
  it.each([
    ['its own account', {}, null, 'eu-west-1', true],
    ['all Regions', {}, null, 'ap-south-1', true],
    ['a Region it names', { regions: ['eu-west-1'] }, null, 'eu-west-1', true],
    ['no other Region', { regions: ['eu-west-1'] }, null, 'us-east-1', false],
    ['an account it names', { accountIds: ['111122223333'] }, '111122223333', 'us-east-1', true],
    ['no other account', { accountIds: ['111122223333'] }, '999988887777', 'us-east-1', false],
    ['no other than its own', {}, '999988887777', 'us-east-1', false],
  ] as const)('is %s', async (_, settings, accountId, region, expected) => {
    const { source } = await aSource('logs-insights', { settings });
    expect(source.reach.covers({ accountId, region })).toBe(expected);
  });
});
