import { join } from 'node:path';
import type { Logger, Store } from '../ports.ts';
import { DEFAULT_AUDIT_RETENTION } from './limits.ts';
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
    /** How long the audit log reaches back; absent: as long as by default. */
    readonly retention?: { readonly auditMs: number };
  },
  log: Logger,
  /** Called for each work item that only a newer version can read. */
  onNewer: () => void = () => undefined,
): Promise<Store> {
  const { redisUrl, redisReplicas = 0, dataDirectory, retention } = where;
  const keepMs = retention?.auditMs ?? DEFAULT_AUDIT_RETENTION.keepMs;
  const auditRetention = { ...DEFAULT_AUDIT_RETENTION, keepMs };
  if (redisUrl !== null) {
    return openRedisStore({ url: redisUrl, replicas: redisReplicas, log, onNewer, auditRetention });
  }
  return openSqliteStore({
    path: join(dataDirectory, DATABASE_FILE),
    log,
    onNewer,
    auditRetention,
  });
}
