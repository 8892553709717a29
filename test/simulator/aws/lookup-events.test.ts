import { describe, expect, it } from 'vitest';
import { at, atMs, ids, lookup, lookupBy, record, startWorld } from './replay-support.ts';

const minuteMs = 60_000;
const time = (minutesBefore: number) =>
  `${new Date(atMs - minutesBefore * minuteMs).toISOString().slice(0, 19)}Z`;
const _many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    record(`e-${String(index).padStart(3, '0')}`, { eventTime: time(index + 1) }),
  );

describe('what LookupEvents lists', () => {
  it('puts the newest event first', async () => {
    const replay = await startWorld({
      events: [
        record('old', { eventTime: time(30) }),
        record('new', { eventTime: time(10) }),
        record('middle', { eventTime: time(20) }),
      ],
    });
    const { Events } = await lookup(replay, {});
    expect(ids(Events)).toEqual(['new', 'middle', 'old']);
  });

  it('carries the whole record as a JSON string and ReadOnly as text', async () => {
    const replay = await startWorld({ events: [record('stop')] });
    const { Events } = await lookup(replay, {});
    const [event] = Events ?? [];
    expect(event).toMatchObject({
      EventName: 'StopInstances',
      ReadOnly: 'false',
      Username: 'noor@example.com',
      AccessKeyId: 'ASIANOOREXAMPLE',
      EventTime: new Date('2026-10-14T10:41:07Z'),
    });
    expect(JSON.parse(event?.CloudTrailEvent ?? '')).toEqual(record('stop'));
  });

  it('counts both ends of the time range in', async () => {
    const replay = await startWorld({
      events: [5, 6, 7, 8].map((minutes) => record(`at-${minutes}`, { eventTime: time(minutes) })),
    });
    const { Events } = await lookup(replay, {
      StartTime: new Date(time(7)),
      EndTime: new Date(time(6)),
    });
    expect(ids(Events)).toEqual(['at-6', 'at-7']);
  });

  it('leaves data, aggregated and Insights events out', async () => {
    const replay = await startWorld({
      events: [
        record('management'),
        record('data', { eventCategory: 'Data', managementEvent: false }),
        record('aggregated', { eventCategory: 'Aggregated' }),
        record('old-data', { eventCategory: undefined, managementEvent: false }),
        record('insight', { eventCategory: 'Insight' }),
      ],
    });
    const { Events } = await lookup(replay, {});
    expect(ids(Events)).toEqual(['management']);
  });

  it('lists Insights when they are asked for', async () => {
    const insightDetails = { eventName: 'RunInstances', eventSource: 'ec2.amazonaws.com' };
    const insight = {
      eventName: undefined,
      eventSource: undefined,
      eventCategory: 'Insight',
      insightDetails,
    };
    const replay = await startWorld({ events: [record('call'), record('burst', insight)] });
    const { Events } = await lookup(replay, {
      EventCategory: 'insight',
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'RunInstances' }],
    });
    expect(ids(Events)).toEqual(['burst']);
  });

  it('lists only the Region that the request is signed for', async () => {
    const replay = await startWorld({
      events: [record('here'), record('there', { awsRegion: 'eu-central-1' })],
    });
    const { Events } = await lookup(replay, {}, { region: 'eu-central-1' });
    expect(ids(Events)).toEqual(['there']);
  });

  it('lists global services in us-east-1 only', async () => {
    const replay = await startWorld({
      events: [record('iam', { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' })],
    });
    const home = await lookup(replay, {});
    const global = await lookup(replay, {}, { region: 'us-east-1' });
    expect([ids(home.Events), ids(global.Events)]).toEqual([[], ['iam']]);
  });

  it('lists only what the signing account received', async () => {
    const accounts = { AKIAONE: '111122223333', AKIATWO: '444455556666' };
    const replay = await startWorld(
      { events: [record('ours'), record('theirs', { recipientAccountId: '444455556666' })] },
      { accounts },
    );
    const { Events } = await lookup(replay, {}, { accessKeyId: 'AKIATWO' });
    expect(ids(Events)).toEqual(['theirs']);
  });

  it('forgets events after 90 days', async () => {
    const replay = await startWorld({
      events: [
        record('kept', { eventTime: time(89 * 24 * 60) }),
        record('gone', { eventTime: time(91 * 24 * 60) }),
      ],
    });
    const { Events } = await lookup(replay, {});
    expect(ids(Events)).toEqual(['kept']);
  });
});

describe('how attributes match', () => {
  const assumed = record('assume', {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: {
      roleArn: 'arn:aws:iam::111122223333:role/deploy',
      roleSessionName: 'job-7',
    },
    responseElements: {
      credentials: { accessKeyId: 'ASIAISSUEDEXAMPLE', sessionToken: 'secret' },
      assumedRoleUser: {
        assumedRoleId: 'AROADEPLOY:job-7',
        arn: 'arn:aws:sts::111122223333:assumed-role/deploy/job-7',
      },
    },
  });

  it.each([
    ['AccessKeyId', 'ASIANOOREXAMPLE'],
    ['EventId', 'stop'],
    ['EventName', 'StopInstances'],
    ['EventSource', 'ec2.amazonaws.com'],
    ['ReadOnly', 'false'],
    ['ResourceName', 'i-0c4e8d21f6ab97530'],
    ['ResourceType', 'AWS::EC2::Instance'],
    ['Username', 'noor@example.com'],
  ])('finds an event by %s', async (key, value) => {
    const replay = await startWorld({ events: [record('stop')] });
    expect(ids(await lookupBy(replay, key, value))).toEqual(['stop']);
  });

  it.each([
    ['EventName', 'stopinstances'],
    ['EventName', 'Stop'],
    ['ResourceName', 'i-0c4e8d21'],
    ['ResourceName', 'I-0C4E8D21F6AB97530'],
    ['ResourceName', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0c4e8d21f6ab97530'],
    ['Username', 'noor'],
    ['Username', 'Operator'],
  ])('finds nothing by %s %s: matches are exact', async (key, value) => {
    const replay = await startWorld({ events: [record('stop')] });
    expect(await lookupBy(replay, key, value)).toEqual([]);
  });

  it.each([
    ['the key it issued', 'ASIAISSUEDEXAMPLE'],
    ['the session id', 'AROADEPLOY:job-7'],
    ['the session name', 'job-7'],
    ['the session ARN', 'arn:aws:sts::111122223333:assumed-role/deploy/job-7'],
    ['the role ARN', 'arn:aws:iam::111122223333:role/deploy'],
  ])('finds AssumeRole by %s', async (_, name) => {
    const replay = await startWorld({ events: [assumed] });
    expect(ids(await lookupBy(replay, 'ResourceName', name))).toEqual(['assume']);
  });

  it.each([
    [
      'a Lambda function',
      { functionName: 'arn:aws:lambda:eu-west-1:1:function:pricing' },
      'pricing',
    ],
    ['a database', { dBInstanceIdentifier: 'orders-prod' }, 'orders-prod'],
    ['a KMS key', { keyId: 'arn:aws:kms:eu-west-1:1:key/7' }, 'arn:aws:kms:eu-west-1:1:key/7'],
    ['an SNS topic', { topicArn: 'arn:aws:sns:eu-west-1:1:t' }, 'arn:aws:sns:eu-west-1:1:t'],
    [
      'a nested security group',
      { a: [{ b: { c: 'sg-0d7e4c1b9f3a82650' } }] },
      'sg-0d7e4c1b9f3a82650',
    ],
  ])('lists %s in the form CloudTrail keeps', async (_, requestParameters, name) => {
    const replay = await startWorld({ events: [record('change', { requestParameters })] });
    expect(ids(await lookupBy(replay, 'ResourceName', name))).toEqual(['change']);
  });

  it('finds a denied call by no resource: its parameters were never recorded', async () => {
    const denied = record('denied', {
      errorCode: 'AccessDenied',
      errorMessage: 'not authorized on resource: arn:aws:rds:eu-west-1:1:db:orders-prod',
      requestParameters: null,
    });
    const replay = await startWorld({ events: [denied] });
    expect(await lookupBy(replay, 'ResourceName', 'orders-prod')).toEqual([]);
  });
});

describe('what LookupEvents refuses', () => {
  const name = { AttributeKey: 'EventName', AttributeValue: 'StopInstances' } as const;
  it.each([
    ['two attributes', { LookupAttributes: [name, name] }, 'InvalidLookupAttributesException'],
    [
      'an unknown attribute',
      { LookupAttributes: [{ AttributeKey: 'SourceIp' as 'EventName', AttributeValue: 'x' }] },
      'InvalidLookupAttributesException',
    ],
    [
      'a resource among Insights',
      {
        EventCategory: 'insight',
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'x' }],
      },
      'InvalidLookupAttributesException',
    ],
    [
      'an unknown category',
      { EventCategory: 'data' as 'insight' },
      'InvalidEventCategoryException',
    ],
    ['no results', { MaxResults: 0 }, 'InvalidMaxResultsException'],
    ['51 results', { MaxResults: 51 }, 'InvalidMaxResultsException'],
    [
      'a range that ends before it starts',
      { StartTime: new Date(at), EndTime: new Date(time(1)) },
      'InvalidTimeRangeException',
    ],
    ['a made-up token', { NextToken: 'abc' }, 'InvalidNextTokenException'],
  ] as const)('refuses %s', async (_, input, code) => {
    const replay = await startWorld({ events: [record('stop')] });
    await expect(lookup(replay, input as object)).rejects.toMatchObject({
      name: code,
      $metadata: { httpStatusCode: 400 },
    });
  });
});
