import { describe, expect, it } from 'vitest';
import { chooseSources } from '../../../../src/domain/trail/query/choose-source.ts';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../../src/domain/trail/query/query.ts';
import type {
  AskedTarget,
  Reach,
  SourceChoice,
} from '../../../../src/domain/trail/query/source-reach.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const WEST = { accountId: '111122223333', region: 'eu-west-1' };
const EAST = { accountId: '111122223333', region: 'us-east-1' };

interface Source {
  readonly reach: Reach<AskedTarget>;
}

function aSource(changes: Partial<Reach<AskedTarget>> & Pick<Reach<AskedTarget>, 'id'>): Source {
  return {
    reach: {
      lookbackMaxMs: null,
      holds: ['management'],
      searchesEverything: true,
      covers: () => true,
      ...changes,
    },
  };
}

const HISTORY = aSource({
  id: 'event-history',
  lookbackMaxMs: 90 * 86_400_000,
  searchesEverything: false,
});
const LOGS = aSource({ id: 'logs-insights' });
const LOGS_IN_WEST = aSource({
  id: 'logs-insights',
  covers: ({ region }) => region === 'eu-west-1',
});
const DATA_LOGS = aSource({ id: 'logs-insights', holds: ['data'] });
const ALL_LOGS = aSource({ id: 'logs-insights', holds: ['management', 'data', 'insight'] });
const LAKE = aSource({ id: 'lake', holds: ['management', 'data'] });

function choose(line: string, ...others: readonly Source[]) {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(line, context) as { query: TrailQuery };
  return chooseSources({ query, targets: [WEST, EAST], sources: [HISTORY, ...others], nowMs });
}

function searched(line: string, ...others: readonly Source[]) {
  const choice = choose(line, ...others);
  expect(choice).toMatchObject({ kind: 'choice' });
  const { searches, uncovered, reason } = choice as SourceChoice<Source, AskedTarget>;
  return {
    where: searches.map(({ source, targets }) => [
      source.reach.id,
      targets.map(({ region }) => region),
    ]),
    uncovered: uncovered.map(({ target }) => target.region),
    reason,
  };
}

function refusedWith(line: string, ...others: readonly Source[]): string {
  const choice = choose(line, ...others);
  expect(choice).toMatchObject({ kind: 'refusal' });
  return (choice as { readonly sentence: string }).sentence;
}

const BOTH = ['eu-west-1', 'us-east-1'];

