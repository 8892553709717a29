import { join } from 'node:path';
import type { Logger, Store } from '../ports.ts';
import { openRedisStore } from './redis/open-redis-store.ts';
import { openSqliteStore } from './sqlite/open-sqlite-store.ts';

export const DATABASE_FILE = 'redthread.db';

/** Redis where there is a REDIS_URL, the embedded database otherwise. */
export function openStore(
  where: {
    readonly redisUrl: string | null;
    /** How many replicas must have a write before it counts; absent: none. */
    readonly redisReplicas?: number;
    readonly dataDirectory: string;
  },
  log: Logger,
): Promise<Store> {
  if (where.redisUrl !== null) {
    return openRedisStore({ url: where.redisUrl, replicas: where.redisReplicas ?? 0, log });
  }
  return openSqliteStore({ path: join(where.dataDirectory, DATABASE_FILE), log });
}
