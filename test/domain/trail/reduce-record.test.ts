import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/domain/trail/json-value.ts';
import { type RawTrailRecord, reduceRecord } from '../../../src/domain/trail/reduce-record.ts';
import { SHOWN_FIELDS, shownFieldsOf } from '../../../src/domain/trail/shown-fields.ts';

function aRaw(changes: Partial<RawTrailRecord> = {}): RawTrailRecord {
  return {
    eventId: 'e1',
    category: 'management',
    insight: null,
    sharedEventId: null,
    eventName: 'StopInstances',
    eventSource: 'ec2.amazonaws.com',
    atMs: Date.UTC(2026, 9, 14, 10, 41),
    region: 'eu-west-1',
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    sourceAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.15.0',
    fromConsole: false,
    userIdentity: { type: 'IAMUser', userName: 'mary', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    requestParameters: undefined,
    responseElements: undefined,
    additionalEventData: undefined,
    serviceEventDetails: undefined,
    resources: [],
    ...changes,
  };
}

const detailsOf = (raw: RawTrailRecord) =>
  Object.fromEntries(reduceRecord(raw).details.map(({ label, value }) => [label, value]));

const namesOf = (raw: RawTrailRecord) => reduceRecord(raw).resources.map(({ name }) => name);

describe('the parameters that explain a change', () => {
  it('are ports and CIDRs for a security group', () => {
    const raw = aRaw({
      eventName: 'RevokeSecurityGroupIngress',
      requestParameters: {
        groupId: 'sg-0d7e4c1b9f3a82650',
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 443,
              toPort: 443,
              groups: {},
              ipRanges: { items: [{ cidrIp: '0.0.0.0/0', description: 'note to self' }] },
            },
          ],
        },
      },
    });

    expect(detailsOf(raw)).toEqual({
      protocol: 'tcp',
      'from port': '443',
      'to port': '443',
      CIDR: '0.0.0.0/0',
    });
    expect(reduceRecord(raw)).toMatchObject({
      resources: [{ type: 'AWS::EC2::SecurityGroup', name: 'sg-0d7e4c1b9f3a82650' }],
      hiddenFieldCount: 1,
    });
  });

  it('are found behind the date that Lambda puts on its names', () => {
    const raw = aRaw({
      eventName: 'UpdateFunctionConfiguration20150331v2',
      eventSource: 'lambda.amazonaws.com',
      requestParameters: { functionName: 'quote', timeout: 3, environment: { A: 'hidden' } },
    });

    expect(detailsOf(raw)).toEqual({ 'time-out (s)': '3' });
    expect(reduceRecord(raw).hiddenFieldCount).toBe(1);
  });

  it('are found inside the wrapper of newer EC2 requests', () => {
    const raw = aRaw({
      eventName: 'ModifyLaunchTemplate',
      requestParameters: {
        ModifyLaunchTemplateRequest: {
          LaunchTemplateId: 'lt-09c4e5b1a9d47ccc9',
          SetDefaultVersion: '7',
        },
      },
    });

    expect(detailsOf(raw)).toEqual({ 'default version': '7' });
    expect(namesOf(raw)).toEqual(['lt-09c4e5b1a9d47ccc9']);
  });

  it('are joined when there are several, and counted when there are many', () => {
    const items = Array.from({ length: 8 }, (_, index) => ({ id: `i-${index}`, port: 80 }));
    const raw = aRaw({
      eventName: 'DeregisterTargets',
      eventSource: 'elasticloadbalancing.amazonaws.com',
      requestParameters: { targets: items },
    });

    expect(detailsOf(raw)).toEqual({ target: 'i-0, i-1, i-2, i-3, i-4 and 3 more', port: '80' });
  });

  it('are none for an event that the table does not know: all are counted, none is kept', () => {
    const raw = aRaw({
      eventName: 'toString',
      requestParameters: {
        note: 'the launch code is 0000',
        nested: { a: [1, 2], b: null, name: 'x' },
      },
    });

    expect(reduceRecord(raw)).toMatchObject({ details: [], resources: [], hiddenFieldCount: 4 });
  });
});

