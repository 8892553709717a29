import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import {
  completeLookups,
  type LookupAttribute,
  lookupWords,
  selectiveLookups,
} from '../../../../src/domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../../../../src/domain/trail/query/query.ts';
import type { Place } from '../../../../src/domain/trail/query/resource-names.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const somewhere: Place = { accountId: null, region: 'eu-west-1' };

function queryOf(line: string): TrailQuery {
  const result = parseQuery(line, { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null });
  return (result as { query: TrailQuery }).query;
}

function told(attributes: readonly (LookupAttribute | null)[]): string {
  return attributes
    .map((row) => (row === null ? 'everything' : `${row.key}=${row.value}`))
    .join(' ');
}

const complete = (line: string) => told(completeLookups(queryOf(line)).attributes);
const selective = (line: string, place = somewhere) => told(selectiveLookups(queryOf(line), place));

describe('planning lookups', () => {
  it.each([
    [
      'id:0F0C5B9A-97C2-4F9E-8F1C-0123456789AB i-0abc',
      'EventId=0f0c5b9a-97c2-4f9e-8f1c-0123456789ab',
      '',
    ],
    ['AKIAIOSFODNN7EXAMPLE i-0abc', 'AccessKeyId=AKIAIOSFODNN7EXAMPLE', ''],
    ['who stopped i-0abc', 'EventName=StopInstances', 'ResourceName=i-0abc'],
    ['who changed orders', 'ReadOnly=false', 'ResourceName=orders'],
    ['orders', 'ReadOnly=false', 'ResourceName=orders Username=orders'],
    ['user:ana did', 'everything', 'Username=ana'],
    ['user:Ana@Example.com did', 'everything', 'Username=Ana@Example.com Username=ana@example.com'],
    ['user:ana event:PutObject', 'EventName=PutObject', 'Username=ana'],
    ['event:Delete* source:rds', 'EventSource=rds.amazonaws.com', ''],
    ['role:admin is:write', 'ReadOnly=false', ''],
    ['role:admin is:read', 'ReadOnly=true', ''],
    ['is:root', 'ReadOnly=false', 'Username=root'],
    ['type:AWS::RDS::DBInstance', 'ReadOnly=false', 'ResourceType=AWS::RDS::DBInstance'],
    ['-user:ana StopTask', 'EventName=StopTask', ''],
    ['198.51.100.7', 'ReadOnly=false', ''],
    ['resource:orders-* is:write', 'ReadOnly=false', ''],
    ['event:Decrypt', 'EventName=Decrypt', ''],
    ['event:STOPINSTANCES', 'everything', ''],
    [
      'who assumed admin',
      'EventName=AssumeRole EventName=AssumeRoleWithSAML EventName=AssumeRoleWithWebIdentity',
      'ResourceName=admin',
    ],
  ])('plans `%s`', (line, whole, likely) => {
    expect([complete(line), selective(line)]).toEqual([whole, likely]);
  });

  it('asks for a resource under each spelling CloudTrail may have indexed it by', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-96mbb5';
    expect(selective(arn)).toBe(
      `ResourceName=${arn} ResourceName=prod/db-96mbb5 ResourceName=db-96mbb5 ResourceName=prod/db`,
    );
  });

  it.each([
    ['arn:aws:s3:::orders-archive/2026/a.csv', 'orders-archive'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:checkout:live', 'checkout'],
    [
      'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout:*',
      '/aws/lambda/checkout',
    ],
    ['arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout', 'service/shop/checkout'],
    ['https://sqs.eu-west-1.amazonaws.com/111122223333/orders', 'orders'],
  ])('asks for %s as %s too', (name, form) => {
    expect(selective(`resource:${name}`).split(' ')).toContain(`ResourceName=${form}`);
  });

  it('completes ARNs of roles and keys where the account is known', () => {
    const place = { accountId: '111122223333', region: 'cn-north-1' };
    const key = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
    expect(selective('who assumed admin', place)).toBe(
      'ResourceName=admin ResourceName=arn:aws-cn:iam::111122223333:role/admin',
    );
    expect(selective(`resource:${key}`, { ...place, region: 'eu-west-1' })).toBe(
      `ResourceName=${key} ResourceName=arn:aws:kms:eu-west-1:111122223333:key/${key}`,
    );
  });

  it('asks for an event under each name that services record for it', () => {
    expect(complete('event:UpdateFunctionCode')).toBe(
      'EventName=UpdateFunctionCode EventName=UpdateFunctionCode20150331 EventName=UpdateFunctionCode20150331v2',
    );
  });

  it('reads all writes where naming the events takes more lookups, and keeps the names at hand', () => {
    const { attributes, fanOut } = completeLookups(queryOf('who deployed checkout'));
    expect(told(attributes)).toBe('ReadOnly=false');
    expect(told(fanOut ?? [])).toContain('EventName=UpdateService EventName=CreateService');
  });

  it('looks up every event id that a question can hold', () => {
    const ids = Array.from({ length: 12 }, (_, n) => `0f0c5b9a-97c2-4f9e-8f1c-0123456789${n + 10}`);
    expect(completeLookups(queryOf(ids.join(' '))).attributes).toHaveLength(12);
  });

  it('says what was looked up in words', () => {
    const reads = { key: 'ReadOnly', value: 'true' } as const;
    const role = { key: 'ResourceName', value: 'admin' } as const;
    expect([null, reads, role].map(lookupWords)).toEqual(['all calls', 'all reads', 'resource']);
  });
});
