import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { parseWhen } from '../domain/time/parse-when.ts';
import { AppError } from '../errors.ts';

/** Later than any moment that a person can mean. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** Options and words after a command; what is wrong with them is told with the command's name. */
export function readCommandLine<T extends ParseArgsOptionsConfig>(
  command: string,
  words: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (cause) {
    throw new AppError('input-invalid', `${command}: ${(cause as Error).message}`, { cause });
  }
}

/** `--at`, a date or an ISO time, in UTC where it names no zone. */
export function readAt(command: string, text: string | undefined, nowMs: number): number {
  if (text === undefined) return nowMs;
  const when = parseWhen(text, { timeZone: 'UTC', nowMs: LATEST_MS, meaning: 'past' });
  if (/^\d{4}-/.test(text) && when.kind === 'time') return when.atMs;
  throw new AppError(
    'input-invalid',
    `${command}: --at takes a time like 2026-03-08T10:42:00Z, not \`${text}\``,
  );
}
