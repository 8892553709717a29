import { z } from 'zod';
import type { TargetOutcome } from '../domain/coverage.ts';
import { redactSecrets } from '../domain/text/redact.ts';
import type { AwsTarget } from '../ports.ts';
import { RoleRefused } from './role-credentials.ts';

/** Why a target gave no answer, or not all of it. */
export interface AnswerTrouble {
  readonly outcome: Exclude<TargetOutcome, 'found' | 'nothing'>;
  /** For a person: what happened and, where something can be done, what. */
  readonly explanation: string;
}

interface Circumstances {
  readonly target: AwsTarget;
  /** The permission that the call needs. */
  readonly permission: string;
  readonly message: string;
}

type Row = readonly [AnswerTrouble['outcome'], (circumstances: Circumstances) => string];

interface RoleCircumstances extends Circumstances {
  readonly role: RoleRefused['role'];
}

type RoleRow = readonly [AnswerTrouble['outcome'], (circumstances: RoleCircumstances) => string];

const denied: Row = [
  'denied',
  ({ target, permission }) =>
    target.accountId === null
      ? `Not allowed in ${target.region}: the bot's credentials need the permission ${permission}.`
      : `Not allowed in account ${target.accountId}, ${target.region}: the bot's role or credentials there need the permission ${permission}.`,
];
const refused: Row = ['failed', ({ message }) => `The credentials were refused: ${message}`];
const unknownHere: Row = [
  'disabled',
  ({ target }) =>
    `AWS does not know these credentials in ${target.region}: the Region is probably not enabled for the account.`,
];
const expired: Row = [
  'failed',
  () => "The bot's AWS credentials have expired and no newer ones were found.",
];
const throttled: Row = [
  'throttled',
  ({ target }) =>
    `AWS asked for fewer calls in ${target.region}; this account shares its limit with everybody who uses it.`,
];
const timedOut: Row = [
  'timed-out',
  ({ target }) => `No answer from AWS in ${target.region} in time.`,
];
const unreachable: Row = [
  'failed',
  ({ target }) => `AWS could not be reached in ${target.region} over the network.`,
];
const noCredentials: Row = [
  'failed',
  () => 'No AWS credentials were found: give the bot a role, a profile or keys.',
];
const awsTrouble: Row = [
  'failed',
  ({ target }) => `AWS had a fault of its own in ${target.region}.`,
];
const lostPlace: Row = [
  'failed',
  ({ target }) => `AWS lost its place in ${target.region} half-way through its pages: ask again.`,
];
const badTimes: Row = [
  'failed',
  ({ target }) => `AWS did not accept the asked time range in ${target.region}.`,
];
const unreadable: Row = ['failed', () => "AWS's answer could not be read."];
const tooLong: Row = ['failed', () => "AWS's answer was longer than any answer should be."];

// By the error's name, or by its system code. CloudWatch still uses the names of its query era.
export const ANSWER_TROUBLES: Readonly<Record<string, Row>> = {
  AccessDenied: denied,
  AccessDeniedException: denied,
  UnauthorizedOperation: denied,
  UnauthorizedAccess: denied,
  OperationNotPermittedException: denied,
  OptInRequired: unknownHere,
  UnrecognizedClientException: unknownHere,
  InvalidClientTokenId: unknownHere,
  AuthFailure: refused,
  IncompleteSignature: refused,
  IncompleteSignatureException: refused,
  InvalidAccessKeyId: refused,
  InvalidSignatureException: refused,
  MissingAuthenticationToken: refused,
  MissingAuthenticationTokenException: refused,
  SignatureDoesNotMatch: refused,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  RequestExpired: expired,
  CredentialsProviderError: noCredentials,
  TokenProviderError: noCredentials,
  Throttling: throttled,
  ThrottlingException: throttled,
  ThrottledException: throttled,
  RequestLimitExceeded: throttled,
  TooManyRequestsException: throttled,
  AbortError: timedOut,
  TimeoutError: timedOut,
  RequestTimeout: timedOut,
  RequestTimeoutException: timedOut,
  ETIMEDOUT: timedOut,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOTFOUND: unreachable,
  EPIPE: unreachable,
  InternalFailure: awsTrouble,
  InternalServerError: awsTrouble,
  InternalServiceError: awsTrouble,
  InternalServiceFault: awsTrouble,
  ServiceUnavailable: awsTrouble,
  ServiceUnavailableException: awsTrouble,
  InvalidNextToken: lostPlace,
  InvalidNextTokenException: lostPlace,
  InvalidTimeRangeException: badTimes,
  AnswerTooLong: tooLong,
  SyntaxError: unreadable,
  ZodError: unreadable,
};

