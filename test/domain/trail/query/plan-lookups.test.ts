import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import { planLookups } from '../../../../src/domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../../../../src/domain/trail/query/query.ts';

function plan(line: string): readonly string[] {
  const nowMs = Date.parse('2026-03-10T12:00:00Z');
  const result = parseQuery(line, { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null });
  return planLookups((result as { query: TrailQuery }).query).map(({ attributes }) =>
    attributes.map((row) => (row === null ? 'everything' : `${row.key}=${row.value}`)).join(' '),
  );
}

describe('planning lookups', () => {
  it.each([
    [
      'id:0F0C5B9A-97C2-4F9E-8F1C-0123456789AB i-0abc',
      ['EventId=0f0c5b9a-97c2-4f9e-8f1c-0123456789ab'],
    ],
    ['AKIAIOSFODNN7EXAMPLE i-0abc', ['AccessKeyId=AKIAIOSFODNN7EXAMPLE']],
    ['who stopped i-0abc', ['ResourceName=i-0abc', 'EventName=StopInstances']],
    ['who changed orders', ['ResourceName=orders', 'ReadOnly=false']],
    ['orders', ['ResourceName=orders Username=orders', 'ReadOnly=false']],
    ['user:ana did', ['Username=ana', 'everything']],
    ['user:ana event:PutObject', ['Username=ana', 'EventName=PutObject']],
    ['event:Delete* source:rds', ['EventSource=rds.amazonaws.com']],
    ['role:admin is:write', ['ReadOnly=false']],
    ['role:admin is:read', ['ReadOnly=true']],
    ['-user:ana StopTask', ['EventName=StopTask']],
    ['198.51.100.7', ['ReadOnly=false']],
    ['resource:orders-* is:write', ['ReadOnly=false']],
    [
      'who assumed admin',
      [
        'ResourceName=admin',
        'EventName=AssumeRole EventName=AssumeRoleWithSAML EventName=AssumeRoleWithWebIdentity',
      ],
    ],
  ])('plans `%s`', (line, stages) => {
    expect(plan(line)).toEqual(stages);
  });

  it('asks for a resource under each spelling CloudTrail may have indexed it by', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-96mbb5';
    expect(plan(arn)[0]).toBe(
      `ResourceName=${arn} ResourceName=prod/db-96mbb5 ResourceName=db-96mbb5 ResourceName=prod/db`,
    );
  });

  it('asks for an event under each name that services record for it', () => {
    expect(plan('event:UpdateFunctionCode')).toEqual([
      'EventName=UpdateFunctionCode EventName=UpdateFunctionCode20150331 EventName=UpdateFunctionCode20150331v2',
    ]);
  });

  it('reads all writes where naming the events would take more lookups', () => {
    expect(plan('who deployed checkout')).toEqual(['ResourceName=checkout', 'ReadOnly=false']);
  });

  it('ends in lookups that cannot have missed a match', () => {
    const nowMs = Date.parse('2026-03-10T12:00:00Z');
    const lines = ['i-0abc', 'user:ana', 'who deployed x', 'key:AKIAIOSFODNN7EXAMPLE', 'event:X*'];
    const last = lines.map((line) => {
      const result = parseQuery(line, {
        timeZone: 'UTC',
        nowMs,
        meaning: 'past',
        lookbackMaxMs: null,
      });
      return planLookups((result as { query: TrailQuery }).query).at(-1)?.complete;
    });
    expect(last).toEqual([true, true, true, true, true]);
  });
});
