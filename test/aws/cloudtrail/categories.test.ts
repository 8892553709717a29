import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnvelope, parseRecord } from '../../../src/aws/cloudtrail/schema.ts';
import { answerQuestion } from '../../../src/domain/trail/answer.ts';
import { matchesQuery } from '../../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { reduceRecord } from '../../../src/domain/trail/reduce-record.ts';
import { anEventId, aRawRecord } from '../../support/raw-record.ts';
import { anInsightRecord, anUnsignedDataRecord } from '../../support/record-kinds.ts';

function read(value: unknown): TrailRecord {
  const raw = parseRecord(value);
  if (raw === null) throw new Error('not read');
  return reduceRecord(raw);
}

function ask(question: string, records: readonly TrailRecord[]) {
  const nowMs = Date.parse('2026-03-10T12:00:00Z');
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, context) as { query: TrailQuery };
  const matching = records.filter((record) => matchesQuery(query, record));
  const rest = { targets: [], skippedCount: 0, deliveredUntilMs: nowMs };
  return answerQuestion({ question, query, records: matching, ...rest });
}

describe('an Insights event', () => {
  it('is read as a finding about the call it is about, never as a change', () => {
    expect(read(anInsightRecord())).toMatchObject({
      category: 'insight',
      eventName: 'UpdateAutoScalingGroup',
      eventSource: 'autoscaling.amazonaws.com',
      accountId: '111122223333',
      sharedEventId: '30000000-0000-4000-8000-00000000000c',
      readOnly: true,
      channel: 'service',
      accessKeyId: null,
      sourceAddress: null,
      principal: { label: 'CloudTrail Insights', kind: 'service', mfa: null },
      insight: {
        state: 'start',
        measure: 'call-rate',
        errorCode: null,
        baselinePerMinute: 0.0002,
        insightPerMinute: 8,
        durationMinutes: 3,
      },
    });
  });

  it('puts the strongest first of those whom CloudTrail puts it down to', () => {
    const shares = read(anInsightRecord()).insight?.attributions.map(
      ({ attribute, value, insightPerMinute, baselinePerMinute }) =>
        [attribute, value, insightPerMinute, baselinePerMinute] as const,
    );

    expect(shares).toEqual([
      ['identity', 'arn:aws:sts::111122223333:assumed-role/deploy', 6, 0.0002],
      ['identity', 'arn:aws:sts::111122223333:assumed-role/nightly', 2, null],
      ['user-agent', 'aws-cli/2.15.0', 8, null],
      ['error-code', 'null', 8, 0.0002],
    ]);
  });

  it('tells its end, and errors as errors', () => {
    const details = { state: 'End', insightType: 'ApiErrorRateInsight', errorCode: 'AccessDenied' };

    expect(read(anInsightRecord(details)).insight).toMatchObject({
      state: 'end',
      measure: 'error-rate',
      errorCode: 'AccessDenied',
    });
  });

  it('comes out of LookupEvents as out of files', () => {
    const CloudTrailEvent = JSON.stringify(anInsightRecord());

    expect(parseEnvelope({ CloudTrailEvent }, 'eu-west-1')).toEqual(parseRecord(anInsightRecord()));
  });

  it('is read without its context, and known by its type alone', () => {
    const bare = { insightContext: undefined };
    const { insight } = read(anInsightRecord(bare, { eventCategory: undefined }));

    expect(insight).toMatchObject({ insightPerMinute: null, attributions: [] });
  });

  it.each([
    ['a state still to come', { state: 'Middle' }],
    ['another measure', { insightType: 'ApiLatencyInsight' }],
    ['no name of a call', { eventName: undefined }],
    ['a name that could be markup', { eventName: '<!channel>' }],
  ])('is left out with %s', (_what, details) => {
    expect(parseRecord(anInsightRecord(details))).toBeNull();
  });

  it('is found by its id, and otherwise answers only where no call does', () => {
    const finding = read(anInsightRecord());
    const call = read(
      aRawRecord({
        eventID: anEventId(7),
        eventTime: '2026-03-10T09:00:00Z',
        eventSource: 'autoscaling.amazonaws.com',
        eventName: 'UpdateAutoScalingGroup',
      }),
    );
    const leadOf = (question: string, records: readonly TrailRecord[]) =>
      ask(question, records).lead?.record.eventId ?? null;

    expect(leadOf(`id:${finding.eventId}`, [finding, call])).toBe(finding.eventId);
    expect(leadOf('event:UpdateAutoScalingGroup', [finding, call])).toBe(call.eventId);
    expect(leadOf('event:UpdateAutoScalingGroup', [finding])).toBe(finding.eventId);
    expect(leadOf('is:write since 12h', [finding])).toBeNull();
  });

  it('is read or left out, whatever stands in it', () => {
    const details = fc.record(
      {
        state: fc.oneof(fc.constantFrom('Start', 'End'), fc.jsonValue()),
        eventName: fc.oneof(fc.constant('StopInstances'), fc.jsonValue()),
        insightType: fc.oneof(fc.constant('ApiCallRateInsight'), fc.jsonValue()),
        insightContext: fc.oneof(
          fc.jsonValue(),
          fc.record({ statistics: fc.jsonValue(), attributions: fc.jsonValue() }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(details, (changes) => {
        const raw = parseRecord(anInsightRecord(changes));

        expect(raw === null ? 'insight' : reduceRecord(raw).category).toBe('insight');
      }),
    );
  });
});

describe('the categories of events', () => {
  it.each([
    ['Management', 'management'],
    ['Data', 'data'],
    ['NetworkActivity', 'network'],
    [undefined, 'management'],
  ])('%s are read as %s', (eventCategory, category) => {
    expect(read(aRawRecord({ eventCategory })).category).toBe(category);
  });

  it.each(['Aggregated', 'Tomorrow', 'Insight', 7])('leave out what is %s', (eventCategory) => {
    expect(parseRecord(aRawRecord({ eventCategory }))).toBeNull();
  });
});

describe('a sign-in', () => {
  const signIn = (changes: Readonly<Record<string, unknown>>) =>
    read(
      aRawRecord({
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: { type: 'IAMUser', userName: 'ines', accountId: '111122223333' },
        requestParameters: null,
        ...changes,
      }),
    );

  it('that succeeded is by the person it names', () => {
    const { principal, errorMessage } = signIn({ responseElements: { ConsoleLogin: 'Success' } });

    expect(errorMessage).toBeNull();
    expect(principal).toMatchObject({ label: 'ines', kind: 'human', confidence: 'high' });
  });

  it.each([
    ['failed', { responseElements: { ConsoleLogin: 'Failure' } }, 'Failure'],
    ['was refused', { errorMessage: 'Failed authentication' }, 'Failed authentication'],
    ['had only begun', { eventName: 'CheckMfa', responseElements: { CheckMfa: 'Success' } }, null],
  ])('that %s is by nobody that is known', (_what, changes, errorMessage) => {
    expect(signIn(changes)).toMatchObject({
      errorMessage,
      principal: { label: 'ines', kind: 'unknown', confidence: 'low' },
    });
  });

  it('under no user’s name shows no name, which may be a password', () => {
    const userName = 'HIDDEN_DUE_TO_SECURITY_REASONS';
    const userIdentity = { type: 'IAMUser', accountId: '111122223333', accessKeyId: '', userName };

    expect(signIn({ userIdentity, errorMessage: 'No username found' }).principal.label).toBe(
      'a user name that AWS hides',
    );
  });
});

describe('what a record may lack', () => {
  it('is its id: it gets one that is always the same and of nobody else', () => {
    const ids = [{}, {}, { eventName: 'StartInstances' }].map(
      (changes) => read(aRawRecord({ eventID: undefined, ...changes })).eventId,
    );

    expect(ids[0]).toMatch(/^no-id-[0-9a-f]{24}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each([
    ['2026-03-10T10:00:00Z', '2026-03-10T10:00:00Z'],
    ['2026-03-10 10:00:00', '2026-03-10T10:00:00Z'],
    ['2026-03-10 10:00:00.000000000', '2026-03-10T10:00:00Z'],
    ['2026-03-10T12:00:00+02:00', '2026-03-10T10:00:00Z'],
  ])('is the form of its time: %s is UTC', (eventTime, same) => {
    expect(read(aRawRecord({ eventTime })).atMs).toBe(Date.parse(same));
  });

  it.each(['yesterday', '2026-13-40T99:00:00Z', ''])('is not its time: %s', (eventTime) => {
    expect(parseRecord(aRawRecord({ eventTime }))).toBeNull();
  });

  it('is a name: who called without credentials has none, and the kept parts no secret', () => {
    const record = read(anUnsignedDataRecord());

    expect(record).toMatchObject({
      category: 'data',
      mintedAccessKeyId: 'ASIAEXAMPLEEXAMPLE55',
      principal: { label: 'unauthenticated caller', kind: 'unknown' },
      details: [
        {
          label: 'application login through',
          value: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
        },
      ],
    });
    expect(JSON.stringify(record)).not.toContain('PrivateSessionToken');
  });
});
