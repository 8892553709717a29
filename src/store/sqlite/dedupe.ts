import { z } from 'zod';
import { type DedupeScope, STORE_LIMITS } from '../limits.ts';
import type { Database } from './database.ts';

export interface Dedupe {
  /** The version it led to (0 for schedulings); null when it was not seen within 25 h. */
  find(scope: DedupeScope, dedupeId: string): number | null;
  remember(scope: DedupeScope, dedupeId: string, version: number): void;
}

const versionRow = z.object({ version: z.int() });

export function createDedupe(database: Database, now: () => number): Dedupe {
  return {
    find(scope, dedupeId) {
      database.run('DELETE FROM dedupe WHERE expires_at_ms <= $nowMs', { nowMs: now() });
      const sql = 'SELECT version FROM dedupe WHERE scope = $scope AND dedupe_id = $dedupeId';
      return database.first(versionRow, sql, { scope, dedupeId })?.version ?? null;
    },
    remember(scope, dedupeId, version) {
      const expiresAtMs = now() + STORE_LIMITS.dedupeTtlMs;
      const sql = 'INSERT INTO dedupe VALUES ($scope, $dedupeId, $version, $expiresAtMs)';
      database.run(sql, { scope, dedupeId, version, expiresAtMs });
    },
  };
}
