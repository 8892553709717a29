/**
 * The time of a story, which takes an hour and is played in a minute. `Date` runs on from the moment
 * the story has come to, so that leases, limits and time-outs work as ever; what the bot records is
 * dated by `nowMs`, which stands still until the next moment, so that it is the same on every machine.
 */
export interface StoryClock {
  nowMs(): number;
  moveTo(atMs: number): void;
  /** Gives the process its own `Date` back. */
  remove(): void;
}

export function installStoryClock(startMs: number): StoryClock {
  const OwnDate = globalThis.Date;
  let momentMs = startMs;
  let reachedAtMs = performance.now();
  const runningMs = () => Math.floor(momentMs + performance.now() - reachedAtMs);
  globalThis.Date = new Proxy(OwnDate, {
    construct: (target, words, made) =>
      Reflect.construct(target, words.length === 0 ? [runningMs()] : words, made),
    get: (target, name) => (name === 'now' ? runningMs : Reflect.get(target, name)),
  });
  return {
    nowMs: () => momentMs,
    moveTo: (atMs) => {
      momentMs = atMs;
      reachedAtMs = performance.now();
    },
    remove: () => {
      globalThis.Date = OwnDate;
    },
  };
}
