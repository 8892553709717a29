import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsFailure, expiredToken, unrecognizedClient } from './aws-failure.ts';

/** Who signed a request, for which account and Region. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly userId: string;
  readonly assumedRole: boolean;
}

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresMs: number;
}

export interface Callers {
  /** Throws MissingAuthenticationToken, UnrecognizedClient or ExpiredToken as AWS does. */
  identify(headers: IncomingHttpHeaders): Caller;
  issue(
    role: Pick<Caller, 'account' | 'arn' | 'userId'>,
    durationSeconds: number,
  ): IssuedCredentials;
}

interface Key {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly session: { readonly token: string; readonly expiresMs: number } | null;
}

const CREDENTIAL_SCOPE =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request,/;
const ISSUED_KEYS_MAX = 10_000;

/**
 * Knows keys by their id and the Region by the signature's credential scope. The signature itself
 * is not checked: the replay holds no secrets, so any secret goes with a known key id.
 */
export function createCallers(
  accounts: Readonly<Record<string, string>>,
  nowMs: () => number,
): Callers {
  const keys = new Map<string, Key>(
    Object.entries(accounts).map(([keyId, account]) => [keyId, userKey(account)]),
  );
  return {
    identify(headers) {
      const scope = CREDENTIAL_SCOPE.exec(headers.authorization ?? '');
      if (scope === null) {
        throw new AwsFailure(
          'MissingAuthenticationTokenException',
          'Missing Authentication Token',
          403,
        );
      }
      const [, keyId = '', region = ''] = scope;
      const key = keys.get(keyId);
      if (key === undefined) throw unrecognizedClient();
      if (key.session && key.session.token !== headers['x-amz-security-token']) {
        throw unrecognizedClient();
      }
      if (key.session && nowMs() >= key.session.expiresMs) throw expiredToken();
      const { account, arn, userId } = key;
      return { account, region, arn, userId, assumedRole: key.session !== null };
    },
    issue(role, durationSeconds) {
      const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
      const token = `FwoGZXIvYXdzEREPLAY${randomBytes(90).toString('base64')}`;
      const expiresMs = nowMs() + durationSeconds * 1_000;
      keys.set(accessKeyId, { ...role, session: { token, expiresMs } });
      forgetOldest(keys);
      const secretAccessKey = randomBytes(30).toString('base64');
      return { accessKeyId, secretAccessKey, sessionToken: token, expiresMs };
    },
  };
}

function userKey(account: string): Key {
  return {
    account,
    arn: `arn:aws:iam::${account}:user/redthread-replay`,
    userId: stableId('AIDA', `${account}/redthread-replay`),
    session: null,
  };
}

/** An id in IAM's form that is the same for the same name. */
export function stableId(prefix: 'AIDA' | 'AROA', name: string): string {
  const digest = createHash('sha256').update(name).digest('hex').toUpperCase();
  return `${prefix}${digest.slice(0, 17)}`;
}

function forgetOldest(keys: Map<string, Key>): void {
  if (keys.size <= ISSUED_KEYS_MAX) return;
  for (const [id, key] of keys) {
    if (key.session === null) continue;
    keys.delete(id);
    return;
  }
}
