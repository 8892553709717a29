import { describe, expect, it } from 'vitest';
import {
  denialWords,
  deniedAction,
} from '../../../../src/domain/investigation/observations/denial-words.ts';

const WHO =
  'User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: ';

describe('the words of a refusal', () => {
  it.each([
    [
      's3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action',
      'nothing in the policies of the caller (identity-based) allows it',
    ],
    [
      's3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a resource-based policy',
      'the policy of the thing itself (resource-based) forbids it',
    ],
    [
      'ec2:RunInstances with an explicit deny in a service control policy',
      'a service control policy (SCP) of the organization forbids it',
    ],
    [
      's3:PutObject with an explicit deny in a resource control policy',
      'a resource control policy (RCP) of the organization forbids it',
    ],
    [
      'sqs:SendMessage because no permissions boundary allows the sqs:SendMessage action',
      'nothing in a permissions boundary allows it',
    ],
    [
      'sqs:SendMessage because no session policy allows the sqs:SendMessage action',
      'nothing in a session policy allows it',
    ],
    [
      's3:GetObject because no VPC endpoint policy allows the s3:GetObject action',
      'nothing in a VPC endpoint policy allows it',
    ],
    [
      'sts:AssumeRole on resource: arn:aws:iam::444455556666:role/x',
      'it was the trust policy of the role',
    ],
  ])('“%s” tell which policy it was', (rest, words) => {
    expect(denialWords(WHO + rest)).toBe(words);
  });

  it('tell of a key that cannot be used', () => {
    const message = 'arn:aws:kms:eu-west-1:111122223333:key/0 is pending deletion.';

    expect(denialWords(message)).toBe('it was the KMS key or its policy');
  });

  it('tell nothing where AWS does not', () => {
    expect(denialWords('Access Denied')).toBeNull();
    expect(deniedAction('Access Denied')).toBeNull();
  });

  it('name the action', () => {
    expect(deniedAction(`${WHO}sts:AssumeRole on resource: x`)).toBe('sts:AssumeRole');
  });
});
