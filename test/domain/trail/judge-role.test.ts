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

function issuedFor(roleName: string, more: JsonObject = {}): JsonObject {
  return { sessionContext: { sessionIssuer: { type: 'Role', userName: roleName }, ...more } };
}

describe('who is behind a role session', () => {
  it('trusts the source identity before everything else', () => {
    const identity = role('AWSReservedSSO_Admin_1b74cd717d47002b', 'someone@example.com', {
      sessionContext: { sourceIdentity: 'mary@example.com' },
    });

    expect(principalOf(identity, noHints)).toMatchObject({
      label: 'mary@example.com',
      kind: 'human',
      confidence: 'certain',
    });
  });

  it.each([
    ['mary@example.com', 'human', 'certain'],
    ['mary.major', 'human', 'medium'],
    ['svc-release@example.com', 'automation', 'certain'],
    ['jenkins', 'automation', 'certain'],
    ['i-0c4e8d21f6ab97530', 'automation', 'certain'],
    ['0815-team', 'unknown', 'medium'],
  ])('takes the source identity %s for %s, %s', (sourceIdentity, kind, confidence) => {
    const identity = role('Operator', 'x', { sessionContext: { sourceIdentity } });

    expect(principalOf(identity, noHints)).toMatchObject({
      label: sourceIdentity,
      kind,
      confidence,
    });
  });

  it('believes a name of Identity Center only on the path that nobody else can use', () => {
    const name = 'AWSReservedSSO_Admin_1b74cd717d47002b';
    const onPath = (path: string) =>
      role(name, 'ceo@example.com', {
        sessionContext: {
          sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/${path}${name}` },
        },
      });

    expect(
      principalOf(onPath('aws-reserved/sso.amazonaws.com/eu-west-1/'), noHints).confidence,
    ).toBe('high');
    expect(principalOf(onPath('aws-reserved/sso.amazonaws.com/'), noHints).confidence).toBe('high');
    expect(principalOf(onPath(''), noHints).confidence).toBe('medium');
    expect(principalOf(onPath('team/'), noHints).confidence).toBe('medium');
  });

  it('takes a console that the user agent names for a person, but not for certain', () => {
    const userAgent = 'console.ec2.amazonaws.com';
    const judged = principalOf(role('Operator', 'ticket 17'), { ...noHints, userAgent });

    expect(judged).toMatchObject({ kind: 'human', confidence: 'medium' });
  });

  it('takes an Identity Center user named like a machine for one', () => {
    const identity = role('AWSReservedSSO_Deploy_1b74cd717d47002b', 'svc-terraform@example.com');

    expect(principalOf(identity, noHints)).toMatchObject({
      kind: 'automation',
      confidence: 'medium',
    });
  });

  it('knows an instance by how its credentials were delivered, whatever the session is called', () => {
    const identity = role('checkout', 'mary.major', { sessionContext: { ec2RoleDelivery: '2.0' } });

    expect(principalOf(identity, noHints)).toMatchObject({
      label: 'checkout/mary.major',
      kind: 'automation',
      confidence: 'high',
    });
  });

  it.each([
    ['the resource', { sourceArn: 'arn:aws:lambda:eu-west-1:111122223333:function:report' }],
    ['the holder', { credentialsIssuedTo: 'arn:aws:lambda:eu-west-1:111122223333:function:r' }],
  ])('knows a workload by %s that AWS issued its credentials to', (_what, inScopeOf) => {
    expect(principalOf(role('any', 'mary.major', { inScopeOf }), noHints)).toMatchObject({
      kind: 'automation',
      confidence: 'high',
    });
  });

  it.each([
    ['AWSReservedSSO_Admin_Full_1b74cd717d47002b', 'mary', 'mary', 'human', 'high'],
    ['Operator', 'mary@example.com', 'mary@example.com', 'human', 'medium'],
    ['checkout', 'i-0c4e8d21f6ab97530', 'checkout/i-0c4e8d21f6ab97530', 'automation', 'high'],
    ['deploy', 'GitHubActions', 'deploy/GitHubActions', 'automation', 'medium'],
    ['stack', 'AWSCloudFormation', 'stack/AWSCloudFormation', 'automation', 'high'],
    [
      'writer',
      'botocore-session-1791973635',
      'writer/botocore-session-1791973635',
      'automation',
      'medium',
    ],
    [
      'writer',
      'aws-go-sdk-1688990797103471741',
      'writer/aws-go-sdk-1688990797103471741',
      'automation',
      'medium',
    ],
    [
      'AWSServiceRoleForAutoScaling',
      'AutoScaling',
      'AWSServiceRoleForAutoScaling',
      'service',
      'high',
    ],
    ['Admin', 'alan.turing', 'Admin/alan.turing', 'human', 'medium'],
    ['Admin', 'alan', 'Admin/alan', 'human', 'low'],
    ['Admin', 'ticket-8841', 'Admin/ticket-8841', 'unknown', 'low'],
    ['Admin', 'deployer', 'Admin/deployer', 'unknown', 'low'],
    ['nightly-stop-role', 'nightly-stop', 'nightly-stop-role/nightly-stop', 'automation', 'high'],
    ['resize-role-x1y2z3a4', 'resize', 'resize-role-x1y2z3a4/resize', 'automation', 'high'],
    [
      'Shop-ResizeServiceRole5D180AFD-1JQ2M5X8K3L4',
      'Shop-Resize9270CBC0-a1B2c3D4e5F6',
      'Shop-ResizeServiceRole5D180AFD-1JQ2M5X8K3L4/Shop-Resize9270CBC0-a1B2c3D4e5F6',
      'automation',
      'high',
    ],
  ])('reads %s/%s', (roleName, session, label, kind, confidence) => {
    expect(principalOf(role(roleName, session), noHints)).toMatchObject({
      label,
      kind,
      confidence,
      roleName,
      sessionName: session,
    });
  });

  const gitHub = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  const cluster = 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/1A';

  it.each([
    ['a workflow of GitHub', gitHub, 'automation', 'high'],
    ['a pod', cluster, 'automation', 'high'],
    ['a pipeline elsewhere', 'https://gitlab.com', 'automation', 'high'],
    ['a user of an application', 'accounts.google.com', 'unknown', 'low'],
    ['anything else with a web identity', 'https://id.example.com', 'automation', 'medium'],
  ])('tells %s by its identity provider', (_what, federatedProvider, kind, confidence) => {
    const identity = role('deploy', 'mary@example.com', {
      sessionContext: { webIdFederationData: { federatedProvider } },
    });

    expect(principalOf(identity, noHints)).toMatchObject({ kind, confidence });
  });

  it('knows credentials that AWS issued to a function, whatever the session is called', () => {
    const credentialsIssuedTo = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:resize`;
    const identity = role('images', 'mary', { inScopeOf: { credentialsIssuedTo } });

    expect(principalOf(identity, noHints)).toMatchObject({
      kind: 'automation',
      confidence: 'high',
    });
  });

  it('names the Identity Center user on whose behalf a service acts', () => {
    const identity = role('notebook', 'run-7', { onBehalfOf: { userId: '544894e8-80c1' } });

    expect(principalOf(identity, noHints)).toMatchObject({
      label: 'Identity Center user 544894e8-80c1 (notebook/run-7)',
      kind: 'human',
      confidence: 'high',
    });
  });

  it.each([
    ['aws-cli/2.27.27 ua/2.0 os/macos#21.5.0 md/arch#arm64', 'ticket-8841', 'human', 'medium'],
    ['aws-cli/2.27.27 ua/2.0 os/macos#21.5.0', 'botocore-session-1791973635', 'human', 'medium'],
    ['aws-cli/2.27.27 ua/2.0 os/linux#6.8', 'ticket-8841', 'unknown', 'low'],
    ['Boto3/1.37.13 ua/2.0 os/linux#5.10', 'alan', 'unknown', 'low'],
    ['Boto3/1.37.13 exec-env/AWS_Lambda_python3.12', 'alan', 'automation', 'medium'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.9.5 os/linux', 'plan', 'automation', 'low'],
  ])('takes %s with the session %s for what it shows', (userAgent, session, kind, confidence) => {
    expect(principalOf(role('ops', session), { ...noHints, userAgent })).toMatchObject({
      kind,
      confidence,
    });
  });

  it('does not take a service that acts for a role session for the one who is behind it', () => {
    const identity = role('ops', 'change-17', { invokedBy: 'cloudformation.amazonaws.com' });

    expect(principalOf(identity, noHints)).toMatchObject({ kind: 'unknown', confidence: 'low' });
  });

  it('takes a browser for a person, but not for certain', () => {
    const hints = { ...noHints, userAgent: 'Mozilla/5.0 (X11)' };

    expect(principalOf(role('Admin', 'alan'), hints)).toMatchObject({
      kind: 'human',
      confidence: 'medium',
    });
  });

  it('finds role and session without an ARN', () => {
    const identity = {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:mary@example.com',
      ...issuedFor('Operator'),
    };

    expect(principalOf(identity, noHints)).toMatchObject({
      roleName: 'Operator',
      sessionName: 'mary@example.com',
    });
  });

  it('reads keys whatever their case, as some exports have them', () => {
    const identity = {
      type: 'AssumedRole',
      principalid: 'AROA:alan',
      sessioncontext: { sessionissuer: { type: 'Role', username: 'Admin' } },
    };

    expect(principalOf(identity, noHints).label).toBe('Admin/alan');
  });
});
