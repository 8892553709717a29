import { type Identity, mfaOf, readIdentity } from './identity.ts';
import type { JsonValue } from './json-value.ts';
import { judgeRole } from './judge-role.ts';
import {
  AGENTS,
  type IdentityHints,
  isInteractive,
  isSeenAtConsole,
  isServiceName,
  type Judgement,
  personNamed,
  reading,
  UNSIGNED,
} from './judgement.ts';
import { keptText, keptTextOrNull } from './kept-text.ts';
import { isMachineName } from './machine-name.ts';
import type { Principal } from './record.ts';
import { readSessionName } from './session-name.ts';

/** Who made a call, from the record alone. Total: whatever `userIdentity` holds, there is an answer. */
export function principalOf(userIdentity: JsonValue | undefined, hints: IdentityHints): Principal {
  const identity = readIdentity(userIdentity);
  const judgement = judge(identity, hints);
  return {
    label: keptText(judgement.label),
    kind: judgement.kind,
    confidence: judgement.confidence,
    reason: judgement.reason,
    accountId: identity.accountId,
    userName: keptTextOrNull(identity.userName),
    roleName: keptTextOrNull(identity.roleName),
    sessionName: keptTextOrNull(identity.sessionName),
    mfa: mfaOf(userIdentity, hints.mfaUsed),
  };
}

/** Who acts for somebody else, or only tries a name, is not that person. */
function judge(identity: Identity, hints: IdentityHints): Judgement {
  const { delegateAccountId, userName } = identity;
  const judgement = judgeByType(identity, hints);
  if (hints.isUnprovenSignIn) {
    // AWS hides a name that is no user's: it may be a password in the wrong field.
    const isHidden = userName?.startsWith('HIDDEN_DUE_TO') === true;
    const reason = 'somebody who tried to sign in under this name, and was not seen to succeed';
    const label = isHidden ? 'a user name that AWS hides' : judgement.label;
    return { label, ...reading('unknown', 'low', reason) };
  }
  if (delegateAccountId === null) return judgement;
  const label = `the product of account ${delegateAccountId}, for ${judgement.label}`;
  const reason = 'a product provider acting with the permissions that somebody delegated to it';
  return { label, ...reading('automation', 'medium', reason) };
}

function judgeByType(identity: Identity, hints: IdentityHints): Judgement {
  switch (identity.type) {
    case 'Root':
      return judgeRoot(identity, hints);
    case 'IAMUser':
      return judgeUser(identity, hints);
    case 'AssumedRole':
    case 'Role':
      return judgeRole(identity, hints);
    case 'FederatedUser':
      return {
        label: `${identity.sessionName ?? 'federated user'} (federated by ${identity.issuerUserName ?? 'an unnamed user'})`,
        ...reading('unknown', 'low', 'a federation token: the name was chosen by its issuer'),
      };
    case 'SAMLUser':
      return judgeSignedIn(
        identity.userName ?? identity.principalId ?? 'SAML user',
        'signed in through a SAML identity provider',
      );
    case 'WebIdentityUser':
      return judgeWebIdentity(identity);
    case 'IdentityCenterUser':
      return judgeSignedIn(
        identity.userName ?? `Identity Center user ${identity.onBehalfOf ?? ''}`.trim(),
        'an Identity Center user; the record holds only the user id',
      );
    case 'AWSService':
      return judgeService(identity);
    case 'AWSAccount':
      return identity.isAnonymous ? UNSIGNED_CALLER : judgeForeign(identity);
    case null:
      return judgeNameless(identity, hints);
    default:
      return judgeOther(identity, hints);
  }
}

function judgeSignedIn(label: string, reason: string): Judgement {
  return { label, ...personNamed(label, reading('human', 'high', reason)) };
}

function judgeRoot(identity: Identity, hints: IdentityHints): Judgement {
  const label = `root of ${identity.accountId ?? 'the account'}`;
  if (isServiceName(identity.invokedBy)) {
    return {
      label,
      ...reading('service', 'medium', `root, but ${identity.invokedBy} made the call`),
    };
  }
  if (identity.isAssumedRoot) {
    const reason = 'a root session that an administrator of the organization took with AssumeRoot';
    return { label, ...reading('human', 'medium', reason) };
  }
  return isInteractive(hints)
    ? { label, ...reading('human', 'high', 'the root user of the account') }
    : {
        label,
        ...reading(
          'human',
          'medium',
          'the root user by an access key: who holds it is not recorded',
        ),
      };
}

