export interface Timers {
  after(delayMs: number, run: () => void): void;
  every(intervalMs: number, run: () => void): void;
  /** Resolves after the pause, or never once the timers are closed. */
  pause(delayMs: number): Promise<void>;
  close(): void;
}

/** All of a workspace's timers in one place, so that closing it leaves nothing behind. */
export function createTimers(): Timers {
  const pending = new Set<NodeJS.Timeout>();
  let isClosed = false;
  const after = (delayMs: number, run: () => void) => {
    if (isClosed) return;
    const timer = setTimeout(() => {
      pending.delete(timer);
      run();
    }, delayMs);
    pending.add(timer);
  };
  return {
    after,
    every(intervalMs, run) {
      if (isClosed) return;
      pending.add(setInterval(run, intervalMs));
    },
    pause: (delayMs) => new Promise((resolve) => after(delayMs, resolve)),
    close() {
      isClosed = true;
      for (const timer of pending) clearTimeout(timer);
      pending.clear();
    },
  };
}
