import { AppError, type ErrorCode } from '../../errors.ts';

interface Trouble {
  readonly code: ErrorCode;
  readonly sentence: string;
}

const NOT_ALLOWED: Trouble = {
  code: 'store-unavailable',
  sentence: 'refused the log-in or a command. Check the user, the password and its permissions.',
};
const NOT_NOW: Trouble = {
  code: 'store-unavailable',
  sentence: 'cannot take requests at the moment (starting, busy or failing over).',
};

/** By the first word of Redis's answer, which is its error code. */
const REFUSALS: Readonly<Record<string, Trouble>> = {
  OOM: {
    code: 'store-unavailable',
    sentence: 'has no memory left. Raise maxmemory, or remove old incidents.',
  },
  MISCONF: { code: 'store-unavailable', sentence: 'cannot write to its disk. Check its log.' },
  READONLY: { code: 'store-unavailable', sentence: 'is a read-only replica at the moment.' },
  NOREPLICAS: { code: 'store-unavailable', sentence: 'has too few replicas to accept writes.' },
  NOAUTH: NOT_ALLOWED,
  WRONGPASS: NOT_ALLOWED,
  NOPERM: NOT_ALLOWED,
  LOADING: NOT_NOW,
  BUSY: NOT_NOW,
  MASTERDOWN: NOT_NOW,
  CLUSTERDOWN: NOT_NOW,
  TRYAGAIN: NOT_NOW,
  MOVED: NOT_NOW,
  ASK: NOT_NOW,
  WRONGTYPE: {
    code: 'store-corrupt',
    sentence: 'has a key of ours with something else in it. Give Redthread a database of its own.',
  },
};

/** Redis tells scripts of a missing permission under its general code, in these words (7.0, 7.2 and later). */
const NOT_ALLOWED_IN_SCRIPT = /^ERR (?:The user executing the script can't|ACL failure in script)/;

const NO_ANSWER: Trouble = { code: 'store-unavailable', sentence: 'did not answer in time.' };
const UNKNOWN_REFUSAL: Trouble = { code: 'internal', sentence: 'refused a request.' };

/** `server` is host and port: never the URL, which may hold a password. */
export function translateRedisError(error: unknown, server: string): AppError {
  const { code, sentence } = troubleOf(error);
  return new AppError(code, `Redis at ${server} ${sentence}`, { cause: error });
}

/** The server has no memory left, as an AppError of ours tells it. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof AppError) || !isRefusal(error.cause)) return false;
  return error.cause.message.split(' ', 1)[0] === 'OOM';
}

export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Of a server that is there and shows a certificate that this machine does not take. */
export function isDistrusted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /CERT|SIGNATURE/.test(String(error.code));
}

export const DISTRUSTED =
  'shows a certificate that is not trusted here (NODE_EXTRA_CA_CERTS names a file with its authority)';

function troubleOf(error: unknown): Trouble {
  if (!isRefusal(error)) return NO_ANSWER;
  if (NOT_ALLOWED_IN_SCRIPT.test(error.message)) return NOT_ALLOWED;
  return REFUSALS[error.message.split(' ', 1)[0] ?? ''] ?? UNKNOWN_REFUSAL;
}
