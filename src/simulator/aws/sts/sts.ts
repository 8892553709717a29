import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { Caller, Callers } from '../callers.ts';
import { stableId } from '../callers.ts';

/** Roles that can be assumed; an external id given here is demanded. */
export type RoleRules = Readonly<Record<string, { readonly externalId?: string }>>;

const ROLE_ARN = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const DURATION_SECONDS_MIN = 900;
const DURATION_SECONDS_MAX = 43_200;
const DURATION_SECONDS_DEFAULT = 3_600;
const CHAINED_SECONDS_MAX = 3_600;

/** The result element of GetCallerIdentity, as XML. */
export function getCallerIdentity(caller: Caller): string {
  return `<Arn>${caller.arn}</Arn><UserId>${caller.userId}</UserId><Account>${caller.account}</Account>`;
}

/**
 * AssumeRole: the issued key belongs to the role's account. With `roles` given, only those can be
 * assumed, and their external ids must fit. Returns the result element as XML.
 */
export function assumeRole(
  callers: Callers,
  roles: RoleRules | null,
  caller: Caller,
  form: Readonly<Record<string, unknown>>,
): string {
  const arn = text(form['RoleArn']);
  const name = text(form['RoleSessionName']);
  const [, account = '', role = ''] = ROLE_ARN.exec(arn) ?? [];
  if (account === '') throw validationFailure(`${arn} is invalid`);
  if (!SESSION_NAME.test(name)) {
    throw validationFailure(
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  const seconds = durationOf(form, caller);
  checkTrust(roles, caller, arn, form['ExternalId']);
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${role}/${name}`;
  const userId = `${stableId('AROA', arn)}:${name}`;
  const key = callers.issue({ account, arn: sessionArn, userId }, seconds);
  return [
    '<Credentials>',
    `<AccessKeyId>${key.accessKeyId}</AccessKeyId>`,
    `<SecretAccessKey>${key.secretAccessKey}</SecretAccessKey>`,
    `<SessionToken>${key.sessionToken}</SessionToken>`,
    `<Expiration>${new Date(key.expiresMs).toISOString()}</Expiration>`,
    '</Credentials>',
    `<AssumedRoleUser><AssumedRoleId>${userId}</AssumedRoleId><Arn>${sessionArn}</Arn></AssumedRoleUser>`,
  ].join('');
}

function durationOf(form: Readonly<Record<string, unknown>>, caller: Caller): number {
  const seconds = Number(form['DurationSeconds'] ?? DURATION_SECONDS_DEFAULT);
  const most = caller.assumedRole ? CHAINED_SECONDS_MAX : DURATION_SECONDS_MAX;
  if (Number.isInteger(seconds) && seconds >= DURATION_SECONDS_MIN && seconds <= most)
    return seconds;
  throw validationFailure(
    caller.assumedRole && seconds > most
      ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
      : `DurationSeconds must be from ${DURATION_SECONDS_MIN} to ${DURATION_SECONDS_MAX}`,
  );
}

function checkTrust(
  roles: RoleRules | null,
  caller: Caller,
  arn: string,
  externalId: unknown,
): void {
  const rule = roles === null ? {} : roles[arn];
  if (rule !== undefined && (rule.externalId ?? externalId) === externalId) return;
  throw new AwsFailure(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    403,
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
