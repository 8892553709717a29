import { type Identity, mfaOf, readIdentity } from './identity.ts';
import type { JsonValue } from './json-value.ts';
import { judgeRole } from './judge-role.ts';
import {
  AGENTS,
  type IdentityHints,
  isInteractive,
  isServiceName,
  type Judgement,
  reading,
} from './judgement.ts';
import { keptText, keptTextOrNull } from './kept-text.ts';
import type { Principal } from './record.ts';
import { readSessionName } from './session-name.ts';

const MACHINE_USER =
  /(?:^|[-_.])(?:bot|ci|cd|deploy(?:er|ment)?|pipeline|automation|svc|service|runner|robot|cron|jenkins|gitlab|github|terraform)(?:$|[-_.])/i;

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

function judge(identity: Identity, hints: IdentityHints): Judgement {
  switch (identity.type) {
    case 'Root':
      return judgeRoot(identity);
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
      return {
        label: identity.userName ?? identity.principalId ?? 'SAML user',
        ...reading('human', 'high', 'signed in through a SAML identity provider'),
      };
    case 'WebIdentityUser':
      return judgeWebIdentity(identity);
    case 'IdentityCenterUser':
      return {
        label: identity.userName ?? `Identity Center user ${identity.onBehalfOf ?? ''}`.trim(),
        ...reading('human', 'high', 'an Identity Center user; the record holds only the user id'),
      };
    case 'AWSService':
      return judgeService(identity);
    case 'AWSAccount':
      return judgeForeign(identity);
    case null:
      return judgeNameless(identity, hints);
    default:
      return {
        label: identity.userName ?? identity.principalId ?? 'unknown',
        ...reading('unknown', 'low', 'an identity type that does not say who it is'),
      };
  }
}

function judgeRoot(identity: Identity): Judgement {
  const label = `root of ${identity.accountId ?? 'the account'}`;
  return isServiceName(identity.invokedBy)
    ? { label, ...reading('service', 'medium', `root, but ${identity.invokedBy} made the call`) }
    : { label, ...reading('human', 'high', 'the root user of the account') };
}

function judgeUser(identity: Identity, hints: IdentityHints): Judgement {
  const label = identity.userName ?? identity.principalId ?? 'IAM user';
  if (isInteractive(hints)) {
    return { label, ...reading('human', 'high', 'an IAM user in the AWS console') };
  }
  if (MACHINE_USER.test(label)) {
    return { label, ...reading('automation', 'medium', 'an IAM user named like a machine') };
  }
  const reason = AGENTS.tool.test(hints.userAgent ?? '')
    ? 'an IAM user with a deployment tool: a person at the keyboard or a pipeline'
    : 'an IAM user with an access key: who holds the key is not recorded';
  return { label, ...reading('human', 'medium', reason) };
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