function judgeUser(identity: Identity, hints: IdentityHints): Judgement {
  const label = identity.userName ?? identity.principalId ?? 'IAM user';
  if (isSeenAtConsole(hints)) {
    return isMachineName(label)
      ? {
          label,
          ...reading(
            'human',
            'medium',
            'somebody in the AWS console, as a user named like a machine',
          ),
        }
      : { label, ...reading('human', 'high', 'an IAM user in the AWS console') };
  }
  if (isMachineName(label)) {
    return { label, ...reading('automation', 'medium', 'an IAM user named like a machine') };
  }
  if (isInteractive(hints)) {
    return { label, ...reading('human', 'medium', 'an IAM user in a browser, by the user agent') };
  }
  const reason = AGENTS.tool.test(hints.userAgent ?? '')
    ? 'an IAM user with a deployment tool: a person at the keyboard or a pipeline'
    : 'an IAM user with an access key: who holds the key is not recorded';
  return { label, ...reading('human', 'medium', reason) };
}

const UNSIGNED_CALLER: Judgement = {
  label: 'unauthenticated caller',
  ...reading('unknown', 'low', UNSIGNED),
};

// Until July 2025 the events of Identity Center itself had no type of their own.
const IDENTITY_CENTER = /^(?:signin|sso|sso-directory|sso-oauth|identitystore)\./;

/** Cognito's public calls carry no signature, and CloudTrail then knows no type and no name. */
function judgeOther(identity: Identity, { eventSource }: IdentityHints): Judgement {
  const name = identity.userName ?? (identity.isAnonymous ? null : identity.principalId);
  if (name !== null && IDENTITY_CENTER.test(eventSource)) {
    const reason = 'an Identity Center user, by the name given when signing in';
    return { label: name, ...personNamed(name, reading('human', 'medium', reason)) };
  }
  const isPublic = /^cognito-(?:identity|idp)\./.test(eventSource);
  if (name === null && (identity.isAnonymous || isPublic)) return UNSIGNED_CALLER;
  return {
    label: name ?? 'unknown',
    ...reading('unknown', 'low', 'an identity type that does not say who it is'),
  };
}

/** Its own trail names the caller; ours has the principal id, with the session's name at best. */
function judgeForeign({ accountId, principalId, sessionName }: Identity): Judgement {
  const account = `another account (${accountId ?? 'unknown'})`;
  const label = principalId === null ? account : `${account}: ${principalId}`;
  const kind = (sessionName === null ? null : readSessionName(sessionName))?.kind ?? 'unknown';
  const reason = 'a call from another account; its own trail names the caller';
  return { label, ...reading(kind, 'low', reason) };
}

function judgeWebIdentity(identity: Identity): Judgement {
  const subject = identity.userName ?? identity.principalId ?? 'web identity';
  if (/^repo:|^system:serviceaccount:/.test(subject)) {
    return {
      label: subject,
      ...reading('automation', 'high', 'a workload that its identity provider vouches for'),
    };
  }
  return {
    label: subject,
    ...reading('unknown', 'medium', 'a subject of an outside identity provider'),
  };
}

function judgeService(identity: Identity): Judgement {
  return {
    label: identity.invokedBy ?? identity.principalId ?? 'an AWS service',
    ...reading('service', 'certain', 'an AWS service made the call; the cause is elsewhere'),
  };
}

/** Events of services themselves carry no type: 42 of 2,900 in one measured account. */
function judgeNameless(identity: Identity, hints: IdentityHints): Judgement {
  if (identity.roleName !== null && identity.sessionName !== null)
    return judgeRole(identity, hints);
  if (identity.invokedBy !== null || hints.eventType === 'AwsServiceEvent') {
    return {
      label: identity.invokedBy ?? 'an AWS service',
      ...reading('service', 'high', 'an event of the service itself, without a caller'),
    };
  }
  return {
    label: identity.userName ?? identity.principalId ?? 'unknown',
    ...reading('unknown', 'low', 'the record does not say who made the call'),
  };
}
