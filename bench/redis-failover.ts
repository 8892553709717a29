import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { appendStubbornly } from '../test/store/support/append-stubbornly.ts';
import { findHistoryProblems } from '../test/store/support/check-history.ts';
import { promote, startReplicaOf } from '../test/store/support/failover.ts';
import { openPlace, type Place } from '../test/store/support/open-place.ts';
import type { Acknowledged } from '../test/store/support/writers.ts';
import { createKeptLog } from '../test/support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../test/support/redis-server.ts';
import { startTcpProxy, type TcpProxy } from '../test/support/tcp-proxy.ts';
import { type BenchRow, spread } from './statistics.ts';

const ROUNDS = 20;
const STORES = 2;
const WRITERS_PER_STORE = 8;
const INCIDENTS = 4;
/** From the first append to the kill, at random. */
const KILLED_AFTER_MS = { min: 300, max: 1_500 } as const;
const GOES_ON_MS = 500;

/**
 * Sixteen writers over two stores append to four incidents; the primary is killed with SIGKILL, the
 * replica is promoted, the address leads to it, and a new replica follows it. Then every append that
 * was acknowledged is looked for. Once with REDIS_REPLICAS=1 (WAIT), once without.
 */
export async function redisFailover(argument?: string): Promise<readonly BenchRow[]> {
  const rounds = Number(argument ?? ROUNDS);
  const rows: BenchRow[] = [];
  for (const replicas of [1, 0]) rows.push(await failOver(rounds, replicas));
  return rows;
}

interface Servers {
  primary: RedisServer;
  replica: RedisServer;
  readonly proxy: TcpProxy;
}

async function failOver(rounds: number, replicas: number): Promise<BenchRow> {
  const primary = await startRedisServer();
  const servers: Servers = {
    primary,
    replica: await startReplicaOf(primary),
    proxy: await startTcpProxy(primary.port),
  };
  const url = `redis://127.0.0.1:${servers.proxy.port}`;
  const results: FailoverRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    results.push(await playFailover({ url, replicas }, () => moveOn(servers)));
  }
  await servers.proxy.close();
  await Promise.all([servers.primary.close(), servers.replica.close()]);
  const how = replicas === 1 ? 'REDIS_REPLICAS=1 (WAIT)' : 'without WAIT';
  return tellFailovers(`Primary killed and replica promoted, ${rounds} rounds, ${how}`, results);
}

async function moveOn(servers: Servers): Promise<() => Promise<void>> {
  const gone = servers.primary;
  await gone.kill9();
  return async () => {
    await promote(servers.replica);
    servers.proxy.moveTo(servers.replica.port);
    servers.primary = servers.replica;
    servers.replica = await startReplicaOf(servers.primary);
    await gone.close();
  };
}

export interface FailoverRound {
  readonly acknowledged: number;
  readonly problems: readonly string[];
  readonly goneMs: number;
}

export function tellFailovers(what: string, results: readonly FailoverRound[]): BenchRow {
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  const lost = results.map(({ problems }) => problems.filter((one) => /is not there/.test(one)));
  const other = results.flatMap(({ problems }) =>
    problems.filter((one) => !/is not there|has no event/.test(one)),
  );
  return {
    what,
    figures: [
      `${sum(results.map(({ acknowledged }) => acknowledged))} acknowledged`,
      `lost ${sum(lost.map((row) => row.length))}, in ${lost.filter((row) => row.length > 0).length} of ${results.length} rounds`,
      `other trouble in the record (gaps, doubles, work without event): ${other.length}`,
      `kill to the next acknowledgement ${spread(results.map(({ goneMs }) => goneMs))}`,
    ].join('; '),
  };
}

/** `kill` ends the primary; what it resolves with is done after that, while writers go on. */
export async function playFailover(
  target: Pick<Extract<Place, { kind: 'redis' }>, 'url' | 'replicas'>,
  kill: (installation: string) => Promise<() => Promise<void>>,
): Promise<FailoverRound> {
  const installation = randomUUID();
  const place: Place = { kind: 'redis', ...target, installation };
  const stores = await Promise.all(
    Array.from({ length: STORES }, () => openPlace(place, createKeptLog())),
  );
  const acknowledged: (Acknowledged & { readonly atMs: number })[] = [];
  let isOver = false;
  const writers = stores.flatMap((store, process) =>
    Array.from({ length: WRITERS_PER_STORE }, async (_, writer) => {
      for (let count = 0; !isOver; count += 1) {
        const incidentId = `RT-${count % INCIDENTS}`;
        const dedupeId = `${process}-${writer}-${count}`;
        const version = await appendStubbornly(store, incidentId, dedupeId);
        acknowledged.push({ incidentId, version, dedupeId, atMs: performance.now() });
      }
    }),
  );
  const { min, max } = KILLED_AFTER_MS;
  await delay(min + Math.random() * (max - min));
  const mend = await kill(installation);
  const killedAtMs = performance.now();
  await mend();
  while (!acknowledged.some(({ atMs }) => atMs > killedAtMs)) await delay(5);
  await delay(GOES_ON_MS);
  isOver = true;
  await Promise.all(writers);
  const [store] = stores;
  const problems = store === undefined ? [] : await findHistoryProblems(store, acknowledged);
  await Promise.all(stores.map((one) => one.close()));
  const nextAtMs = acknowledged.find(({ atMs }) => atMs > killedAtMs)?.atMs ?? Number.NaN;
  return { acknowledged: acknowledged.length, problems, goneMs: nextAtMs - killedAtMs };
}
