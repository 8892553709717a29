import { describe, expect, it } from 'vitest';
import type { TargetReport } from '../../../src/domain/coverage.ts';
import { answerQuestion, groupCalls } from '../../../src/domain/trail/answer.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aRecord } from '../../support/trail-record.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const minutesAgo = (minutes: number) => nowMs - minutes * 60_000;
const denied = untrusted('AccessDenied');

const asked: TargetReport = {
  accountId: '111122223333',
  region: 'eu-west-1',
  outcome: 'found',
  count: 1,
  truncated: false,
  explanation: null,
};

function answer(
  question: string,
  records: readonly TrailRecord[],
  targets: readonly TargetReport[] = [asked],
) {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, context) as { query: TrailQuery };
  const deliveredUntilMs = minutesAgo(10);
  return answerQuestion({ question, query, records, targets, skippedCount: 0, deliveredUntilMs });
}

describe('answering a who-did question', () => {
  it('leads with the newest call that succeeded', () => {
    const older = aRecord({ eventId: 'older', atMs: minutesAgo(90) });
    const newer = aRecord({ eventId: 'newer', atMs: minutesAgo(60) });
    const failed = aRecord({ eventId: 'failed', atMs: minutesAgo(30), errorCode: denied });
    const result = answer('who stopped i-0abc', [older, failed, newer]);
    expect(result.lead).toMatchObject({
      record: { eventId: 'newer' },
      who: { label: 'ana@example.com', kind: 'human', confidence: 'high' },
      action: { words: 'stopped', eventName: 'StopInstances' },
      resources: ['i-0abc'],
      failed: false,
    });
    expect(result.others.map(({ records }) => records[0].eventId)).toEqual(['older']);
    expect(result.attempts.map(({ records }) => records[0].eventId)).toEqual(['failed']);
  });

  it('never tells a failed call as the answer', () => {
    const result = answer('who stopped i-0abc', [aRecord({ errorCode: denied })]);
    expect(result.lead).toBeNull();
    expect(result.notFound).toContain('Nobody succeeded in what was checked: one attempt failed');
  });

  it.each([
    ['who changed checkout', 'A name is matched whole: checkout* would find all that begin so.'],
    ['who changed resource:checkout-prod', 'checkout-prod*'],
  ])('says how to find more by a name when nothing is found: %s', (question, hint) => {
    expect(answer(question, []).notFound).toContain(hint);
  });

  it.each([
    'who stopped i-0abc',
    'who changed checkout*',
    'who changed -checkout',
    'what did ana@example.com',
    'who changed arn:aws:sns:eu-west-1:111122223333:orders',
  ])('gives no such hint where it would not help: %s', (question) => {
    expect(answer(question, []).notFound).not.toContain('matched whole');
  });

  it('leads with a failure when failures were asked for', () => {
    const result = answer('i-0abc is:denied', [aRecord({ errorCode: denied })]);
    expect(result.lead).toMatchObject({ failed: true });
    expect(result.attempts).toEqual([]);
  });

  it('prefers what was asked for over what comes close, even when it is older', () => {
    const start = aRecord({ eventId: 'a', eventName: 'StartInstances', atMs: minutesAgo(90) });
    const session = aRecord({ eventId: 'b', eventName: 'StartSession', atMs: minutesAgo(5) });
    expect(answer('who started i-0abc', [session, start]).lead?.record.eventId).toBe('a');
    expect(answer('who started i-0abc', [session]).lead?.record.eventId).toBe('b');
  });

  it('prefers a call about all the names to a newer one about some of them', () => {
    const both = aRecord({ eventId: 'both', atMs: minutesAgo(90), named: ['shop', 'staging'] });
    const one = aRecord({ eventId: 'one', atMs: minutesAgo(60), named: ['shop', 'live'] });
    const question = 'event:StopInstances shop staging';
    expect(answer(question, [one, both]).lead?.record.eventId).toBe('both');
    expect(answer('event:StopInstances shop', [one, both]).lead?.record.eventId).toBe('one');
  });

  it('has no words of its own for events it does not know', () => {
    const result = answer('orders', [
      aRecord({ eventName: 'UpdateGateway2020', named: ['orders'] }),
    ]);
    expect(result.lead?.action.words).toBeNull();
  });

  it('counts a record once that two lookups found', () => {
    expect(answer('StopInstances', [aRecord(), aRecord()]).coverage.recordCount).toBe(1);
  });

  it('says that calls may still arrive only when the window reaches that far', () => {
    expect(answer('StopInstances', []).coverage.mayStillArriveAfterMs).toBe(minutesAgo(10));
    expect(answer('StopInstances until 11:00', []).coverage.mayStillArriveAfterMs).toBeNull();
  });

  it('says what finding nothing does not prove', () => {
    const cut = { ...asked, truncated: true };
    const refused: TargetReport = { ...asked, region: 'us-east-1', outcome: 'denied' };
    const { notFound } = answer('who stopped i-0abc', [], [cut, refused]);
    expect(notFound).toContain('Not checked: us-east-1.');
    expect(notFound).toContain('cut short');
    expect(notFound).toContain('ask again');
  });

  it('names each Region that was not checked once, with the accounts', () => {
    const refused = ['staging', 'prod', 'lab', 'dev', 'old', 'shop'].map(
      (accountName, index): TargetReport => ({
        ...asked,
        accountId: String(222_233_334_444 + index),
        accountName,
        outcome: 'denied',
      }),
    );
    expect(answer('who stopped i-0abc', [], [asked, ...refused]).notFound).toContain(
      `Not checked: ${asked.region} in staging, prod, lab, dev, old and 1 more.`,
    );
  });

  it('says that nothing could be checked when nobody answered', () => {
    const refused: TargetReport = { ...asked, outcome: 'denied' };
    expect(answer('who stopped i-0abc', [], [refused]).notFound).toBe(
      'Nothing could be checked, so this does not say that nobody did it.',
    );
  });

  it('keeps fifty records and counts them all', () => {
    const records = Array.from({ length: 60 }, (_, index) => aRecord({ eventId: `e${index}` }));
    const result = answer('StopInstances', records);
    expect(result.records).toHaveLength(50);
    expect(result.coverage.recordCount).toBe(60);
  });
});

describe('folding bursts', () => {
  const call = (eventId: string, seconds: number, accessKeyId = 'ASIAONE') =>
    aRecord({ eventId, atMs: nowMs - seconds * 1000, accessKeyId });
  const idsOf = (records: readonly TrailRecord[]) =>
    groupCalls(records).map((group) => group.records.map(({ eventId }) => eventId));

  it('folds calls of one session with less than two minutes between them', () => {
    expect(idsOf([call('a', 0), call('b', 119), call('c', 238), call('d', 358)])).toEqual([
      ['a', 'b', 'c'],
      ['d'],
    ]);
  });

  it('keeps sessions apart that are interleaved', () => {
    expect(idsOf([call('a', 0), call('b', 10, 'ASIATWO'), call('c', 20)])).toEqual([
      ['a', 'c'],
      ['b'],
    ]);
  });
});
