import { z } from 'zod';
import type { Store } from '../../ports.ts';
import { type CacheLimits, wholeMs } from '../limits.ts';
import type { SqliteContext } from './context.ts';
import type { Database } from './database.ts';
import { isDiskFull } from './errors.ts';

const bodyRow = z.object({ body: z.string() });
const entryRow = z.object({ name: z.string(), bytes: z.int() });
const totalsRow = z.object({ entries: z.int(), bytes: z.int() });

/** What can be had again. Beyond the limits, what expires soonest is dropped. */
export function createCache(
  { database, now, log }: SqliteContext,
  limits: CacheLimits,
): Pick<Store, 'readCached' | 'saveCached'> {
  return {
    async readCached(key) {
      const sql = 'SELECT body FROM cache WHERE name = $key AND expires_at_ms > $nowMs';
      return database.first(bodyRow, sql, { key, nowMs: now() })?.body ?? null;
    },
    async saveCached(key, body, ttlMs) {
      const nowMs = now();
      const bytes = Buffer.byteLength(body);
      try {
        database.transaction(() => {
          database.run('DELETE FROM cache WHERE name = $key', { key });
          if (bytes > limits.bodyBytesMax) return;
          const sql = 'INSERT INTO cache VALUES ($key, $expiresAtMs, $bytes, $body)';
          database.run(sql, { key, expiresAtMs: nowMs + wholeMs(ttlMs), bytes, body });
          prune(database, nowMs, limits);
        });
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        log.warn('The disk is full; nothing is cached');
      }
    },
  };
}

function prune(database: Database, nowMs: number, { entriesMax, bytesMax }: CacheLimits): void {
  database.run('DELETE FROM cache WHERE expires_at_ms <= $nowMs', { nowMs });
  const sql = 'SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM cache';
  let { entries, bytes } = database.first(totalsRow, sql) ?? { entries: 0, bytes: 0 };
  while (entries > entriesMax || bytes > bytesMax) {
    const soonest = 'SELECT name, bytes FROM cache ORDER BY expires_at_ms, name LIMIT 1';
    const row = database.first(entryRow, soonest);
    if (row === null) return;
    database.run('DELETE FROM cache WHERE name = $name', { name: row.name });
    entries -= 1;
    bytes -= row.bytes;
  }
}
