import { z } from 'zod';
import type { Store } from '../../ports.ts';
import { type CacheLimits, wholeMs } from '../limits.ts';
import type { SqliteContext } from './context.ts';
import type { Database } from './database.ts';
import { isDiskFull } from './errors.ts';

const bodyRow = z.object({ body: z.string() });

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
  const sql = `DELETE FROM cache WHERE name IN (SELECT name FROM (
      SELECT name, row_number() OVER latest AS place, sum(bytes) OVER latest AS bytes_so_far
      FROM cache WINDOW latest AS (ORDER BY expires_at_ms DESC, name DESC))
    WHERE place > $entriesMax OR bytes_so_far > $bytesMax)`;
  database.run(sql, { entriesMax, bytesMax });
}
