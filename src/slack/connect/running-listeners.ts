import type { App } from '@slack/bolt';

export interface RunningListeners {
  /** Resolves when no listener runs. */
  ended(): Promise<void>;
}

/** Bolt's stop() returns at once, whatever still runs. */
export function watchListeners(app: App): RunningListeners {
  const running = new Set<Promise<void>>();
  const dealWith = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const run = dealWith(event);
    const ended = run.then(
      () => undefined,
      () => undefined,
    );
    running.add(ended);
    void ended.then(() => running.delete(ended));
    return run;
  };
  return {
    ended: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
