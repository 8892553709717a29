import { describe, expect, it } from 'vitest';
import {
  changesRefuser,
  namesInRefusal,
  refuserOf,
} from '../../../src/domain/investigation/refusal.ts';
import { aChange, minutes } from './builders.ts';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/orders-role/orders-fn';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const refused = (why: string) =>
  `User: ${ROLE} is not authorized to perform: sqs:CreateQueue on resource: ${QUEUE} ${why}`;

describe('what a refusal says', () => {
  it.each([
    [refused('with an explicit deny in a service control policy'), 'organization'],
    [refused('because no permissions boundary allows the sqs:CreateQueue action'), 'boundary'],
    [refused('because no identity-based policy allows the sqs:CreateQueue action'), 'identity'],
    [refused('because no resource-based policy allows the sqs:CreateQueue action'), 'thing'],
    [refused('because no VPC endpoint policy allows the sqs:CreateQueue action'), 'endpoint'],
    [`User: ${ROLE} is not authorized to perform: sts:AssumeRole`, 'trust'],
    ['arn:aws:kms:eu-west-1:111122223333:key/1234 is pending deletion.', 'key'],
    ['the KMS key is in an invalid state.', 'key'],
    ['Rate exceeded', null],
  ])('%s', (message, refuser) => {
    expect(refuserOf(message)).toBe(refuser);
  });

  it('names the thing that is refused, not who asked', () => {
    expect(namesInRefusal(refused('because no resource-based policy allows it'))).toEqual([QUEUE]);
  });

  it.each([
    ['organizations', 'AttachPolicy', 'organization', true],
    ['organizations', 'AttachPolicy', 'identity', false],
    ['iam', 'PutRolePermissionsBoundary', 'boundary', true],
    ['iam', 'DeleteRolePolicy', 'identity', true],
    ['iam', 'DeleteRolePolicy', 'organization', false],
    ['iam', 'UpdateAssumeRolePolicy', 'trust', true],
    ['s3', 'PutBucketPolicy', 'thing', true],
    ['kms', 'PutKeyPolicy', 'thing', true],
    ['kms', 'DisableKey', 'key', true],
    ['ec2', 'ModifyVpcEndpoint', 'endpoint', true],
    ['lambda', 'UpdateFunctionCode20150331v2', 'identity', false],
  ] as const)('%s %s changes what refuses by %s: %s', (service, call, refuser, changes) => {
    expect(changesRefuser(aChange(call, service, ['x'], minutes(0)), refuser)).toBe(changes);
  });
});
