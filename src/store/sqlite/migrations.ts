import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Database } from './database.ts';

const FIRST_SCHEMA = [
  `CREATE TABLE incidents (
     incident_id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL,
     summary TEXT NOT NULL, channel_id TEXT NOT NULL, status TEXT NOT NULL,
     opened_at_ms INTEGER NOT NULL, last_activity_at_ms INTEGER NOT NULL) STRICT`,
  'CREATE INDEX incidents_by_activity ON incidents (last_activity_at_ms, incident_id)',
  `CREATE TABLE events (
     incident_id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (incident_id, version)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE dedupe (
     scope TEXT NOT NULL, dedupe_id TEXT NOT NULL, version INTEGER NOT NULL,
     expires_at_ms INTEGER NOT NULL, PRIMARY KEY (scope, dedupe_id)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX dedupe_by_expiry ON dedupe (expires_at_ms)',
  `CREATE TABLE work (
     work_id TEXT PRIMARY KEY, due_at_ms INTEGER NOT NULL, payload TEXT NOT NULL,
     attempt INTEGER NOT NULL, generation INTEGER NOT NULL, claimed_generation INTEGER NOT NULL,
     failure_count INTEGER NOT NULL, held INTEGER NOT NULL) STRICT`,
  'CREATE INDEX work_by_due ON work (due_at_ms, work_id)',
  'CREATE TABLE work_sequence (last INTEGER NOT NULL) STRICT',
  'INSERT INTO work_sequence (last) VALUES (0)',
  'CREATE TABLE dead_work (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT',
  `CREATE TABLE messages (
     incident_id TEXT NOT NULL, slot TEXT NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (incident_id, slot)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE threads (
     channel_id TEXT NOT NULL, thread_ts TEXT NOT NULL, incident_id TEXT NOT NULL,
     PRIMARY KEY (channel_id, thread_ts, incident_id)) STRICT, WITHOUT ROWID`,
  'CREATE TABLE documents (incident_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT',
  'CREATE TABLE limiter (name TEXT PRIMARY KEY, next_slot_at_ms INTEGER NOT NULL) STRICT',
  `CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT, recorded_at_ms INTEGER NOT NULL,
     body TEXT NOT NULL) STRICT`,
];

/** The index holds all that pruning reads: bodies are large and stay where they are. */
const CACHE = [
  `CREATE TABLE cache (
     name TEXT PRIMARY KEY, expires_at_ms INTEGER NOT NULL, bytes INTEGER NOT NULL,
     body TEXT NOT NULL) STRICT`,
  'CREATE INDEX cache_by_expiry ON cache (expires_at_ms, name, bytes)',
];

const INQUIRIES = [
  `CREATE TABLE inquiries (
     inquiry_id TEXT PRIMARY KEY, version INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL,
     body TEXT NOT NULL) STRICT`,
  'CREATE INDEX inquiries_by_expiry ON inquiries (expires_at_ms)',
];

/** Row n brings a database from version n to n + 1. Rows are added, never changed. */
const MIGRATIONS: readonly (readonly string[])[] = [FIRST_SCHEMA, CACHE, INQUIRIES];

/** Of files that this Redthread writes; it takes older ones further. */
export const SCHEMA_VERSION = MIGRATIONS.length;

const versionRow = z.object({ user_version: z.int() });

/** Brings the file to the newest schema. Taking the write lock here also claims the file for us. */
export function migrate(database: Database, path: string): void {
  database.transaction(() => {
    const found = database.first(versionRow, 'PRAGMA user_version')?.user_version ?? 0;
    if (found > MIGRATIONS.length) throw newerFile(path, found);
    for (const statement of MIGRATIONS.slice(found).flat()) database.run(statement);
    database.run(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function newerFile(path: string, found: number): AppError {
  return new AppError(
    'store-unsafe',
    `The database file ${path} was written by a newer Redthread (schema ${found}, known here: ${MIGRATIONS.length}). Start the newer one.`,
  );
}
