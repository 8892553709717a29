import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../src/ports.ts';
import { openRedisStore } from '../src/store/redis/open-redis-store.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../test/support/kept-log.ts';
import { startRedisServer } from '../test/support/redis-server.ts';
import { anAppend, aScheduled } from '../test/support/store-builders.ts';
import { type BenchRow, quantile, spread } from './statistics.ts';

const APPENDS_PER_WRITER = 500;
const WRITER_COUNTS = [1, 16];
const RUNS = 3;

/**
 * Read the state, append one event with one work item: what every tap costs in the store. Each
 * writer has an incident of its own; both stores write to disk before they answer.
 */
export async function storeAppend(): Promise<readonly BenchRow[]> {
  const log = createKeptLog();
  const directory = await mkdtemp(join(tmpdir(), 'redthread-bench-'));
  const redis = await startRedisServer();
  try {
    const sqlite = await openSqliteStore({ path: join(directory, 'redthread.db'), log });
    const overRedis = await openRedisStore({ url: redis.url, log });
    const rows = [
      ...(await measure('SQLite, synchronous=FULL', sqlite)),
      ...(await measure('Redis, appendfsync always', overRedis)),
    ];
    await Promise.all([sqlite.close(), overRedis.close()]);
    return rows;
  } finally {
    await redis.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure(name: string, store: Store): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const writerCount of WRITER_COUNTS) {
    const runs: Run[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measureRun(store, writerCount, run));
    const perSecond = Math.round(
      quantile(
        runs.map((run) => run.perSecond),
        0.5,
      ),
    );
    rows.push({
      what: `Read and append, ${name}, ${writerCount} at once`,
      figures: `${perSecond} a second (median of ${RUNS} runs), ${spread(runs.flatMap(({ tookMs }) => tookMs))}`,
    });
  }
  return rows;
}

interface Run {
  readonly perSecond: number;
  readonly tookMs: readonly number[];
}

async function measureRun(store: Store, writerCount: number, run: number): Promise<Run> {
  const startMs = performance.now();
  const tookMs = await Promise.all(
    Array.from({ length: writerCount }, (_, writer) =>
      appendMany(store, `RT-${run}-${writerCount}-${writer}`),
    ),
  );
  const seconds = (performance.now() - startMs) / 1_000;
  return { perSecond: (writerCount * APPENDS_PER_WRITER) / seconds, tookMs: tookMs.flat() };
}

async function appendMany(store: Store, incidentId: string): Promise<readonly number[]> {
  const tookMs: number[] = [];
  for (let count = 0; count < APPENDS_PER_WRITER; count += 1) {
    const startMs = performance.now();
    const expectedVersion = (await store.readState(incidentId))?.version ?? 0;
    const work = [aScheduled({ workId: `render-${incidentId}` })];
    await store.append(anAppend({ incidentId, expectedVersion, work }));
    tookMs.push(performance.now() - startMs);
  }
  return tookMs;
}
