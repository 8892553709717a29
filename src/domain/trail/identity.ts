import type { JsonValue } from './json-value.ts';
import { memberOf, pathOf, textOf } from './json-value.ts';

/** The parts of `userIdentity` that say who it was; null where the record does not say. */
export interface Identity {
  readonly type: string | null;
  readonly principalId: string | null;
  readonly accountId: string | null;
  readonly userName: string | null;
  readonly roleName: string | null;
  readonly sessionName: string | null;
  readonly sourceIdentity: string | null;
  readonly issuerUserName: string | null;
  readonly webProvider: string | null;
  readonly invokedBy: string | null;
  readonly onBehalfOf: string | null;
  /** The resource, such as a function, that AWS issued the credentials to. */
  readonly issuedTo: string | null;
  /** Of the role or user behind the session; unlike the session's own ARN it has the path. */
  readonly issuerArn: string | null;
  /** An instance got the credentials from its own metadata service. */
  readonly isInstance: boolean;
  /** A root session that an administrator of the organization took. */
  readonly isAssumedRoot: boolean;
  /** The account of a product whose provider acts for somebody (IAM temporary delegation). */
  readonly delegateAccountId: string | null;
  /** AWS's own word for a call without credentials. */
  readonly isAnonymous: boolean;
}

const SESSION_ARN = /:assumed-role\/(?:.+\/)?([^/]+)\/([^/]+)$/;
const ARN_CHARACTERS_MAX = 2_048;
const FEDERATED_ARN = /:federated-user\/(.+)$/;

export function readIdentity(userIdentity: JsonValue | undefined): Identity {
  const at = (...keys: readonly string[]) => textOf(pathOf(userIdentity, ...keys));
  const issuer = (key: string) => at('sessionContext', 'sessionIssuer', key);
  const arn = (at('arn') ?? '').slice(0, ARN_CHARACTERS_MAX);
  const [, roleInArn = null, sessionInArn = null] = SESSION_ARN.exec(arn) ?? [];
  const [, federatedName = null] = FEDERATED_ARN.exec(arn) ?? [];
  const principalId = at('principalId');
  const roleInIssuer = issuer('type') === 'Role' ? issuer('userName') : null;
  return {
    type: at('type'),
    principalId,
    accountId: accountIdOf(at('accountId')),
    userName: at('userName'),
    roleName: roleInArn ?? roleInIssuer,
    sessionName: sessionInArn ?? federatedName ?? afterColon(principalId),
    sourceIdentity: at('sessionContext', 'sourceIdentity'),
    issuerUserName: issuer('userName'),
    webProvider:
      at('sessionContext', 'webIdFederationData', 'federatedProvider') ?? at('identityProvider'),
    invokedBy: at('invokedBy'),
    onBehalfOf: at('onBehalfOf', 'userId'),
    issuedTo: at('inScopeOf', 'sourceArn') ?? at('inScopeOf', 'credentialsIssuedTo'),
    issuerArn: issuer('arn'),
    isInstance: at('sessionContext', 'ec2RoleDelivery') !== null,
    isAssumedRoot: yesOrNo(pathOf(userIdentity, 'sessionContext', 'assumedRoot')) === true,
    delegateAccountId: at('invokedByDelegate', 'accountId'),
    isAnonymous: [at('accountId'), principalId].some((id) =>
      /^anonymous(?:_principal)?$/i.test(id ?? ''),
    ),
  };
}

/** Signed in elsewhere: AWS does not see whether the identity provider asked for a second factor. */
const SIGNED_IN_ELSEWHERE: readonly unknown[] = [
  'AssumedRole',
  'FederatedUser',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
];

/** Whether a second factor was used, by the session or by the sign-in itself; null: not known. */
export function mfaOf(
  userIdentity: JsonValue | undefined,
  mfaUsed: JsonValue | undefined,
): boolean | null {
  const inSession = pathOf(userIdentity, 'sessionContext', 'attributes', 'mfaAuthenticated');
  const seen = yesOrNo(mfaUsed) ?? yesOrNo(inSession);
  const isBlind = SIGNED_IN_ELSEWHERE.includes(memberOf(userIdentity, 'type'));
  return seen === false && isBlind ? null : seen;
}

export function accountIdOf(text: string | null | undefined): string | null {
  return text && /^\d{12}$/.test(text) ? text : null;
}

export function accessKeyIdOf(userIdentity: JsonValue | undefined): string | null {
  return keyIdOf(memberOf(userIdentity, 'accessKeyId'));
}

/** The id alone of temporary credentials that a call issued: what is beside it is secret. */
export function mintedAccessKeyIdOf(responseElements: JsonValue | undefined): string | null {
  return keyIdOf(pathOf(responseElements, 'credentials', 'accessKeyId'));
}

/** When the credentials' session began; null where the record does not say. */
export function sessionStartedAtMsOf(userIdentity: JsonValue | undefined): number | null {
  const text = textOf(pathOf(userIdentity, 'sessionContext', 'attributes', 'creationDate'));
  const atMs = text !== null && /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}

function keyIdOf(value: JsonValue | undefined): string | null {
  const key = textOf(value);
  return key !== null && /^[A-Z0-9]{8,128}$/.test(key) ? key : null;
}

function yesOrNo(value: JsonValue | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  if (/^(?:true|yes)$/i.test(value)) return true;
  return /^(?:false|no)$/i.test(value) ? false : null;
}

function afterColon(principalId: string | null): string | null {
  const colon = principalId?.indexOf(':') ?? -1;
  return colon < 0 ? null : (principalId?.slice(colon + 1) ?? null);
}
