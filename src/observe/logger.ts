import { pino } from 'pino';
import { isAppError } from '../errors.ts';
import type { LogFields, Logger } from '../ports.ts';

/** Tokens, keys and reply addresses that must not reach a log, whatever carried them there. */
const SECRET_PATTERNS =
  /xox[a-z]-[\w-]+|xapp-[\w-]+|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[\w+/=]+|eyJ[\w-]{1,4000}\.[\w-]{1,4000}\.[\w-]+|https:\/\/hooks\.slack\.com\/[\w/-]+/g;

/** `redis://:password@host`, with or without a name; the host is worth reading. */
const CREDENTIALS_IN_ADDRESS = /:\/\/[^\s:/@]*:[^\s/]*@/g;

export function withoutSecrets(text: string): string {
  return text
    .replace(SECRET_PATTERNS, '[redacted]')
    .replace(CREDENTIALS_IN_ADDRESS, '://[redacted]@');
}

export interface LineLogger {
  log(level: 'debug' | 'info' | 'warn' | 'error', fields: object, message: string): void;
}

/** JSON lines on standard error: standard output belongs to the command line's answers. */
export function createLogger(level: string): Logger {
  const base = pino({ level, base: null }, pino.destination(2));
  return wrap({ log: (at, fields, message) => base[at](fields, message) }, {});
}

export function wrap(target: LineLogger, bound: LogFields): Logger {
  const clean = (fields: LogFields | undefined): object =>
    Object.fromEntries(
      Object.entries({ ...bound, ...fields }).map(([key, value]) => [
        key,
        typeof value === 'string' ? withoutSecrets(value) : value,
      ]),
    );
  const write = (level: Parameters<LineLogger['log']>[0], fields: object, message: string) =>
    target.log(level, fields, withoutSecrets(message));
  return {
    debug: (message, fields) => write('debug', clean(fields), message),
    info: (message, fields) => write('info', clean(fields), message),
    warn: (message, fields) => write('warn', clean(fields), message),
    error: (message, error, fields) =>
      write('error', { ...clean(fields), error: describeError(error) }, message),
    child: (fields) => wrap(target, { ...bound, ...fields }),
  };
}

/** Name, code, message, stack and the chain of causes; never the whole object (it may hold headers). */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)).slice(0, 500) };
  return {
    name: error.name,
    ...(isAppError(error) ? { code: error.code } : {}),
    message: withoutSecrets(error.message).slice(0, 1_000),
    stack: withoutSecrets(error.stack ?? '').slice(0, 3_000),
    ...(error.cause !== undefined && depth < 3
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  };
}
