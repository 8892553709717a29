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

export interface Turn {
  readonly key: string;
  readonly urgency: Asker['urgency'];
  readonly spacingMs?: number | undefined;
}

/**
 * Waits until the next call may be made. Background calls only take slots that nobody wants;
 * after `backgroundWaitMaxMs` they queue like a person. Rejects when the signal says so.
 */
export async function takeTurn(
  limiter: CallLimiter,
  turn: Turn,
  signal: AbortSignal,
  backgroundWaitMaxMs: number = PACE.backgroundWaitMaxMs,
): Promise<void> {
  const { key, urgency, spacingMs = PACE.spacingMs } = turn;
  let patienceMs = urgency === 'background' ? backgroundWaitMaxMs : 0;
  while (patienceMs > 0) {
    const askAgainInMs = await limiter.tryReserveCall(key, spacingMs);
    if (askAgainInMs === 0) return signal.throwIfAborted();
    await wait(Math.min(askAgainInMs, patienceMs), signal);
    patienceMs -= askAgainInMs;
  }
  await wait(await limiter.reserveCall(key, spacingMs), signal);
}
