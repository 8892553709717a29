import type { Logger } from '../ports.ts';

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => resolve();
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
}

/** What hangs longer than the bot waits for it ends with the process. */
const STOP_MAX_MS = 9_500;

/** Stops, and ends the process: a call to AWS that nobody answers would keep it alive for a minute. */
export async function stopAndExit(stop: () => Promise<void>, log: Logger): Promise<never> {
  const fromMs = performance.now();
  const end = (code: number): never => {
    log.info('redthread has stopped', { tookMs: Math.round(performance.now() - fromMs) });
    process.exit(code);
  };
  setTimeout(end, STOP_MAX_MS, 0);
  try {
    await stop();
  } catch (error) {
    log.error('redthread did not stop well', error);
    end(1);
  }
  return end(0);
}
