import type { Asker, Store } from '../../ports.ts';
import { wait } from '../wait.ts';

export type CallLimiter = Pick<Store, 'reserveCall' | 'tryReserveCall' | 'holdCalls'>;

export const PACE = {
  // AWS allows two calls a second per account and Region, to everybody together.
  spacingMs: 600,
  // After a throttle nobody asks for this long.
  pauseMs: 2_000,
  triesMax: 4,
  // Second looks that never came to their turn would leave people with an answer that went stale.
  backgroundWaitMaxMs: 60_000,
} as const;

/**
 * Waits until the next call may be made. Background calls only take slots that nobody wants;
 * after `backgroundWaitMaxMs` they queue like a person. Rejects when the signal says so.
 */
export async function takeTurn(
  limiter: CallLimiter,
  turn: { readonly key: string; readonly urgency: Asker['urgency'] },
  signal: AbortSignal,
  backgroundWaitMaxMs: number = PACE.backgroundWaitMaxMs,
): Promise<void> {
  const { key, urgency } = turn;
  let patienceMs = urgency === 'background' ? backgroundWaitMaxMs : 0;
  while (patienceMs > 0) {
    const askAgainInMs = await limiter.tryReserveCall(key, PACE.spacingMs);
    if (askAgainInMs === 0) return signal.throwIfAborted();
    await wait(Math.min(askAgainInMs, patienceMs), signal);
    patienceMs -= askAgainInMs;
  }
  await wait(await limiter.reserveCall(key, PACE.spacingMs), signal);
}
