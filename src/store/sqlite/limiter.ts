import { z } from 'zod';
import type { Store } from '../../ports.ts';
import { wholeMs } from '../limits.ts';
import type { Database } from './database.ts';

const slotRow = z.object({ next_slot_at_ms: z.int() });

/** One row per key: when the next call may be made. Rows in the past say nothing and are removed. */
export function createLimiter(
  database: Database,
  now: () => number,
): Pick<Store, 'reserveCall' | 'tryReserveCall' | 'holdCalls'> {
  const put = (name: string, nextSlotAtMs: number): void => {
    const sql = 'INSERT OR REPLACE INTO limiter VALUES ($name, $nextSlotAtMs)';
    database.run(sql, { name, nextSlotAtMs });
  };
  const nextSlot = (name: string, nowMs: number): number => {
    database.run('DELETE FROM limiter WHERE next_slot_at_ms <= $nowMs', { nowMs });
    const sql = 'SELECT next_slot_at_ms FROM limiter WHERE name = $name';
    return database.first(slotRow, sql, { name })?.next_slot_at_ms ?? nowMs;
  };
  return {
    async reserveCall(key, spacingMs) {
      const nowMs = now();
      return database.transaction(() => {
        const slotAtMs = nextSlot(key, nowMs);
        put(key, slotAtMs + wholeMs(spacingMs));
        return slotAtMs - nowMs;
      });
    },
    async tryReserveCall(key, spacingMs) {
      const nowMs = now();
      return database.transaction(() => {
        const slotAtMs = nextSlot(key, nowMs);
        if (slotAtMs === nowMs) put(key, nowMs + wholeMs(spacingMs));
        return slotAtMs - nowMs;
      });
    },
    async holdCalls(key, pauseMs) {
      const nowMs = now();
      database.transaction(() => {
        put(key, Math.max(nextSlot(key, nowMs), nowMs + wholeMs(pauseMs)));
      });
    },
  };
}
