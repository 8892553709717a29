import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../src/aws/cloudtrail/schema.ts';
import { type RawTrailRecord, reduceRecord } from '../../../src/domain/trail/reduce-record.ts';
import { aRawRecord } from '../../support/raw-record.ts';

const reduced = (changes: Readonly<Record<string, unknown>>) =>
  reduceRecord(parseRecord(aRawRecord(changes)) as RawTrailRecord);

describe('what is kept of a call', () => {
  it('is in the account that received it, or else the caller’s', () => {
    const userIdentity = { type: 'IAMUser', userName: 'mary', accountId: '444455556666' };

    expect(reduced({ userIdentity }).accountId).toBe('111122223333');
    expect(reduced({ userIdentity, recipientAccountId: undefined }).accountId).toBe('444455556666');
  });

  it.each([
    [{ readOnly: true }, true],
    [{ readOnly: false, eventName: 'DescribeInstances' }, false],
    [{ readOnly: undefined, eventName: 'DescribeInstances' }, true],
    [{ readOnly: undefined, eventName: 'StopInstances' }, false],
  ])('is a read or not as the record says, or else its name: %j', (changes, readOnly) => {
    expect(reduced(changes).readOnly).toBe(readOnly);
  });

  it('is who vouched for somebody without credentials, and never the login itself', () => {
    const logins = { 'accounts.example.com': 'canary', 'login.example.org': 'canary' };
    const record = reduced({ eventName: 'GetId', requestParameters: { logins } });

    expect(record.details).toEqual([
      {
        label: 'application login through',
        value: 'accounts.example.com, login.example.org',
      },
    ]);
    expect(JSON.stringify(record)).not.toContain('canary');
  });

  it('is its result where a sign-in says only there that it failed', () => {
    const signIn = {
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: 'Failure' },
    };

    expect(reduced(signIn).errorMessage).toBe('Failure');
    expect(reduced({ ...signIn, errorCode: 'Denied' }).errorMessage).toBeNull();
    expect(reduced({ ...signIn, errorMessage: 'No such user' }).errorMessage).toBe('No such user');
    expect(reduced({ ...signIn, eventType: 'AwsApiCall' }).errorMessage).toBeNull();
  });

  it('is a message and an agent of a length that can be shown', () => {
    const record = reduced({ errorMessage: 'm '.repeat(400), userAgent: 'a '.repeat(400) });

    expect(record.errorMessage).toHaveLength(500);
    expect(record.userAgent).toHaveLength(300);
  });

  it('is only what was asked for or answered, each on its own side and whole path', () => {
    const state = { previousState: { name: 'running' }, currentState: { name: 'stopping' } };
    const record = reduced({
      requestParameters: { force: true, instancesSet: { items: [state] }, deep: { force: true } },
      responseElements: { instancesSet: { items: [state] }, force: false },
    });

    expect(record.details).toEqual([
      { label: 'was', value: 'running' },
      { label: 'now', value: 'stopping' },
      { label: 'forced', value: 'true' },
    ]);
    expect(record.hiddenFieldCount).toBe(4);
  });

  it('is a dozen details at most', () => {
    const keys = [
      ...['dBInstanceClass', 'engineVersion', 'allocatedStorage', 'applyImmediately', 'multiAZ'],
      ...['dBParameterGroupName', 'storageType', 'iops', 'publiclyAccessible'],
      ...['backupRetentionPeriod', 'preferredBackupWindow', 'preferredMaintenanceWindow'],
      ...['deletionProtection', 'copyTagsToSnapshot'],
    ];
    const record = reduced({
      eventSource: 'rds.amazonaws.com',
      eventName: 'ModifyDBInstance',
      requestParameters: Object.fromEntries(keys.map((key) => [key, 'x'])),
    });

    expect(record.details).toHaveLength(12);
  });

  it('names five values of many, each once', () => {
    const keys = Array.from({ length: 5 }, (_, index) => `subnet-${index}`);
    const detailOf = (subnetIds: readonly string[]) =>
      reduced({
        eventSource: 'lambda.amazonaws.com',
        eventName: 'UpdateFunctionConfiguration',
        requestParameters: { vpcConfig: { subnetIds } },
      }).details[0]?.value;

    expect(detailOf([...keys, ...keys])).toBe(keys.join(', '));
    expect(detailOf([...keys, 'subnet-5'])).toBe(`${keys.join(', ')} and 1 more`);
  });
});

describe('the things a call is about', () => {
  it('stand in the order of what was asked, what was refused, what CloudTrail names and what came of it', () => {
    const arn = (name: string) => `arn:aws:ec2:eu-west-1:111122223333:instance/${name}`;
    const record = reduced({
      requestParameters: { instanceId: 'i-0000000000000000a' },
      errorMessage: `You are not authorized to perform: ec2:StopInstances on resource: ${arn('i-0000000000000000b')} because`,
      resources: [{ ARN: arn('i-0000000000000000c'), type: 'AWS::EC2::Instance' }],
      responseElements: { instanceId: 'i-0000000000000000d' },
      serviceEventDetails: { instanceId: 'i-0000000000000000e', name: 'canary' },
    });

    expect(record.resources.map(({ name }) => name.slice(-1))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
