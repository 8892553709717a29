import { type AppError, isAppError } from '../errors.ts';
import type { ClaimedWork, FlowDependencies, Logger, Store, Work, WorkKind } from '../ports.ts';

/** Longer than any single call inside a handler, so that a lease ends only with its process. */
const LEASE_MS = 30_000;
const LEASE_RENEWAL_MS = 10_000;
const POLL_INTERVAL_MS = 250;
/** After the store failed, so that a dead Redis is not hammered. */
const STORE_PAUSE_MS = 1_000;
/** As long as the lease lasts; then the item is anybody's. */
const SETTLE_TRIES_MAX = LEASE_MS / STORE_PAUSE_MS;
const AT_ONCE_MAX = 8;
const FAILURES_MAX = 8;
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 60_000;

/** How a handler ended. A throw counts as `failed`. */
export type WorkOutcome =
  | { readonly kind: 'done' }
  /** Not a failure: something asks for a pause (a rate limit, an outcome to be looked up later). */
  | { readonly kind: 'later'; readonly delayMs: number }
  /** Trying again cannot help; goes to the dead letters at once. */
  | { readonly kind: 'hopeless'; readonly reason: string };

export type WorkHandlers = {
  readonly [K in WorkKind]: (
    work: Extract<Work, { kind: K }>,
    signal: AbortSignal,
  ) => Promise<WorkOutcome>;
};

export interface Workers {
  /** Looks for due work at once. */
  wake(): void;
  /** How long ago the loop last looked for work; it does so several times a second. */
  stalledMs(): number;
  /** Stops claiming and waits for what is running; what does not end in time is anybody's at once. */
  stop(graceMs: number): Promise<void>;
}

export interface WorkerOptions {
  readonly store: Store;
  readonly log: Logger;
  readonly handlers: WorkHandlers;
  /** Makes a given-up item visible to people. */
  readonly onDead: (work: Work, reason: string) => Promise<void>;
}

/** Claims due work and runs it, a few items at once, until stopped. */
export function startWorkers(options: WorkerOptions): Workers {
  const running = new Map<ClaimedWork, Promise<void>>();
  const stopping = new AbortController();
  const leaving = new AbortController();
  let waken: () => void = () => undefined;
  let lookedAtMs = performance.now();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      lookedAtMs = performance.now();
      const claimed = await claim(options, AT_ONCE_MAX - running.size);
      if (stopping.signal.aborted) return leave(options, claimed ?? []);
      for (const item of claimed ?? []) {
        const run = runItem(options, item, stopping.signal, leaving.signal).finally(() => {
          running.delete(item);
          waken();
        });
        running.set(item, run);
      }
      if (claimed !== null && claimed.length > 0 && running.size < AT_ONCE_MAX) continue;
      await new Promise<void>((resolve) => {
        waken = resolve;
        setTimeout(resolve, claimed === null ? STORE_PAUSE_MS : POLL_INTERVAL_MS);
      });
    }
  })();
  return {
    wake: () => waken(),
    stalledMs: () => performance.now() - lookedAtMs,
    stop: async (graceMs) => {
      stopping.abort();
      waken();
      const grace = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
      const ended = loop.then(() => Promise.allSettled(running.values()));
      await Promise.race([ended, grace]);
      leaving.abort();
      await leave(options, [...running.keys()]);
    },
  };
}

/** Gives back what this process will not finish, so that no other waits for the lease to end. */
async function leave({ store, log }: WorkerOptions, items: readonly ClaimedWork[]): Promise<void> {
  const released = await Promise.allSettled(items.map((item) => store.releaseWork(item, 0)));
  const failed = released.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) log.error('work could not be given back', failed.reason);
}

/** Null when the store could not be asked. */
async function claim(
  options: WorkerOptions,
  limit: number,
): Promise<readonly ClaimedWork[] | null> {
  if (limit <= 0) return [];
  try {
    return await options.store.claimWork({ leaseMs: LEASE_MS, limit });
  } catch (error) {
    options.log.error('work could not be claimed', error);
    return null;
  }
}

