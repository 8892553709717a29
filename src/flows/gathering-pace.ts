/** Runs what is shown to people now and then: never twice at once, and not more often than said. */
export interface Pace {
  /** Does it now if it is time; otherwise a later call will. */
  touch(show: () => Promise<void>): void;
  /** Waits for what is under way; throws what it threw. */
  settle(): Promise<void>;
}

export function createPace(options: { readonly everyMs: number; nowMs(): number }): Pace {
  let lastMs = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let failures: unknown[] = [];
  return {
    touch(show) {
      const nowMs = options.nowMs();
      if (running !== null || nowMs - lastMs < options.everyMs) return;
      lastMs = nowMs;
      running = show()
        .catch((error: unknown) => {
          failures = [error];
        })
        .finally(() => {
          running = null;
        });
    },
    async settle() {
      await running;
      if (failures.length > 0) throw failures[0];
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
