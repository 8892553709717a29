import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, isAppError } from '../../errors.ts';
import type { Logger, Store } from '../../ports.ts';
import {
  type AuditRetention,
  type CacheLimits,
  DEFAULT_AUDIT_RETENTION,
  DEFAULT_CACHE_LIMITS,
} from '../limits.ts';
import { createCache } from './cache.ts';
import { createDatabase, type Database } from './database.ts';
import { createDedupe } from './dedupe.ts';
import { translateSqliteError } from './errors.ts';
import { createIncidents } from './incidents.ts';
import { createInquiries } from './inquiries.ts';
import { createLimiter } from './limiter.ts';
import { migrate } from './migrations.ts';
import { createRecords } from './records.ts';
import { createRemoval } from './removal.ts';
import { createWork, freeHeldWork } from './work.ts';

/** A backup may be reading the file, and the process before this one may still be stopping. */
const LOCK_WAIT_MS = 3_000;
const LOCK_RETRY_MS = 100;

export interface SqliteStoreOptions {
  /** The database file, made with its folder when missing; `:memory:` keeps nothing. */
  readonly path: string;
  readonly log: Logger;
  readonly now?: () => number;
  readonly auditRetention?: AuditRetention;
  readonly cacheLimits?: CacheLimits;
  /** How long a file that somebody else has is waited for; shorter for tests. */
  readonly lockWaitMs?: number;
  /** Called for each work item that only a newer version can read. */
  readonly onNewer?: () => void;
}

/**
 * The embedded store: one process, durable. Rejects with `store-locked` while another process has
 * the file, `store-corrupt` when it is damaged, `store-unsafe` when a newer Redthread wrote it.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, lockWaitMs = LOCK_WAIT_MS } = options;
  if (path !== ':memory:') prepareFile(path);
  const database = await openOnceFree(path, lockWaitMs);
  freeHeldWork(database, options.now ?? Date.now);
  return createSqliteStore(database, options);
}

/** The store over an open database with the newest schema. */
export function createSqliteStore(
  database: Database,
  {
    log,
    now = Date.now,
    auditRetention = DEFAULT_AUDIT_RETENTION,
    cacheLimits = DEFAULT_CACHE_LIMITS,
    onNewer = () => undefined,
  }: Omit<SqliteStoreOptions, 'path'>,
): Store {
  const context = { database, dedupe: createDedupe(database, now), now, log, onNewer };
  return {
    ...createIncidents(context),
    ...createWork(context),
    ...createRecords(database, now, auditRetention),
    ...createRemoval(context, auditRetention),
    ...createInquiries(context),
    ...createLimiter(database, now),
    ...createCache(context, cacheLimits),
    async ping() {
      database.run('SELECT 1');
    },
    async close() {
      database.close();
    },
  };
}

/**
 * Makes the file ours alone to read. An existing file is not opened here: closing it again would
 * drop the lock that another store of this process may have on it (POSIX).
 */
function prepareFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw new AppError(
      'store-unavailable',
      `The database file ${path} cannot be made. Check that its folder can be written to.`,
      { cause: error },
    );
  }
}

async function openOnceFree(path: string, lockWaitMs: number): Promise<Database> {
  for (let waitedMs = 0; ; waitedMs += LOCK_RETRY_MS) {
    try {
      return openDatabase(path);
    } catch (error) {
      if (!isAppError(error, 'store-locked') || waitedMs >= lockWaitMs) throw error;
    }
    await pause(LOCK_RETRY_MS);
  }
}

/**
 * The exclusive lock is the operating system's, taken by the first write and kept until close, so
 * a killed process never leaves it behind. It must be asked for before the journal mode is set.
 * What is deleted is overwritten with zeros: people delete what nobody may find in the file.
 */
function openDatabase(path: string): Database {
  let raw: DatabaseSync | undefined;
  try {
    raw = new DatabaseSync(path);
    raw.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON',
    );
    const database = createDatabase(raw, path);
    migrate(database, path);
    return database;
  } catch (error) {
    raw?.close();
    throw translateSqliteError(error, path);
  }
}
