import type { ActivityEnd, ActivityPage } from '../../ports.ts';

export type ReadingStep = IteratorResult<ActivityPage, ActivityEnd>;

/** One reading for all who ask the same at the same time; it goes on as far as one of them wants. */
export interface SharedReading {
  /** Must be answered by one `leave`. */
  join(): void;
  /** Step by step for each reader. Rejects when the reader's signal says so; the others go on. */
  step(index: number, signal: AbortSignal): Promise<ReadingStep>;
  /** The last to leave ends the reading. */
  leave(): Promise<void>;
  /** Resolves once all is done that follows when everybody left; null before. Nobody can join then. */
  abandoned(): Promise<void> | null;
}

const NOBODY_LEFT: ActivityEnd = {
  outcome: 'timed-out',
  accountId: null,
  recordCount: 0,
  skippedCount: 0,
  truncated: true,
  explanation: null,
};

/** `whenOver` is called once, with all that was read, before anybody is told the end. */
export function createSharedReading(
  read: (signal: AbortSignal) => AsyncGenerator<ActivityPage, ActivityEnd>,
  whenOver: (steps: readonly ReadingStep[]) => Promise<void>,
): SharedReading {
  const stop = new AbortController();
  const pages = read(stop.signal);
  const steps: ReadingStep[] = [];
  let readers = 0;
  let advancing: Promise<void> | null = null;
  let over: Promise<void> | null = null;
  let isAbandoned = false;
  const finish = (): Promise<void> => {
    over ??= whenOver([...steps]);
    return over;
  };
  const takeStep = async () => {
    const step = await pages.next();
    steps.push(step);
    if (step.done) await finish();
    advancing = null;
  };
  // After a failure it stays: whoever comes later fails alike.
  const advance = (): Promise<void> => {
    advancing ??= takeStep();
    return advancing;
  };
  return {
    join() {
      readers += 1;
    },
    async step(index, signal) {
      for (;;) {
        const step = steps[index];
        const isTold = step !== undefined && !(step.done === true && advancing !== null);
        if (isTold) return step;
        // First: a step begun for nobody could fail with nobody to hear it.
        signal.throwIfAborted();
        await unlessAborted(advance(), signal);
      }
    },
    async leave() {
      readers -= 1;
      if (readers > 0) return;
      if (over === null) {
        isAbandoned = true;
        stop.abort();
        pages.return(NOBODY_LEFT).catch(() => undefined);
      }
      await finish();
    },
    abandoned: () => (isAbandoned ? over : null),
  };
}

async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const refuse = () => reject(signal.reason);
  signal.addEventListener('abort', refuse, { once: true });
  try {
    await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', refuse);
  }
}
