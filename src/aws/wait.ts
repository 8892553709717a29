import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or rejects with an AbortError as soon as the signal says so. */
export async function wait(waitMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (waitMs > 0) await sleep(waitMs, undefined, { signal });
}
