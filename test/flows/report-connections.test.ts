import { describe, expect, it } from 'vitest';
import { reportConnections } from '../../src/flows/report-connections.ts';
import { createTargetWatch } from '../../src/flows/watch-targets.ts';
import type { ActivityEnd, ActivitySource, AlarmReading, AlarmSource } from '../../src/ports.ts';
import { OPENED_AT_MS } from '../support/incident-builders.ts';

const TARGET = { accountId: null, region: 'eu-west-1' };
const SHOP = { accountId: '111122223333', region: 'us-east-1' };
const asker = { userId: null, urgency: 'background' } as const;
const signal = new AbortController().signal;

function activityThatEnds(
  end: Pick<ActivityEnd, 'outcome' | 'explanation'>,
  onStop: () => void = () => undefined,
): ActivitySource {
  return {
    lookbackMaxMs: 1,
    deliveryLagMs: 1,
    async *readPages() {
      try {
        yield { records: [], skippedCount: 0 };
      } finally {
        onStop();
      }
      return { accountId: null, recordCount: 0, skippedCount: 0, truncated: false, ...end };
    },
  };
}

function alarmsThatSay(reading: Pick<AlarmReading<never>, 'outcome' | 'explanation'>): AlarmSource {
  const read = async () => ({
    accountId: null,
    items: [],
    skippedCount: 0,
    truncated: false,
    ...reading,
  });
  return { readAlarms: read, readTransitions: read, readContributors: read, readTags: read };
}

const aRequest = {
  target: TARGET,
  asker,
  fromMs: 0,
  toMs: 1,
  attribute: null,
  recordsMax: 1,
};

const health = { slack: true, store: true };
const scopes = [{ targets: [TARGET, SHOP], accountNames: new Map([[SHOP.accountId, 'shop']]) }];

function aWatch() {
  const watch = createTargetWatch({ nowMs: () => OPENED_AT_MS });
  const linesOf = () =>
    reportConnections({ health, storeName: 'Redis', answersOf: watch.answersOf, scopes });
  return { watch, linesOf };
}

describe('the lines about connections', () => {
  it('name Slack, the store, and every place in AWS that may be asked, each once', () => {
    const { watch } = aWatch();
    const answersOf = watch.answersOf;
    const twice = reportConnections({
      health,
      storeName: 'Redis',
      answersOf,
      scopes: [...scopes, ...scopes],
    });

    expect(twice).toEqual([
      { state: 'works', name: 'Slack', words: 'connected', atMs: null },
      { state: 'works', name: 'Redis', words: 'answers', atMs: null },
      ...['AWS in eu-west-1', 'AWS account shop in us-east-1'].map((name) => ({
        state: 'idle',
        name,
        words: 'not asked since I started',
        atMs: null,
      })),
    ]);
  });

  it('say what was denied and why, whatever else answered', async () => {
    const { watch, linesOf } = aWatch();
    const denied = { outcome: 'denied', explanation: 'It lacks cloudtrail:LookupEvents.' } as const;
    const pages = watch.activity(activityThatEnds(denied)).readPages(aRequest, signal);
    await pages.next();
    await pages.next();
    const alarms = watch.alarms(alarmsThatSay({ outcome: 'nothing', explanation: null }));
    await alarms.readAlarms({ target: TARGET, asker, names: null }, signal);

    expect(linesOf()[2]).toEqual({
      state: 'trouble',
      name: 'AWS in eu-west-1',
      words: 'CloudTrail denied it (It lacks cloudtrail:LookupEvents)',
      atMs: OPENED_AT_MS,
    });
  });

  it('say that it answered when a reading was left after its first page, which ends there', async () => {
    const { watch, linesOf } = aWatch();
    let stops = 0;
    const onStop = () => {
      stops += 1;
    };
    const inner = activityThatEnds({ outcome: 'found', explanation: null }, onStop);
    const source = watch.activity(inner);
    const pages = source.readPages(aRequest, signal);
    await pages.next();
    await pages.return(undefined as never);

    expect(linesOf()[2]).toMatchObject({ state: 'works', words: 'CloudTrail answered' });
    expect(stops).toBe(1);
  });

  it('tell when Slack or the store is away, and what keeps a queue from listening', () => {
    const { watch } = aWatch();
    const queue = { queue: 'alarms', takenCount: 3, unreadableCount: 0 };
    const lines = reportConnections({
      health: {
        slack: false,
        store: false,
        alarmQueues: [
          { ...queue, isListening: true, trouble: null },
          { ...queue, isListening: false, trouble: 'The queue does not exist.' },
          { ...queue, isListening: false, trouble: null },
        ],
      },
      storeName: 'Redis',
      answersOf: watch.answersOf,
      scopes: [],
    });

    expect(lines.map(({ state }) => state)).toEqual([
      'trouble',
      'trouble',
      'works',
      'trouble',
      'idle',
    ]);
    expect(lines.map(({ words }) => words)).toEqual([
      'no connection is open just now',
      'does not answer',
      'listened to, 3 taken since I started',
      'The queue does not exist.',
      'not listened to yet',
    ]);
  });
});
