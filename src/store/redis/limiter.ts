import type { Store } from '../../ports.ts';
import { wholeMs } from '../limits.ts';
import { givenNow, type RedisContext } from './context.ts';
import { holdCallsScript, reserveCallScript, tryReserveCallScript } from './scripts/records.ts';

/** A key is kept so long after its last slot has passed. */
const IDLE_MS = 60_000;

export function createLimiter(
  context: RedisContext,
): Pick<Store, 'reserveCall' | 'tryReserveCall' | 'holdCalls'> {
  const { connection, keys } = context;
  return {
    async reserveCall(key, spacingMs) {
      const values = [givenNow(context), wholeMs(spacingMs), IDLE_MS];
      return connection.run(reserveCallScript, [keys.limiter(key)], values);
    },
    async tryReserveCall(key, spacingMs) {
      const values = [givenNow(context), wholeMs(spacingMs), IDLE_MS];
      return connection.run(tryReserveCallScript, [keys.limiter(key)], values);
    },
    async holdCalls(key, pauseMs) {
      const values = [givenNow(context), wholeMs(pauseMs), IDLE_MS];
      await connection.run(holdCallsScript, [keys.limiter(key)], values);
    },
  };
}
