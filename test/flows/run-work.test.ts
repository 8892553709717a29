import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import {
  createWakeSwitch,
  startWorkers,
  type Workers,
  type WorkHandlers,
  type WorkOutcome,
} from '../../src/flows/run-work.ts';
import type { Store, Work } from '../../src/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { aScheduled } from '../support/store-builders.ts';

const done: WorkOutcome = { kind: 'done' };
const SECOND_MS = 1_000;

/** Time is the test's own: nothing here waits for the machine's clock. */
describe('the workers', () => {
  let store: Store;
  let workers: Workers | null = null;
  const log = createKeptLog();
  const dead: (readonly [Work, string])[] = [];
  let startedAtMs: number;

  beforeEach(async () => {
    vi.useFakeTimers();
    startedAtMs = Date.now();
    dead.length = 0;
    store = await openSqliteStore({ path: ':memory:', log });
  });
  afterEach(async () => {
    const stopped = workers?.stop(0);
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    await stopped;
    workers = null;
    await store.close();
    vi.useRealTimers();
  });

  type Handler = (work: Work, signal: AbortSignal) => Promise<WorkOutcome>;

  const start = (handler: Handler, through: Store = store): Workers => {
    const handlers: WorkHandlers = {
      render: handler,
      gather: handler,
      graph: handler,
      'graph-after': handler,
      rank: handler,
      'begin-window': handler,
      'read-fix': handler,
      'leave-channel': handler,
      publish: handler,
      'delete-old': handler,
      'withdraw-documents': handler,
      recall: handler,
      'look-for-test': handler,
      brief: handler,
      nudge: handler,
      home: handler,
      'send-trend': handler,
      watch: handler,
      'deliver-webhook': handler,
      'answer-trail': handler,
      'prepare-inquiry': handler,
      'pursue-inquiry': handler,
    };
    workers = startWorkers({
      store: through,
      log,
      handlers,
      onDead: async (work, reason) => {
        dead.push([work, reason]);
      },
    });
    return workers;
  };
  const schedule = (...ids: readonly string[]) =>
    store.schedule(
      ids.map((workId) => aScheduled({ workId, dueAtMs: startedAtMs })),
      null,
    );
  const pending = async () => (await store.workCounts()).pending;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('run what is due and take it off the list', async () => {
    const ran: Work[] = [];
    start(async (work) => {
      ran.push(work);
      return done;
    });
    await schedule('render-1', 'render-2');
    await pass(300);
    expect(ran).toHaveLength(2);
    expect(await pending()).toBe(0);
  });

  it('leave what only a newer version can read to others, ever less often, and never give it up', async () => {
    let runs = 0;
    start(async () => {
      runs += 1;
      throw new AppError('store-newer', 'This was written by a newer version of Redthread.');
    });
    await schedule('render-1');
    await pass(60_000);
    const inTheFirstMinute = runs;
    await pass(9 * 60_000);
    expect(inTheFirstMinute).toBeLessThanOrEqual(6);
    expect(runs).toBeGreaterThan(15);
    expect([await pending(), dead]).toEqual([1, []]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ attempt: 1 }) }),
    );
  });

  it('look at once when they are woken, through the switch the flows are given', async () => {
    let runs = 0;
    const running = start(async () => {
      runs += 1;
      return done;
    });
    const { wake, connect } = createWakeSwitch();
    wake();
    connect(running);
    await pass(260);
    await schedule('render-1');
    wake();
    await pass(0);
    expect(runs).toBe(1);
  });

  it('run eight items at once and not nine', async () => {
    const ends: (() => void)[] = [];
    start(() => new Promise((resolve) => ends.push(() => resolve(done))));
    await schedule(...Array.from({ length: 12 }, (_, index) => `render-${index}`));
    await pass(SECOND_MS);
    expect(ends).toHaveLength(8);
    for (const end of ends.splice(0)) end();
    await pass(SECOND_MS);
    expect(ends).toHaveLength(4);
    for (const end of ends) end();
    await pass(SECOND_MS);
    expect(await pending()).toBe(0);
  });

  it('wait longer after each failure, and give up after the eighth where people see it', async () => {
    const runsAtSeconds: number[] = [];
    start(async () => {
      runsAtSeconds.push(Math.floor((Date.now() - startedAtMs) / SECOND_MS));
      throw new Error('AWS is out of sorts');
    });
    await schedule('render-1');
    await pass(10 * 60 * SECOND_MS);
    expect(runsAtSeconds).toHaveLength(8);
    const pauses = runsAtSeconds.slice(1).map((at, index) => at - (runsAtSeconds[index] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeLessThanOrEqual(2);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(60);
    expect(dead.map(([, reason]) => reason)).toEqual(['AWS is out of sorts']);
    expect((await store.listDeadWork(10)).map((row) => row.workId)).toEqual(['render-1']);
    expect(await pending()).toBe(0);
  });

  it('give up at once on what is hopeless', async () => {
    let runs = 0;
    start(async () => {
      runs += 1;
      return { kind: 'hopeless', reason: 'It was deleted.' };
    });
    await schedule('render-1');
    await pass(10 * SECOND_MS);
    expect(runs).toBe(1);
    expect(dead.map(([, reason]) => reason)).toEqual(['It was deleted.']);
  });

  it('come back later without counting a failure, however often', async () => {
    let runs = 0;
    start(async () => {
      runs += 1;
      return runs < 30 ? { kind: 'later', delayMs: SECOND_MS } : done;
    });
    await schedule('render-1');
    await pass(60 * SECOND_MS);
    expect(runs).toBe(30);
    expect(dead).toEqual([]);
    expect(await pending()).toBe(0);
  });

  it('run an item once more that was scheduled again while it ran', async () => {
    const ends: (() => void)[] = [];
    start(() => new Promise((resolve) => ends.push(() => resolve(done))));
    await schedule('render-1');
    await pass(300);
    await schedule('render-1');
    ends[0]?.();
    await pass(300);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await pass(300);
    expect(await pending()).toBe(0);
  });

  it('keep their lease as long as they work, so that nobody else starts the same', async () => {
    const { promise: outcome, resolve: end } = Promise.withResolvers<WorkOutcome>();
    start(() => outcome);
    await schedule('gather-1');
    await pass(5 * 60 * SECOND_MS);
    expect(await store.claimWork({ leaseMs: SECOND_MS, limit: 1 })).toEqual([]);
    end(done);
    await pass(SECOND_MS);
    expect(await pending()).toBe(0);
  });

  it('go on after the store was away, and tell it then how work ended that ran meanwhile', async () => {
    let isAway = false;
    const through: Store = {
      ...store,
      claimWork: (options) =>
        isAway ? Promise.reject(new Error('away')) : store.claimWork(options),
      completeWork: (work) =>
        isAway ? Promise.reject(new Error('away')) : store.completeWork(work),
    };
    let runs = 0;
    start(async () => {
      runs += 1;
      isAway = true;
      return done;
    }, through);
    await schedule('render-1');
    await pass(5 * SECOND_MS);
    expect(await pending()).toBe(1);
    isAway = false;
    await pass(2 * SECOND_MS);
    expect(await pending()).toBe(0);
    expect(runs).toBe(1);
  });

  it('claim nothing more once they are stopped, tell what runs, and wait for it', async () => {
    let wasTold = false;
    const running = start(
      (_work, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            wasTold = true;
            setTimeout(() => resolve(done), SECOND_MS);
          });
        }),
    );
    await schedule('render-1');
    await pass(300);
    const stopped = running.stop(8 * SECOND_MS);
    await schedule('render-2');
    await pass(2 * SECOND_MS);
    await stopped;
    expect(wasTold).toBe(true);
    expect(await pending()).toBe(1);
  });

  it('give back at once what does not end in the time of grace, and say nothing of how it ended', async () => {
    const { promise: outcome, resolve: end } = Promise.withResolvers<WorkOutcome>();
    const running = start(() => outcome);
    await schedule('render-1');
    await pass(300);
    const stopped = running.stop(8 * SECOND_MS);
    await pass(8 * SECOND_MS);
    await stopped;
    end(done);
    await pass(0);
    expect(await pending()).toBe(1);
    expect(await store.claimWork({ leaseMs: SECOND_MS, limit: 1 })).toHaveLength(1);
  });

  it('give back what they were just claiming when they were stopped', async () => {
    const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
    const through: Store = {
      ...store,
      claimWork: async (options) => {
        await asked;
        return store.claimWork(options);
      },
    };
    let runs = 0;
    const running = start(async () => {
      runs += 1;
      return done;
    }, through);
    await schedule('render-1');
    const stopped = running.stop(8 * SECOND_MS);
    answer();
    await pass(SECOND_MS);
    await stopped;
    expect(runs).toBe(0);
    expect(await store.claimWork({ leaseMs: SECOND_MS, limit: 1 })).toHaveLength(1);
  });
});
