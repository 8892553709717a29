import { join } from 'node:path';
import type { Logger, Store } from '../ports.ts';
import { DEFAULT_AUDIT_RETENTION } from './limits.ts';

export const DATABASE_FILE = 'redthread.db';

/** Redis where there is a REDIS_URL, the embedded database otherwise. Only the one that is used is loaded. */
export async function openStore(
  where: {
    readonly redisUrl: string | null;
    /** Of the sentinels, where there are any; null or absent: none. */
    readonly redisSentinelPassword?: string | null;
    /** How many replicas must have a write before it counts; absent: none. */
    readonly redisReplicas?: number;
    readonly dataDirectory: string;
    /** How long the audit log reaches back; absent: as long as by default. */
    readonly retention?: { readonly auditMs: number };
  },
  log: Logger,
  /** Called for each work item that only a newer version can read. */
  onNewer: () => void = () => undefined,
): Promise<Store> {
  const { redisUrl, dataDirectory, retention } = where;
  const keepMs = retention?.auditMs ?? DEFAULT_AUDIT_RETENTION.keepMs;
  const auditRetention = { ...DEFAULT_AUDIT_RETENTION, keepMs };
  if (redisUrl !== null) {
    const { redisSentinelPassword: sentinelPassword = null, redisReplicas: replicas = 0 } = where;
    const target = { url: redisUrl, sentinelPassword, replicas };
    const { openRedisStore } = await import('./redis/open-redis-store.ts');
    return openRedisStore({ ...target, log, onNewer, auditRetention });
  }
  const { openSqliteStore } = await import('./sqlite/open-sqlite-store.ts');
  return openSqliteStore({
    path: join(dataDirectory, DATABASE_FILE),
    log,
    onNewer,
    auditRetention,
  });
}
