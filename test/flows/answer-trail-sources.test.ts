import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLakeSource } from '../../src/aws/lake/lake-source.ts';
import { createLogsSource } from '../../src/aws/logs/logs-source.ts';
import type { TrailAnswer } from '../../src/domain/trail/answer.ts';
import { answerTrail, type TrailReply } from '../../src/flows/answer-trail.ts';
import { createEventHistory } from '../../src/flows/event-history.ts';
import type { EventStoreSettings, TrailSource } from '../../src/ports.ts';
import { type AwsReplay, startAwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import type { ReplayStore } from '../../src/simulator/aws/stores/kept-records.ts';
import { anAwsSide } from '../aws/support.ts';
import { account, atMs, record, startWorld } from '../simulator/aws/replay-support.ts';
import { createKeptLog } from '../support/kept-log.ts';

const STORE_ID = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
const GROUP = 'cloudtrail/all';
const WEST = { accountId: null, region: 'eu-west-1' };
const EVERYTHING = ['Management', 'Data', 'Insight'] as const;
const demo = fileURLToPath(new URL('../../src/simulator/incidents/checkout-5xx', import.meta.url));

interface Setting {
  readonly logs?: Partial<EventStoreSettings>;
  readonly lake?: Partial<EventStoreSettings>;
  /** What the log group says was read then, and kept since. */
  readonly readAtMs?: number;
}

const readAt = (source: TrailSource, readAtMs: number | undefined): TrailSource => ({
  ...source,
  search: async (search, signal) => ({ ...(await source.search(search, signal)), readAtMs }),
});

/** Asks as Slack does, with the sources that a configuration would name. */
async function askIn(world: AwsReplay, question: string, { logs, lake, readAtMs }: Setting) {
  const side = await anAwsSide({ endpoint: world.endpointUrl });
  const deps = { ...side, log: createKeptLog() };
  const shared = { home: WEST, accountIds: null, regions: null, holds: ['management'] } as const;
  const reply = await answerTrail(
    {
      store: { recordAudit: async () => undefined },
      clock: { nowMs: () => atMs },
      log: createKeptLog(),
      activity: side.activity,
      sources: [
        createEventHistory(side.activity),
        ...(logs
          ? [readAt(createLogsSource(deps, { ...shared, names: [GROUP], ...logs }), readAtMs)]
          : []),
        ...(lake ? [createLakeSource(deps, { ...shared, names: [STORE_ID], ...lake })] : []),
      ],
      scopeOf: () => ({ targets: [WEST], accountNames: new Map() }),
      people: { describe: async (userId) => ({ userId, name: 'Ana', timeZone: 'UTC' }) },
    },
    {
      kind: 'answer-trail',
      answerId: 'trail-1',
      page: 0,
      look: 0,
      about: 'question',
      question,
      deliver: 'to-asker',
      userId: 'U1',
      channelId: 'C1',
      threadTs: null,
      replyUrl: null,
      incidentId: null,
      askedAtMs: atMs,
    },
    new AbortController().signal,
  );
  return reply;
}

function answerOf(reply: TrailReply): TrailAnswer {
  expect(reply).toMatchObject({ kind: 'answer' });
  return (reply as { readonly answer: TrailAnswer }).answer;
}

const stores = (store: Partial<ReplayStore> = {}) => {
  const kept = { account, region: 'eu-west-1', categories: EVERYTHING, ...store };
  return { logGroups: { [GROUP]: kept }, eventDataStores: { [STORE_ID]: kept } };
};

const servicesOf = (world: AwsReplay) => [
  ...new Set(world.calls.map(({ service, operation }) => `${service}.${operation}`)),
];

const deletion = record('deletion', {
  eventSource: 's3.amazonaws.com',
  eventName: 'DeleteObject',
  eventCategory: 'Data',
  managementEvent: false,
  requestParameters: { bucketName: 'maps', key: 'eu/a.png' },
  resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::maps/eu/a.png' }],
});
const longAgo = record('long-ago', { eventTime: '2026-05-01T08:00:00Z' });

describe('the same question in all places', () => {
  it.each([
    'who stopped i-0c4e8d21f6ab97530',
    'who stopped i-0c4e8d21f6ab97530 since 30m',
    'who stopped i-0f1a2b3c4d5e60718',
    'who terminated i-0c4e8d21f6ab97530',
    'event:UpdateFunctionCode pricing-quote',
    'event:PutParameter /reports/prod/batch-size',
    'who assumed ops-jump',
    'user:ilse.varga since 12h',
    'role:config-writer since 12h',
    'is:denied since 12h',
    'source:rds is:write since 12h',
    'agent:terraform since 12h',
  ])('has the same answer: `%s`', async (question) => {
    const replay = await startAwsReplay({
      folder: demo,
      nowMs: () => atMs,
      lookupsPerSecond: 1_000,
      ...stores(),
    });
    onTestFinished(() => replay.close());
    const places = { logs: {}, lake: {} };

    const [history, logs, lake] = await Promise.all(
      ['history', 'logs', 'lake'].map(async (place) =>
        answerOf(await askIn(replay, `${question} in:${place}`, places)),
      ),
    );

    expect(logs?.coverage.source).toBe('logs-insights');
    expect(lake?.coverage.source).toBe('lake');
    expect(logs?.lead?.record.eventId).toBe(history?.lead?.record.eventId);
    expect(lake?.lead?.who).toEqual(history?.lead?.who);
    expect(lake?.lead?.record.eventId).toBe(history?.lead?.record.eventId);
    expect(logs?.records.map(({ eventId }) => eventId)).toEqual(
      lake?.records.map(({ eventId }) => eventId),
    );
  });
});

describe('where a question is asked', () => {
  it('is Event history, and no query costs anything, where that can answer', async () => {
    const world = await startWorld({ events: [record('e1')] }, stores());
    const answer = answerOf(await askIn(world, 'who stopped i-0c4e8d21f6ab97530', { logs: {} }));
    expect(answer).toMatchObject({ sourceReason: null, coverage: { source: 'event-history' } });
    expect(servicesOf(world)).toEqual(['cloudtrail.LookupEvents']);
  });

  it('is the event data store for what is older than 90 days, and that is said', async () => {
    const world = await startWorld({ events: [longAgo] }, stores());
    const question = 'who stopped i-0c4e8d21f6ab97530 since 200d';
    const answer = answerOf(await askIn(world, question, { lake: {} }));
    expect(answer.lead?.record.eventId).toBe('long-ago');
    expect(answer).toMatchObject({
      matchedBy: 'full search',
      sourceReason:
        'Searched in CloudTrail Lake, because the time is past the 90 days of Event history.',
      coverage: { source: 'lake' },
    });
  });

  it('is nowhere for a Region of which nothing reaches back so far: it is told as not checked', async () => {
    const world = await startWorld({ events: [longAgo] }, stores());
    const lake = { regions: ['eu-west-1'] };
    const answer = answerOf(await askIn(world, 'StopInstances since 200d', { lake }));
    expect(answer.coverage.targets).toMatchObject([
      { region: 'eu-west-1', outcome: 'found' },
      {
        region: 'us-east-1',
        outcome: 'disabled',
        explanation: expect.stringContaining('holds nothing of it'),
      },
    ]);
  });

  it('is a log group for a data event, which Event history never shows', async () => {
    const world = await startWorld({ events: [deletion] }, stores());
    const logs = { holds: ['management', 'data'] } as const;
    const question = 'who deleted arn:aws:s3:::maps/eu/a.png';
    const answer = answerOf(await askIn(world, question, { logs }));
    expect(answer.lead).toMatchObject({
      record: { eventId: 'deletion', category: 'data' },
      who: { label: 'noor@example.com' },
    });
    expect(answer.sourceReason).toMatch(/a call on an S3 object is a data event/);
  });

  it('is Event history for a Region that the log group does not hold, and that is said', async () => {
    const events = [record('west'), record('east', { awsRegion: 'us-east-1' })];
    const world = await startWorld({ events }, stores({ regions: ['eu-west-1'] }));
    const logs = { regions: ['eu-west-1'] };
    const answer = answerOf(await askIn(world, 'role:Operator is:write since 8h', { logs }));
    expect(answer.records.map(({ eventId }) => eventId).sort()).toEqual(['east', 'west']);
    expect(answer.sourceReason).toMatch(/Event history was asked about us-east-1/);
    expect(answer.coverage.gaps.join()).toMatch(/data events.*larger than 256 KB/);
    expect(answer.coverage.targets).toMatchObject([
      { region: 'eu-west-1', outcome: 'found', explanation: null },
      { region: 'us-east-1', outcome: 'found', explanation: 'Asked in Event history.' },
    ]);
  });

  it('is all that may hold it, for an event id', async () => {
    const logs = { holds: ['management', 'data'] } as const;
    const id = '0c4e8d21-97c2-4f9e-8f1c-0123456789ab';
    const world = await startWorld({ events: [{ ...deletion, eventID: id }] }, stores());
    const answer = answerOf(await askIn(world, id, { logs }));
    expect(answer.lead?.record.eventId).toBe(id);
    expect(answer.coverage).toMatchObject({ source: 'logs-insights', targets: [{}, {}] });
    expect(answer.sourceReason).toContain('Searched in CloudWatch Logs too');
    expect(answer.coverage.gaps).toEqual(['kubectl and changes inside instances']);
  });

  it('is Event history alone for an event id that it has', async () => {
    const id = '0c4e8d21-97c2-4f9e-8f1c-0123456789ab';
    const world = await startWorld({ events: [record(id)] }, stores());
    const logs = { holds: ['management', 'data'] } as const;
    const answer = answerOf(await askIn(world, id, { logs }));
    expect(answer).toMatchObject({ sourceReason: null, coverage: { source: 'event-history' } });
    expect(servicesOf(world)).not.toContain('logs.StartQuery');
  });

  it('is nowhere else when one place was named and fails: what it did not check is said', async () => {
    const world = await startWorld({ events: [record('e1')] }, stores({ queriesEnd: 'failed' }));
    const answer = answerOf(await askIn(world, 'StopInstances in:logs', { logs: {} }));
    expect(answer.notFound).toContain('Nothing could be checked');
    expect(servicesOf(world)).not.toContain('cloudtrail.LookupEvents');
  });
});

describe('an answer from what was read some time ago', () => {
  it('says that what came since may be missing', async () => {
    const world = await startWorld({ events: [record('e1')] }, stores());
    const asked = 'who stopped i-0c4e8d21f6ab97530 in:logs';
    const missing = async (readAtMs?: number) =>
      answerOf(await askIn(world, asked, { logs: {}, ...(readAtMs && { readAtMs }) })).coverage
        .mayStillArriveAfterMs;
    expect(await missing()).toBe(atMs - 15 * 60_000);
    expect(await missing(atMs - 10 * 60_000)).toBe(atMs - 25 * 60_000);
  });
});

describe('a question that no configured place can answer', () => {
  it.each([
    ['who stopped i-0abc in:lake', /CloudTrail Lake is not set up for this bot/],
    ['who stopped i-0abc since 91d', /90 days.*Lake could answer, but none is configured/],
    ['event:GetObject', /GetObject is a data event: Event history never holds those/],
    ['i-0abc in:files', /redthread trail --events PATH/],
  ])('is refused in words, and AWS is not asked: `%s`', async (question, sentence) => {
    const world = await startWorld({ events: [record('e1')] }, stores());
    const reply = await askIn(world, question, {});
    expect(reply).toMatchObject({ kind: 'error', sentence: expect.stringMatching(sentence) });
    expect(world.calls).toEqual([]);
  });
});
