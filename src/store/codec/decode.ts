import type { z } from 'zod';
import { AppError } from '../../errors.ts';

/** Reads a stored JSON text. `key` says where it was stored, for the person who has to mend it. */
export function decodeJson<T>(schema: z.ZodType<T>, text: string, key: string): T {
  return parseStored(schema, parseJson(text, key), key);
}

/** Checks a value that came from where things are stored: a row, an answer, a text. */
export function parseStored<T>(schema: z.ZodType<T>, value: unknown, key: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw corrupt(key, path === '' ? 'it has an unknown form' : `at ${path}`, result.error);
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
    `The stored value ${key} cannot be read (${where}). Restore it from a backup, or start a newer Redthread if one wrote it.`,
    { cause },
  );
}
