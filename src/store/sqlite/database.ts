import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { parseStored } from '../codec/decode.ts';
import { translateSqliteError } from './errors.ts';

export type Parameters = Readonly<Record<string, SQLInputValue>>;

/** Statements with errors in our terms, prepared once. Rows are parsed, not cast. */
export interface Database {
  run(sql: string, parameters?: Parameters): { readonly changes: number };
  first<T>(row: z.ZodType<T>, sql: string, parameters?: Parameters): T | null;
  all<T>(row: z.ZodType<T>, sql: string, parameters?: Parameters): readonly T[];
  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export function createDatabase(raw: DatabaseSync, path: string): Database {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = raw.prepare(sql);
    prepared.set(sql, fresh);
    return fresh;
  };
  const guarded = <T>(action: () => T): T => {
    if (!raw.isOpen) throw new AppError('store-unavailable', 'The store has been closed.');
    return guard(path, action);
  };
  return {
    run: (sql, parameters = {}) =>
      guarded(() => ({ changes: Number(statement(sql).run(parameters).changes) })),
    first: (row, sql, parameters = {}) =>
      guarded(() => parseStored(row.nullable(), statement(sql).get(parameters) ?? null, path)),
    all: (row, sql, parameters = {}) =>
      guarded(() => parseStored(z.array(row), statement(sql).all(parameters), path)),
    transaction: (work) => guarded(() => inTransaction(raw, work)),
    close: () => {
      if (raw.isOpen) raw.close();
    },
  };
}

function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw translateSqliteError(error, path);
  }
}

function inTransaction<T>(raw: DatabaseSync, work: () => T): T {
  raw.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    raw.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back by itself after a full disk.
    if (raw.isTransaction) raw.exec('ROLLBACK');
    throw error;
  }
}
