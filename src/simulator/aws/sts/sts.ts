import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { Caller, Callers } from '../callers.ts';
import { stableId } from '../callers.ts';

/** A role's trust policy, as far as the replay knows it; what is left out is not asked for. */
export interface RoleRule {
  readonly externalId?: string;
  /** ARNs of users and sessions, or account ids; without it anybody. */
  readonly trusts?: readonly string[];
  /** As a condition on sts:RoleSessionName with StringLike would have it; `*` stands for anything. */
  readonly sessionName?: string;
  /** The role's own maximum; an hour unless said otherwise. */
  readonly maxSessionSeconds?: number;
}

/** Roles that can be assumed, by ARN. */
export type RoleRules = Readonly<Record<string, RoleRule>>;

const ROLE_ARN = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const DURATION_SECONDS_MIN = 900;
const DURATION_SECONDS_MAX = 43_200;
const DURATION_SECONDS_DEFAULT = 3_600;
const CHAINED_SECONDS_MAX = 3_600;
const ROLE_SECONDS_MAX = 3_600;

/** The result element of GetCallerIdentity, as XML. */
export function getCallerIdentity(caller: Caller): string {
  return `<Arn>${caller.arn}</Arn><UserId>${caller.userId}</UserId><Account>${caller.account}</Account>`;
}

/**
 * AssumeRole: the issued key belongs to the role's account. With `roles` given, only those can be
 * assumed, and by whom they trust. Returns the result element as XML.
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
  const externalId = form['ExternalId'] === undefined ? null : text(form['ExternalId']);
  if (externalId !== null && !EXTERNAL_ID.test(externalId)) {
    throw validationFailure(
      `1 validation error detected: Value '${externalId}' at 'externalId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*`,
    );
  }
  const seconds = durationOf(form, caller);
  const rule = roles === null ? {} : roles[arn];
  if (rule === undefined || !trusts(rule, caller, { name, externalId })) {
    throw notAuthorized(caller, arn);
  }
  if (seconds > (rule.maxSessionSeconds ?? ROLE_SECONDS_MAX)) {
    throw validationFailure(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
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

function trusts(
  rule: RoleRule,
  caller: Caller,
  asked: { readonly name: string; readonly externalId: string | null },
): boolean {
  const known = rule.trusts ?? [caller.account];
  const pattern = (rule.sessionName ?? '*').replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return (
    known.some((principal) => principal === caller.account || principal === caller.arn) &&
    (rule.externalId ?? asked.externalId) === asked.externalId &&
    new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(asked.name)
  );
}

/** AWS says the same of a role that is not there and of one that does not trust the caller. */
function notAuthorized(caller: Caller, arn: string): AwsFailure {
  return new AwsFailure(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    403,
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