async function runItem(
  options: WorkerOptions,
  item: ClaimedWork,
  signal: AbortSignal,
  /** Aborted when nobody waits any more: the item is no longer ours. */
  left: AbortSignal,
): Promise<void> {
  const { store } = options;
  const log = options.log.child({ workId: item.workId, attempt: item.attempt });
  const renewal = setInterval(() => {
    if (left.aborted) return;
    store.renewWork(item, LEASE_MS).catch((error: unknown) => {
      log.error('lease could not be renewed', error);
    });
  }, LEASE_RENEWAL_MS).unref();
  try {
    const outcome = await handle(options, item, signal);
    if (left.aborted) return;
    await settleInTime(() => settle(options, item, outcome, log), log, signal);
  } catch (error) {
    log.error('work could not be settled, its lease will end', error);
  } finally {
    clearInterval(renewal);
  }
}

/**
 * A store that comes back finds out how the work ended before the lease does: otherwise what people
 * did after a short outage would be shown half a minute late. Our claim makes a second try safe.
 */
async function settleInTime(
  attempt: () => Promise<void>,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= SETTLE_TRIES_MAX || signal.aborted) throw error;
      log.warn('work could not be settled yet', { problem: String(error).slice(0, 200) });
    }
    await new Promise((wake) => setTimeout(wake, STORE_PAUSE_MS));
  }
}

async function handle(
  options: WorkerOptions,
  item: ClaimedWork,
  signal: AbortSignal,
): Promise<WorkOutcome | { readonly kind: 'failed'; readonly error: unknown }> {
  try {
    const handler = options.handlers[item.work.kind] as (
      work: Work,
      signal: AbortSignal,
    ) => Promise<WorkOutcome>;
    return await handler(item.work, signal);
  } catch (error) {
    // Told to stop half-way is no failure: whoever claims it next goes on at once.
    if (signal.aborted) return { kind: 'later', delayMs: 0 };
    // Nobody's failure: a process of the newer version can do it, so it is left to that.
    if (isAppError(error, 'store-newer')) return leftToNewer(options.log, item, error);
    return { kind: 'failed', error };
  }
}

function leftToNewer(log: Logger, item: ClaimedWork, { message }: AppError): WorkOutcome {
  log.warn('work on what a newer version wrote was left to others', {
    workId: item.workId,
    attempt: item.attempt,
    reason: message,
  });
  return { kind: 'later', delayMs: Math.min(RETRY_FIRST_MS * 2 ** (item.attempt - 1), LEASE_MS) };
}

async function settle(
  options: WorkerOptions,
  item: ClaimedWork,
  outcome: WorkOutcome | { readonly kind: 'failed'; readonly error: unknown },
  log: Logger,
): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      await options.store.completeWork(item);
      return;
    case 'later':
      await options.store.releaseWork(item, outcome.delayMs);
      return;
    case 'hopeless':
    case 'failed': {
      const hopeless = outcome.kind === 'hopeless';
      const reason = hopeless ? outcome.reason : messageOf(outcome.error);
      log.error('work failed', hopeless ? new Error(reason) : outcome.error, {
        failures: item.failureCount + 1,
      });
      const delayMs = Math.min(RETRY_FIRST_MS * 2 ** item.failureCount, RETRY_MAX_MS);
      const failuresMax = hopeless ? 1 : FAILURES_MAX;
      const fate = await options.store.failWork(item, { reason, delayMs, failuresMax });
      if (fate === 'dead') await options.onDead(item.work, reason);
    }
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}

/** What `wakeWorkers` of the flows is connected to before the workers run. */
export function createWakeSwitch(): {
  readonly wake: FlowDependencies['wakeWorkers'];
  connect(workers: Workers): void;
} {
  let target: Workers | null = null;
  return {
    wake: () => target?.wake(),
    connect: (workers) => {
      target = workers;
    },
  };
}
