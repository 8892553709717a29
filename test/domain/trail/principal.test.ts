import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/trail/json-value.ts';
import type { IdentityHints } from '../../../src/domain/trail/judgement.ts';
import { principalOf } from '../../../src/domain/trail/principal.ts';

const noHints: IdentityHints = {
  fromConsole: false,
  userAgent: null,
  mfaUsed: undefined,
  eventType: 'AwsApiCall',
  eventSource: 'ec2.amazonaws.com',
  isUnprovenSignIn: false,
};

const ACCOUNT = '111122223333';

function role(roleName: string, session: string, more: JsonObject = {}): JsonObject {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${session}`,
    accountId: ACCOUNT,
    ...more,
  };
}

describe('who made a call', () => {
  it.each([
    [
      'root by a key',
      { type: 'Root', accountId: ACCOUNT },
      `root of ${ACCOUNT}`,
      'human',
      'medium',
    ],
    ['an IAM user', { type: 'IAMUser', userName: 'mary' }, 'mary', 'human', 'medium'],
    [
      'an IAM user like a machine',
      { type: 'IAMUser', userName: 'deploy-bot' },
      'deploy-bot',
      'automation',
      'medium',
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', userName: 'mary@example.com' },
      'mary@example.com',
      'human',
      'high',
    ],
    [
      'a workload of GitHub',
      { type: 'WebIdentityUser', userName: 'repo:acme/shop:ref:refs/heads/main' },
      'repo:acme/shop:ref:refs/heads/main',
      'automation',
      'high',
    ],
    [
      'an Identity Center user',
      { type: 'IdentityCenterUser', onBehalfOf: { userId: '544894e8-80c1' } },
      'Identity Center user 544894e8-80c1',
      'human',
      'high',
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      'ec2.amazonaws.com',
      'service',
      'certain',
    ],
    [
      'another account',
      { type: 'AWSAccount', accountId: ACCOUNT },
      `another account (${ACCOUNT})`,
      'unknown',
      'low',
    ],
    [
      'a role of another account',
      { type: 'AWSAccount', accountId: ACCOUNT, principalId: 'AROAEXAMPLE:i-0c4e8d21f6ab97530' },
      `another account (${ACCOUNT}): AROAEXAMPLE:i-0c4e8d21f6ab97530`,
      'automation',
      'low',
    ],
    ['a directory', { type: 'Directory', principalId: 'd-1' }, 'd-1', 'unknown', 'low'],
    [
      'anybody who reads a public bucket',
      { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
      'unauthenticated caller',
      'unknown',
      'low',
    ],
    [
      'a mailbox of a machine that signed in through SAML',
      { type: 'SAMLUser', userName: 'svc-backup@example.com' },
      'svc-backup@example.com',
      'automation',
      'medium',
    ],
    [
      'an assumed root session',
      { type: 'Root', accountId: ACCOUNT, sessionContext: { assumedRoot: 'true' } },
      `root of ${ACCOUNT}`,
      'human',
      'medium',
    ],
    ['no type but a service', { invokedBy: 'AWS Internal' }, 'AWS Internal', 'service', 'high'],
    ['nothing', {}, 'unknown', 'unknown', 'low'],
    ['an unknown type', { type: 'Unknown', userName: 'bob' }, 'bob', 'unknown', 'low'],
  ])('names %s', (_what, identity, label, kind, confidence) => {
    expect(principalOf(identity, noHints)).toMatchObject({ label, kind, confidence });
  });

  it.each([
    ['root', { type: 'Root', accountId: ACCOUNT }, 'high'],
    ['an IAM user', { type: 'IAMUser', userName: 'mary' }, 'high'],
    ['an IAM user named like a machine', { type: 'IAMUser', userName: 'deploy-bot' }, 'medium'],
  ])('is surer of %s where AWS itself saw the console', (_what, identity, confidence) => {
    const atConsole = { ...noHints, fromConsole: true };

    expect(principalOf(identity, atConsole)).toMatchObject({ kind: 'human', confidence });
    const signIn = { ...noHints, eventType: 'AwsConsoleSignIn' };
    expect(principalOf(identity, signIn)).toMatchObject({ kind: 'human', confidence });
  });

  it('does not take the word of a user agent for it', () => {
    const browser = { ...noHints, userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' };

    expect(principalOf({ type: 'IAMUser', userName: 'mary' }, browser).confidence).toBe('medium');
    expect(principalOf({ type: 'IAMUser', userName: 'deploy-bot' }, browser).kind).toBe(
      'automation',
    );
  });

  it('says of a call that needs no credentials that the caller was unauthenticated', () => {
    const cognito = { ...noHints, eventSource: 'cognito-identity.amazonaws.com' };

    expect(principalOf({ type: 'Unknown' }, cognito)).toMatchObject({
      label: 'unauthenticated caller',
      kind: 'unknown',
      reason: 'not signed with AWS credentials, so the record names nobody',
    });
    expect(principalOf({ type: 'Unknown' }, noHints).label).toBe('unknown');
  });

  it('tells a product that acts for somebody from that person', () => {
    const delegated = {
      ...role('Admin', 'mary@example.com'),
      invokedByDelegate: { accountId: '444455556666' },
    };

    expect(principalOf(delegated, noHints)).toMatchObject({
      label: 'the product of account 444455556666, for mary@example.com',
      kind: 'automation',
    });
  });

  it('names who federated a user', () => {
    const identity = {
      type: 'FederatedUser',
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/build`,
      sessionContext: { sessionIssuer: { type: 'IAMUser', userName: 'mary' } },
    };

    expect(principalOf(identity, noHints).label).toBe('build (federated by mary)');
  });

  it('takes an event without identity for the service itself when it says so', () => {
    const principal = principalOf(undefined, { ...noHints, eventType: 'AwsServiceEvent' });

    expect(principal).toMatchObject({ label: 'an AWS service', kind: 'service' });
  });
});

