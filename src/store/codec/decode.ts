import type { z } from 'zod';
import { AppError } from '../../errors.ts';

/**
 * Of what is read, changed and written again: a process that knows less of it would lose the rest, so
 * it reads nothing of a higher format. Raised with each change of a schema; a test compares.
 */
export const STORED_FORMAT = 2;

/** Reads a stored JSON text. `key` says where it was stored, for the person who has to mend it. */
export function decodeJson<T>(schema: z.ZodType<T>, text: string, key: string): T {
  const value = parseJson(text, key);
  if (formatOf(value) > STORED_FORMAT) throw newer(key, 'format', undefined);
  return parseStored(schema, value, key);
}

/** What was stored before there were formats has none. */
function formatOf(value: unknown): number {
  const format: unknown = Reflect.get(Object(value), 'format');
  return typeof format === 'number' ? format : 1;
}

/** Checks a value that came from where things are stored: a row, an answer, a text. */
export function parseStored<T>(schema: z.ZodType<T>, value: unknown, key: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  if (issue !== undefined && isUnknownWord(issue, value)) throw newer(key, path, result.error);
  throw corrupt(key, path === '' ? 'it has an unknown form' : `at ${path}`, result.error);
}

/** A kind, a state, a number of a schema that this version has no name for. */
function isUnknownWord(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code !== 'invalid_value' && issue.code !== 'invalid_union') return false;
  const found = issue.path.reduce<unknown>((part, key) => Reflect.get(Object(part), key), value);
  return typeof found === 'string' || typeof found === 'number';
}

function parseJson(text: string, key: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw corrupt(key, 'it is not JSON', cause);
  }
}

function corrupt(key: string, where: string, cause: unknown): AppError {
  return new AppError(
    'store-corrupt',
    `The stored value ${key} cannot be read (${where}). Restore it from a backup.`,
    { cause },
  );
}

function newer(key: string, path: string, cause: unknown): AppError {
  return new AppError(
    'store-newer',
    `This was written by a newer version of Redthread; nothing was changed. Try again in a moment. If it stays so, an upgrade was left half-way, and your administrator has to replace the older processes. (${key}, at ${path})`,
    { cause },
  );
}
