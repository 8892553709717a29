import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { translateSqliteError } from './errors.ts';
import { SCHEMA_VERSION } from './migrations.ts';

export type FileFacts =
  /** The first start makes it. */
  | { readonly kind: 'absent' }
  /** A process has it: the bot runs. */
  | { readonly kind: 'in-use' }
  | { readonly kind: 'readable'; readonly schema: number; readonly isNewer: boolean };

const versionRow = z.object({ user_version: z.int() });

/** Looks at a database file without changing it. Throws what opening the store would. */
export function inspectFile(path: string): FileFacts {
  if (!existsSync(path)) return { kind: 'absent' };
  let raw: DatabaseSync | undefined;
  try {
    raw = new DatabaseSync(path, { readOnly: true });
    const schema = versionRow.parse(raw.prepare('PRAGMA user_version').get()).user_version;
    return { kind: 'readable', schema, isNewer: schema > SCHEMA_VERSION };
  } catch (error) {
    const told = translateSqliteError(error, path);
    if (told instanceof AppError && told.code === 'store-locked') return { kind: 'in-use' };
    throw told;
  } finally {
    raw?.close();
  }
}
