import type { Logger, Store } from '../../ports.ts';
import {
  type AuditRetention,
  type CacheLimits,
  DEFAULT_AUDIT_RETENTION,
  DEFAULT_CACHE_LIMITS,
} from '../limits.ts';
import { createCache } from './cache.ts';
import { checkServer } from './check-server.ts';
import { connectRedis } from './connection.ts';
import type { RedisContext } from './context.ts';
import { createIncidents } from './incidents.ts';
import { createInquiries } from './inquiries.ts';
import { createKeys } from './keys.ts';
import { createLimiter } from './limiter.ts';
import { createRecords } from './records.ts';
import { createRemoval } from './removal.ts';
import { createWork } from './work.ts';

export interface RedisStoreOptions {
  /** As REDIS_URL: one server, sentinels or a Cluster (place.ts). */
  readonly url: string;
  /** Of the sentinels; null or absent: none. */
  readonly sentinelPassword?: string | null;
  readonly log: Logger;
  /** How many replicas must have a write before anybody is told that it is kept. */
  readonly replicas?: number;
  /** Keeps several bots on one server apart. */
  readonly installation?: string;
  /** For tests; else the server's clock, on which all processes agree. */
  readonly now?: () => number;
  readonly auditRetention?: AuditRetention;
  readonly cacheLimits?: CacheLimits;
  /** Called for each work item that only a newer version can read. */
  readonly onNewer?: () => void;
}

/**
 * The store for several processes. Rejects with `store-unavailable` when the server cannot be
 * reached and `store-unsafe` when its settings would lose incidents in silence.
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const { log, installation = 'main', auditRetention = DEFAULT_AUDIT_RETENTION } = options;
  const keys = createKeys(installation);
  const target = { ...options, key: keys.summaries };
  const connection = await connectRedis(target, log);
  try {
    await checkServer(connection, target, log);
  } catch (error) {
    connection.close();
    throw error;
  }
  const { now = null, onNewer = () => undefined } = options;
  const context: RedisContext = { connection, keys, log, onNewer, now };
  return {
    ...createIncidents(context),
    ...createWork(context),
    ...createRecords(context, auditRetention),
    ...createRemoval(context, auditRetention),
    ...createInquiries(context),
    ...createLimiter(context),
    ...createCache(context, options.cacheLimits ?? DEFAULT_CACHE_LIMITS),
    async ping() {
      await connection.ask((client) => client.ping());
    },
    async close() {
      connection.close();
    },
  };
}