describe('the table of shown fields', () => {
  it.each(Object.entries(SHOWN_FIELDS))('names %s as CloudTrail does', (key, fields) => {
    const [service, name] = key.split('/');

    expect(key).toMatch(/^[a-z0-9-]+\/[A-Z][A-Za-z]+$/);
    expect(shownFieldsOf(`${service}.amazonaws.com`, name ?? '')).toBe(fields);
    expect(fields.map(({ path }) => path.join('.')).join()).not.toMatch(
      /password|secret(?!s)|token|credential|environment|userData|policyDocument/i,
    );
  });
});

describe('the resources of a call', () => {
  it.each([
    ['rds.amazonaws.com', { dBInstanceIdentifier: 'orders' }, 'AWS::RDS::DBInstance', 'orders'],
    ['dynamodb.amazonaws.com', { tableName: 'carts' }, 'AWS::DynamoDB::Table', 'carts'],
    ['ecs.amazonaws.com', { service: 'checkout' }, 'AWS::ECS::Service', 'checkout'],
    ['ssm.amazonaws.com', { name: '/prod/flag' }, 'AWS::SSM::Parameter', '/prod/flag'],
    ['kms.amazonaws.com', { keyId: '1234abcd-12ab' }, 'AWS::KMS::Key', '1234abcd-12ab'],
    ['iam.amazonaws.com', { roleName: 'Operator' }, 'AWS::IAM::Role', 'Operator'],
    ['monitoring.amazonaws.com', { alarmNames: ['5xx'] }, 'AWS::CloudWatch::Alarm', '5xx'],
    [
      'any.amazonaws.com',
      { whatever: { deep: ['arn:aws:rds:eu-west-1:111122223333:db:orders'] } },
      'AWS::RDS::DBInstance',
      'arn:aws:rds:eu-west-1:111122223333:db:orders',
    ],
    [
      'ec2.amazonaws.com',
      { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-0ef673ef70c4f07cc' } } },
      'AWS::EC2::FlowLog',
      'fl-0ef673ef70c4f07cc',
    ],
    ['guardduty.amazonaws.com', { name: 'watch' }, null, 'watch'],
    [
      'ec2.amazonaws.com',
      { tgwId: 'tgw-attach-0814a77755bf02f0e' },
      null,
      'tgw-attach-0814a77755bf02f0e',
    ],
  ])('of %s are found in %j', (eventSource, requestParameters, type, name) => {
    const raw = aRaw({ eventName: 'Anything', eventSource, requestParameters });

    expect(reduceRecord(raw).resources).toEqual([{ type, name }]);
  });

  it('of a denied call are found in its message, where alone they are', () => {
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0c4e8d21f6ab97530';
    const raw = aRaw({
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: `User: arn:aws:iam::111122223333:user/mary is not authorized to perform: ec2:StopInstances on resource: ${arn} because no policy allows it`,
    });

    expect(namesOf(raw)).toEqual([arn]);
  });

  it('do not include those that a policy only speaks of', () => {
    const raw = aRaw({
      eventName: 'PutBucketPolicy',
      eventSource: 's3.amazonaws.com',
      requestParameters: {
        bucketName: 'exports',
        bucketPolicy: { Statement: [{ Principal: { AWS: 'arn:aws:iam::999988887777:root' } }] },
      },
    });

    expect(namesOf(raw)).toEqual(['exports']);
  });

  it.each([
    'masterUsername',
    'clientId',
    'roleSessionName',
    'hostName',
    'requestId',
  ])('are not what stands under %s', (key) => {
    expect(namesOf(aRaw({ requestParameters: { [key]: 'something' } }))).toEqual([]);
  });

  it('are kept once, what was asked for first, and are limited in number', () => {
    const items = Array.from({ length: 40 }, (_, index) => ({
      instanceId: `i-${String(index).padStart(8, '0')}`,
    }));
    const raw = aRaw({
      requestParameters: { instancesSet: { items: [{ instanceId: 'i-00000007' }] } },
      responseElements: { instancesSet: { items } },
      resources: [{ type: 'AWS::EC2::Instance', name: 'i-00000007' }],
    });

    const names = namesOf(raw);

    expect(names[0]).toBe('i-00000007');
    expect(names).toHaveLength(20);
    expect(new Set(names).size).toBe(20);
  });
});

const CANARIES = [
  `IQoJb3JpZ2lu${'X2VjEB4aCXVzLWVhc3QtMSJH'.repeat(4)}`,
  `ghp_${'16C7e42F292c6912E7710c838347Ae178B4a'}`,
  ['xoxb', '17653672481', '19874698323', 'pdFZKVeTuE8sk7oOHcBrzqgy'].join('-'),
  ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N'].join('.'),
  ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
  'AKIAI44QH8DHBEXAMPLE',
] as const;

describe('a secret in a record', () => {
  const canary = fc.constantFrom(...CANARIES);
  const withCanary = fc
    .tuple(fc.string(), canary, fc.string())
    .map(([before, secret, after]) => `${before} ${secret} ${after}`);
  // Under keys that are shown or name resources as well as under any other.
  const key = fc.oneof(
    fc.constantFrom('functionName', 'roleName', 'description', 'ipProtocol', 'items', 'secretId'),
    fc.string({ maxLength: 8 }),
  );
  const { parameters } = fc.letrec<{ parameters: JsonValue }>((tie) => ({
    parameters: fc.oneof(
      { maxDepth: 4 },
      withCanary,
      canary,
      fc.array(tie('parameters'), { maxLength: 3 }),
      fc.dictionary(key, tie('parameters'), { maxKeys: 4 }),
    ),
  }));

  it('never gets into what is kept, wherever it stands', () => {
    const record = fc.record({
      requestParameters: parameters,
      responseElements: parameters,
      additionalEventData: parameters,
      serviceEventDetails: parameters,
      userIdentity: fc.record({
        type: fc.constantFrom('IAMUser', 'AssumedRole', 'WebIdentityUser', 'Unknown'),
        userName: withCanary,
        principalId: withCanary,
        arn: withCanary.map((text) => `arn:aws:sts::111122223333:assumed-role/Operator/${text}`),
        sessionContext: fc.record({ sourceIdentity: withCanary }),
      }),
      errorCode: withCanary,
      errorMessage: withCanary,
      userAgent: withCanary,
      sourceAddress: withCanary,
      resources: fc.array(fc.record({ type: fc.constant(null), name: withCanary })),
      eventName: fc.constantFrom('RevokeSecurityGroupIngress', 'CreateUser', 'AssumeRole'),
    });
    fc.assert(
      fc.property(record, (changes) => {
        const kept = JSON.stringify(reduceRecord(aRaw(changes)));

        for (const secret of CANARIES) expect(kept).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the key id that made the call, by which people look up the session', () => {
    expect(reduceRecord(aRaw()).accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
  });
});

describe('hostile parameters', () => {
  it('are read to a depth and a number, however deep and many they are', () => {
    const deep = Array.from({ length: 5_000 }).reduce<JsonValue>((inner) => ({ a: inner }), 'x');
    const wide = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 'arn:aws:sns:::x']),
    );

    expect(reduceRecord(aRaw({ requestParameters: deep })).hiddenFieldCount).toBe(0);
    expect(reduceRecord(aRaw({ requestParameters: wide })).resources).toHaveLength(1);
  });

  it('cannot reach behind an object with the names of its inherited members', () => {
    const requestParameters = JSON.parse('{"__proto__":{"roleName":"x"},"constructor":"y"}');

    expect(namesOf(aRaw({ requestParameters }))).toEqual(['x']);
  });
});
