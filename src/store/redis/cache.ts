import { createHash } from 'node:crypto';
import type { Store } from '../../ports.ts';
import { type CacheLimits, wholeMs } from '../limits.ts';
import { givenNow, type RedisContext } from './context.ts';
import { isOutOfMemory } from './errors.ts';
import { readCachedScript, saveCachedScript } from './scripts/cache.ts';

/**
 * What can be had again. It is bounded here because the server evicts nothing, and one hash holds
 * all of it, so that it can go at once.
 */
export function createCache(
  context: RedisContext,
  limits: CacheLimits,
): Pick<Store, 'readCached' | 'saveCached'> {
  const { connection, keys, log } = context;
  const { cacheBodies, cacheExpiry, cacheBytes } = keys;
  return {
    async readCached(key) {
      const values = [givenNow(context), digestOf(key)];
      return connection.run(readCachedScript, [cacheBodies, cacheExpiry], values);
    },
    async saveCached(key, body, ttlMs) {
      const { entriesMax, bytesMax, bodyBytesMax } = limits;
      const isKept = Buffer.byteLength(body) <= bodyBytesMax;
      const entry = [digestOf(key), isKept ? body : '', isKept ? wholeMs(ttlMs) : 0];
      const values = [givenNow(context), ...entry, entriesMax, bytesMax];
      const scriptKeys = [cacheBodies, cacheExpiry, cacheBytes];
      try {
        await connection.run(saveCachedScript, scriptKeys, values);
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        // Incidents need the room more than what can be had again.
        await connection.ask((client) => client.unlink(scriptKeys));
        log.warn('Redis has no memory left; the cache was emptied');
      }
    },
  };
}

/** Names hold what was asked for and can be long. */
function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