describe('where a question is searched', () => {
  it.each([
    ['who stopped i-0abc', [LOGS, LAKE], 'event-history'],
    ['who stopped i-0abc since 60d', [LOGS, LAKE], 'event-history'],
    ['role:deployer since 3h', [LOGS], 'event-history'],
    ['role:deployer since 2d', [LOGS], 'logs-insights'],
    ['198.51.100.7 since 2d', [LAKE], 'lake'],
    ['agent:terraform since 2d', [LOGS, LAKE], 'logs-insights'],
    ['error:Throttling since 2d', [LOGS], 'logs-insights'],
    ['who deleted since 2d', [LOGS], 'logs-insights'],
    ['role:deployer event:DeleteTopic since 2d', [LOGS], 'event-history'],
    ['role:deployer since 2d', [DATA_LOGS], 'event-history'],
    ['who stopped i-0abc since 91d', [LOGS], 'logs-insights'],
    ['who stopped i-0abc since 91d', [LAKE, LOGS], 'lake'],
    ['event:GetObject', [LAKE], 'lake'],
    ['event:GetObject', [LOGS, DATA_LOGS], 'logs-insights'],
    ['event:getobject source:s3', [LAKE], 'lake'],
    ['who deleted arn:aws:s3:::maps/eu/a.png', [LAKE], 'lake'],
    ['who deleted arn:aws:s3:::maps', [LAKE], 'event-history'],
    ['event:Query source:logs', [LAKE], 'event-history'],
    ['who stopped i-0abc in:lake', [LOGS, LAKE], 'lake'],
    ['who stopped i-0abc in:logs', [LOGS, LAKE], 'logs-insights'],
    ['role:deployer since 2d in:history', [LOGS], 'event-history'],
  ])('`%s`', (line, others, id) => {
    expect(searched(line, ...others).where).toEqual([[id, BOTH]]);
  });

  it.each([
    ['event:GetObject', 'GetObject is a data event, and Event history holds none'],
    ['i-0abc since 91d', 'the time is past the 90 days of Event history'],
    ['role:deployer since 2d', 'would have to be read whole'],
  ])('is told with the reason: `%s`', (line, reason) => {
    expect(searched(line, LAKE).reason).toContain(`Searched in CloudTrail Lake, because`);
    expect(searched(line, LAKE).reason).toContain(reason);
  });

  it('goes without saying where it is Event history, or where the person chose it', () => {
    expect(searched('who stopped i-0abc', LAKE).reason).toBeNull();
    expect(searched('who stopped i-0abc in:lake', LAKE).reason).toBeNull();
  });

  it('is Event history for what the chosen source does not hold, and that is said', () => {
    const { where, reason } = searched('role:deployer since 2d', LOGS_IN_WEST);
    expect(where).toEqual([
      ['logs-insights', ['eu-west-1']],
      ['event-history', ['us-east-1']],
    ]);
    expect(reason).toMatch(
      /Event history was asked about us-east-1 .*CloudWatch Logs does not hold/,
    );
  });

  it('is another store where one does not cover all', () => {
    const { where } = searched('i-0abc since 91d', LOGS_IN_WEST, LAKE, HISTORY);
    expect(where).toEqual([['lake', BOTH]]);
  });

  it('is nowhere for what nothing reaches: that is told by target', () => {
    const { where, uncovered } = searched('i-0abc since 91d', LOGS_IN_WEST);
    expect(where).toEqual([['logs-insights', ['eu-west-1']]]);
    expect(uncovered).toEqual(['us-east-1']);
  });

  it('is nowhere for a data event that Event history would never have', () => {
    const { uncovered } = searched(
      'event:GetObject',
      aSource({ id: 'lake', holds: ['data'], covers: ({ region }) => region === 'eu-west-1' }),
    );
    expect(uncovered).toEqual(['us-east-1']);
  });

  it('keeps to the place that was named, and says of what it holds nothing', () => {
    const { where, uncovered } = searched('i-0abc in:logs', LOGS_IN_WEST);
    expect(where).toEqual([['logs-insights', ['eu-west-1']]]);
    expect(uncovered).toEqual(['us-east-1']);
  });

  it.each([
    '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab',
    'who invoked arn:aws:lambda:eu-west-1:111122223333:function:f',
  ])('is also what holds other events, where it may be one of them: `%s`', (line) => {
    expect(searched(line, ALL_LOGS).where).toEqual([
      ['event-history', BOTH],
      ['logs-insights', BOTH],
    ]);
    expect(searched(line, LOGS).where).toEqual([['event-history', BOTH]]);
  });
});

describe('a question that nothing can answer', () => {
  it.each([
    ['i-0abc since 91d', [], /90 days.*none that does is configured.*trail --events PATH/],
    ['i-0abc since 91d', [DATA_LOGS], /90 days.*none that does is configured/],
    ['event:GetObject', [LOGS], /GetObject is a data event: Event history never holds those/],
    ['error:VpceAccessDenied', [LAKE], /network event/],
    ['i-0abc in:lake', [LOGS], /CloudTrail Lake is not set up.*`in:history` and `in:logs`/],
    ['i-0abc in:files', [LOGS], /command line.*trail --events PATH/],
    ['i-0abc since 91d in:history', [LAKE], /90 days.*Ask with `in:lake`/],
    ['i-0abc since 91d in:history', [], /90 days.*none that does is configured/],
    ['event:GetObject in:logs', [LOGS, LAKE], /CloudWatch Logs holds none here.*`in:lake`/],
    ['event:GetObject in:history', [DATA_LOGS], /Event history holds none here.*`in:logs`/],
  ])('is told what could: `%s`', (line, others, sentence) => {
    expect(refusedWith(line, ...others)).toMatch(sentence);
  });

  it('is told when what could answer holds nothing of what is asked about', () => {
    const elsewhere = aSource({ id: 'lake', covers: () => false });
    expect(refusedWith('i-0abc since 91d', elsewhere)).toMatch(
      /CloudTrail Lake could answer, but not about eu-west-1 of account 111122223333 and/,
    );
    expect(refusedWith('i-0abc in:lake', elsewhere)).toMatch(/holds nothing of eu-west-1/);
  });
});