describe('a second factor', () => {
  const session = (mfaAuthenticated: string) => ({
    type: 'IAMUser',
    userName: 'mary',
    sessionContext: { attributes: { mfaAuthenticated } },
  });

  it.each([
    ['in the session', session('true'), undefined, true],
    ['not in the session', session('false'), undefined, false],
    ['in the sign-in', { type: 'IAMUser' }, 'Yes', true],
    ['not in the sign-in', { type: 'IAMUser' }, 'No', false],
    ['nowhere recorded', { type: 'IAMUser' }, undefined, null],
    ['seen with a role', { ...session('true'), type: 'AssumedRole' }, undefined, true],
    ['out of sight', { ...session('false'), type: 'AssumedRole' }, undefined, null],
    ['out of sight at sign-in', { type: 'AssumedRole' }, 'No', null],
  ])('is known when it is %s', (_where, identity, mfaUsed, mfa) => {
    expect(principalOf(identity, { ...noHints, mfaUsed }).mfa).toBe(mfa);
  });
});

describe('any identity at all', () => {
  it('gets an answer, with our own words as the reason and no word of theirs', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          type: fc.constantFrom('Root', 'IAMUser', 'AssumedRole', 'FederatedUser', 'AWSAccount'),
          arn: fc.string(),
          principalId: fc.string(),
          userName: fc.jsonValue(),
          invokedBy: fc.string(),
          sessionContext: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(anything, (identity) => {
        const principal = principalOf(identity as JsonObject, noHints);

        expect(principal.label).not.toBe('');
        expect(principal.reason).toMatch(/^[\w ,;:()'.-]+$/);
        expect(principal.accountId ?? ACCOUNT).toMatch(/^\d{12}$/);
      }),
    );
  });

  it('keeps markup in a session name as the data it is', () => {
    const hostile = '<!channel> *all clear* \u202etxt';

    expect(principalOf(role('vendor', hostile), noHints)).toMatchObject({
      label: `vendor/${hostile}`,
      kind: 'unknown',
    });
  });
});
