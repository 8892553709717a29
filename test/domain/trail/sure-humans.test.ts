import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/trail/json-value.ts';
import type { IdentityHints } from '../../../src/domain/trail/judgement.ts';
import { principalOf } from '../../../src/domain/trail/principal.ts';

// Names that look like a person's, a machine's or the identity provider's own.
const name = fc.constantFrom(
  ...['mary@example.com', 'mary.major', 'mary', 'ceo@example.com', 'svc-deploy@example.com'],
  ...['deploy-bot', 'GitHubActions', 'i-0c4e8d21f6ab97530', 'botocore-session-1', 'x y'],
);
const roleName = fc.constantFrom(
  ...['Admin', 'AWSReservedSSO_Admin_1b74cd717d47002b', 'AWSServiceRoleForECS', 'mary-role'],
);
/** Paths that anybody may give to a role of their own. */
const ownPath = fc.constantFrom('', 'team/', 'sso.amazonaws.com/', 'aws-reserved-not/');

const claims = fc
  .record({
    type: fc.constantFrom(
      'IAMUser',
      'AssumedRole',
      'FederatedUser',
      'WebIdentityUser',
      'AWSAccount',
    ),
    name,
    roleName,
    ownPath,
    userAgent: fc.constantFrom(
      ...['Mozilla/5.0 (Macintosh)', 'console.amazonaws.com', 'signin.amazonaws.com'],
      ...['aws-cli/2 exec-env/CloudShell', 'aws-cli/2 os/macos', 'Boto3/1.34'],
    ),
  })
  .map((made) => ({ ...made, identity: identityOf(made) }));

function identityOf(made: {
  readonly type: string;
  readonly name: string;
  readonly roleName: string;
  readonly ownPath: string;
}): JsonObject {
  const issuerArn = `arn:aws:iam::111122223333:role/${made.ownPath}${made.roleName}`;
  return {
    type: made.type,
    userName: made.name,
    principalId: `AROAEXAMPLE:${made.name}`,
    arn: `arn:aws:sts::111122223333:assumed-role/${made.roleName}/${made.name}`,
    accountId: '111122223333',
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: made.roleName, arn: issuerArn },
    },
  };
}

const noHints: Omit<IdentityHints, 'userAgent'> = {
  fromConsole: false,
  mfaUsed: undefined,
  eventType: 'AwsApiCall',
  eventSource: 'ec2.amazonaws.com',
  isUnprovenSignIn: false,
};

describe('a person of whom we are sure', () => {
  it('is never made by what the caller chose: names, roles, paths and user agents', () => {
    fc.assert(
      fc.property(claims, ({ identity, userAgent }) => {
        const { kind, confidence } = principalOf(identity, { ...noHints, userAgent });

        expect(kind === 'human' ? confidence : 'low').toMatch(/^(?:medium|low)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is nobody after a sign-in that failed, or behind a product that acts for somebody', () => {
    fc.assert(
      fc.property(claims, ({ identity, userAgent }) => {
        const hints = { ...noHints, userAgent, fromConsole: true, eventType: 'AwsConsoleSignIn' };
        const delegated = { ...identity, invokedByDelegate: { accountId: '444455556666' } };

        expect(principalOf(identity, { ...hints, isUnprovenSignIn: true }).kind).toBe('unknown');
        expect(principalOf(delegated, hints).kind).toBe('automation');
      }),
    );
  });
});