/** Before the name of an error that AWS, or the search for own credentials, gave to AssumeRole. */
const roleDenied: RoleRow = [
  'denied',
  // AWS says the same of a role that is not there, of one that trusts others, and of a wrong external id.
  ({ role }) =>
    `The role ${nameOf(role)} of account ${accountOf(role)} does not let the bot in: it must exist, its trust policy must allow the bot's own identity ${role.externalId === null ? 'without an external id (none is configured)' : 'with the external id that is configured'}, and that identity needs sts:AssumeRole on it.`,
];
const roleRefused: RoleRow = [
  'failed',
  ({ role, message }) =>
    `The role ${nameOf(role)} of account ${accountOf(role)} could not be assumed: ${message}`,
];
export const ROLE_TROUBLES: Readonly<Record<string, RoleRow>> = {
  AccessDenied: roleDenied,
  AccessDeniedException: roleDenied,
  RegionDisabledException: [
    'disabled',
    ({ role }) =>
      `The role of account ${accountOf(role)} could not be assumed: AWS STS is switched off in the bot's Region.`,
  ],
  ValidationError: roleRefused,
  ValidationException: roleRefused,
};

const anythingElse: Row = ['failed', ({ message }) => `AWS could not answer: ${message}`];

// Regions that every account has cannot be off: there, unknown credentials are wrong credentials.
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
const ALWAYS_ON =
  /^(?:us-(?:east|west)-[12]|ap-south-1|ap-northeast-[123]|ap-southeast-[12]|ca-central-1|eu-central-1|eu-west-[123]|eu-north-1|sa-east-1)$/;

const thrownSchema = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().nullable().catch(null),
  Code: z.string().nullable().catch(null),
});

const nameOf = ({ arn }: RoleRefused['role']): string => arn.split('/').at(-1) ?? arn;
const accountOf = ({ arn }: RoleRefused['role']): string => arn.split(':')[4] ?? '';

const MESSAGE_CHARACTERS_MAX = 300;

/** What an error of the SDK means for the people who wait for the answer. */
export function explainTrouble(
  error: unknown,
  asked: { readonly target: AwsTarget; readonly permission: string; readonly signal: AbortSignal },
): AnswerTrouble {
  const message = plain(namesOf(error).message);
  // Whatever a call says that was told to stop, it ran out of time.
  if (asked.signal.aborted) return told(timedOut, { ...asked, message });
  if (error instanceof RoleRefused) {
    const row = findRow(ROLE_TROUBLES, error);
    if (row !== undefined) return told(row, { ...asked, message, role: error.role });
  }
  const known = rowOf(error);
  // A role is not assumed in the target's Region: what is unknown there says nothing about it.
  const canBeOff = !(error instanceof RoleRefused) && !ALWAYS_ON.test(asked.target.region);
  return told(known === unknownHere && !canBeOff ? refused : known, { ...asked, message });
}

/** Somebody named an account; the credentials answer for whatever account they belong to. */
export function foreignAccount(target: AwsTarget, answering: string | null): AnswerTrouble | null {
  const { accountId } = target;
  if (accountId === null || answering === null || accountId === answering) return null;
  const explanation = `The bot has no credentials for account ${accountId}; its own are for ${answering}.`;
  return { outcome: 'failed', explanation };
}

/** In one word, where nobody reads a sentence. */
export function outcomeOf(error: unknown): AnswerTrouble['outcome'] {
  return rowOf(error)[0];
}

export function isThrottled(error: unknown): boolean {
  return rowOf(error) === throttled;
}

export function isExpiredCredentials(error: unknown): boolean {
  return rowOf(error) === expired;
}

function told<C extends Circumstances>(
  [outcome, explain]: readonly [AnswerTrouble['outcome'], (circumstances: C) => string],
  circumstances: C,
): AnswerTrouble {
  return { outcome, explanation: explain(circumstances) };
}

function rowOf(error: unknown): Row {
  return findRow(ANSWER_TROUBLES, error) ?? anythingElse;
}

function findRow<R>(rows: Readonly<Record<string, R>>, error: unknown): R | undefined {
  const { name, code, Code } = namesOf(error);
  const key = [name, Code, code].find((candidate) => Object.hasOwn(rows, candidate ?? ''));
  return rows[key ?? ''];
}

/** Of a role that could not be assumed, what was said about it. */
function namesOf(thrown: unknown): z.infer<typeof thrownSchema> {
  const error = thrown instanceof RoleRefused ? thrown.cause : thrown;
  const parsed = thrownSchema.safeParse(error);
  return parsed.success
    ? parsed.data
    : { name: '', message: String(error), code: null, Code: null };
}

function plain(message: string): string {
  const line = redactSecrets(message).replace(/\s+/g, ' ').trim();
  return line === '' ? 'no reason given.' : line.slice(0, MESSAGE_CHARACTERS_MAX);
}
