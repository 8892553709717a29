import { describe, expect, it } from 'vitest';
import { answerRank, matchesQuery } from '../../../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../../../src/domain/trail/record.ts';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aPrincipal, aRecord } from '../../../support/trail-record.ts';

function ask(line: string): TrailQuery {
  const nowMs = Date.parse('2026-03-10T12:00:00Z');
  const result = parseQuery(line, { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null });
  return (result as { query: TrailQuery }).query;
}

const matches = (line: string, record: TrailRecord) => matchesQuery(ask(line), record);

describe('matching a record against a question', () => {
  it('wants every key and any of its values', () => {
    const record = aRecord({ named: ['i-1ab'] });
    expect(matches('i-1ab i-2cd event:StopInstances', record)).toBe(true);
    expect(matches('i-1ab event:StartInstances', record)).toBe(false);
  });

  it('leaves out what a negated filter names', () => {
    expect(matches('StopInstances -user:ana@example.com', aRecord())).toBe(false);
    expect(matches('StopInstances -user:bo@example.com', aRecord())).toBe(true);
  });

  it('finds root by the name that people give it', () => {
    const principal = aPrincipal({ label: untrusted('root of 111122223333'), roleName: null });
    expect(matches('StopInstances user:root', aRecord({ principal }))).toBe(true);
    expect(matches('StopInstances user:root', aRecord())).toBe(false);
    expect(matches('StopInstances by root', aRecord({ principal }))).toBe(true);
  });

  it('keeps to the window, both ends included', () => {
    const record = aRecord({ atMs: Date.parse('2026-03-10T10:00:00Z') });
    expect(matches('StopInstances since 10:00 until 10:00', record)).toBe(true);
    expect(matches('StopInstances since 10:01', record)).toBe(false);
  });

  it.each([
    ['maple-tg', 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/maple-tg/9aa7'],
    ['arn:aws:s3:::uploads', 'uploads'],
    ['jobs', 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs'],
    ['https://sqs.eu-west-1.amazonaws.com/111122223333/jobs', 'jobs'],
    ['prod/db', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-96mbb5'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-96mbb5', 'prod/db'],
    ['admin', 'arn:aws:iam::111122223333:role/team/admin'],
    ['CHECKOUT', 'checkout'],
    ['check*', 'checkout'],
  ])('finds `%s` in the recorded name `%s`', (wanted, recorded) => {
    expect(matches(`resource:${wanted}`, aRecord({ named: [recorded] }))).toBe(true);
  });

  it.each([
    ['check', 'checkout'],
    ['111122223333', 'arn:aws:iam::111122223333:role/admin'],
    ['eu-west-1', 'arn:aws:rds:eu-west-1:111122223333:db:x'],
    ['db', 'prod-db'],
  ])('does not find `%s` in the recorded name `%s`', (wanted, recorded) => {
    expect(matches(`resource:${wanted}`, aRecord({ named: [recorded] }))).toBe(false);
  });

  it('narrows a verb by the kind of resource', () => {
    const stop = aRecord({ eventName: 'StopDBInstance', named: ['i-0abc', 'orders'] });
    expect(matches('who stopped i-0abc', stop)).toBe(false);
    expect(matches('who stopped orders', stop)).toBe(true);
  });

  it('reads event names without the API date that some services record', () => {
    const update = aRecord({ eventName: 'UpdateFunctionCode20150331v2', named: ['fn'] });
    expect(matches('event:UpdateFunctionCode fn', update)).toBe(true);
    expect(matches('who deployed fn', update)).toBe(true);
  });

  it('tells deploying a service from scaling it, which is the same call', () => {
    const change = (label: string) =>
      aRecord({
        eventName: 'UpdateService',
        named: ['checkout'],
        details: [{ label, value: untrusted('7') }],
      });
    expect(matches('who deployed checkout', change('desired'))).toBe(false);
    expect(matches('who scaled checkout', change('desired'))).toBe(true);
    expect(matches('who deployed checkout', change('task definition'))).toBe(true);
    expect(matches('who scaled checkout', change('task definition'))).toBe(false);
  });

  it('finds a resource that is recorded as nothing but a parameter', () => {
    const record = aRecord({ named: [], details: [{ label: 'key', value: untrusted('k8') }] });
    expect(matches('resource:k8', record)).toBe(true);
  });

  it('does not call an assumed role or a sign-in a change of it', () => {
    const assume = aRecord({ eventName: 'AssumeRole', named: ['admin'] });
    expect(matches('who changed admin', assume)).toBe(false);
    expect(matches('who assumed admin', assume)).toBe(true);
  });

  it('finds a person by the part of the e-mail before the @', () => {
    expect(matches('user:ana', aRecord())).toBe(true);
    expect(matches('user:an', aRecord())).toBe(false);
  });

  it.each([
    ['ip:198.51.100.0/24', true],
    ['ip:198.51.101.0/24', false],
    ['ip:0.0.0.0/0', true],
    ['ip:::/0', false],
    ['role:AWSReservedSSO_Admin_*', true],
    ['agent:AWS-CLI', true],
    ['source:ec2', true],
    ['source:rds', false],
    ['key:ASIAEXAMPLEEXAMPLE11', true],
    ['account:111122223333', true],
    ['region:eu-west-2', false],
    ['is:human -is:console', true],
    ['is:root', false],
    ['is:read', false],
    ['is:error', false],
  ])('answers `%s` with %s for an ordinary stop', (line, expected) => {
    expect(matches(line, aRecord())).toBe(expected);
  });

  it('compares IPv6 addresses as addresses, not as text', () => {
    const record = aRecord({ sourceAddress: untrusted('2001:db8:0:0::7') });
    expect(matches('2001:0db8::7', record)).toBe(true);
    expect(matches('2001:db8::/32', record)).toBe(true);
  });

  it('knows root by its name alone, and denied calls by their codes', () => {
    const root = aPrincipal({ label: untrusted('root of 111122223333'), roleName: null });
    expect(matches('is:root', aRecord({ principal: root }))).toBe(true);
    const named = aPrincipal({ label: untrusted('root of all evil') });
    expect(matches('is:root', aRecord({ principal: named }))).toBe(false);
    const denied = aRecord({ errorCode: untrusted('Client.UnauthorizedOperation') });
    expect(matches('is:denied', denied)).toBe(true);
    expect(matches('is:error', denied)).toBe(true);
  });

  it('ranks a failed call as no answer unless failures were asked for', () => {
    const failed = aRecord({ errorCode: untrusted('AccessDenied') });
    expect(answerRank(ask('who stopped i-0abc'), failed)).toBeNull();
    expect(answerRank(ask('i-0abc is:denied'), failed)).toBe('best');
  });

  it('ranks what comes close behind what was asked', () => {
    const query = ask('who started i-0abc');
    expect(answerRank(query, aRecord({ eventName: 'StartInstances' }))).toBe('best');
    expect(answerRank(query, aRecord({ eventName: 'StartSession' }))).toBe('second');
  });

  it('ranks what was made for the thing named behind the thing itself', () => {
    const made = (eventName: string, ...kinds: readonly (string | null)[]) => ({
      ...aRecord({ eventName }),
      resources: kinds.map((type) => ({ type, name: untrusted('svc-backup2') })),
    });
    const user = 'AWS::IAM::User';
    const created = ask('who created svc-backup2');
    expect(answerRank(created, made('CreateUser', user))).toBe('best');
    expect(answerRank(created, made('CreateAccessKey', user))).toBe('second');
    expect(
      answerRank(created, made('CreateService', 'AWS::ECS::Cluster', 'AWS::ECS::Service')),
    ).toBe('best');
    expect(answerRank(created, made('CreateThing', null))).toBe('best');
    expect(answerRank(created, made('CreateFunction20150331', 'AWS::Lambda::Function'))).toBe(
      'best',
    );
    const deleted = ask('who deleted svc-backup2');
    expect(answerRank(deleted, made('DeletePolicy', 'AWS::IAM::ManagedPolicy'))).toBe('best');
    expect(answerRank(deleted, made('DeleteAlarms', 'AWS::CloudWatch::Alarm'))).toBe('best');
    expect(answerRank(deleted, made('DeleteBucketPolicy', 'AWS::S3::Bucket'))).toBe('second');
    expect(answerRank(ask('who changed svc-backup2'), made('CreateAccessKey', user))).toBe('best');
    expect(answerRank(ask('created type:User svc-backup2'), made('CreateAccessKey', user))).toBe(
      'best',
    );
  });

  it('ranks what has all of several names before what has one of them', () => {
    const query = ask('UpdateStage xowclsrz5m staging');
    const update = (named: string[]) => aRecord({ eventName: 'UpdateStage', named });
    expect(answerRank(query, update(['xowclsrz5m', 'staging']))).toBe('best');
    expect(answerRank(query, update(['xowclsrz5m']))).toBe('second');
  });

  it('takes either of two ids: they say nothing about each other', () => {
    expect(answerRank(ask('who stopped i-0abc i-0def'), aRecord())).toBe('best');
  });
});
