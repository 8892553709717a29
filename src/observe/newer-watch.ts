import type { Logger } from '../ports.ts';

/** So long after the last one an upgrade is over, or was taken back. */
const LATELY_MS = 5 * 60_000;

/** Notices that this process lives beside a newer version, which writes what it cannot read. */
export interface NewerWatch {
  readonly met: () => void;
  /** True when something of a newer version was met in the last minutes. */
  lately(): boolean;
}

export function createNewerWatch(log: Logger, nowMs = () => performance.now()): NewerWatch {
  let metAtMs: number | null = null;
  const lately = () => metAtMs !== null && nowMs() - metAtMs < LATELY_MS;
  return {
    lately,
    met: () => {
      if (!lately()) {
        log.warn('A newer version of Redthread writes what this process cannot read; replace it');
      }
      metAtMs = nowMs();
    },
  };
}
