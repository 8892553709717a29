import { setTimeout as delay } from 'node:timers/promises';
import { createKeys } from '../src/store/redis/keys.ts';
import { until } from '../test/support/poll.ts';
import {
  type RedisGroup,
  replicaCount,
  startCluster,
  startSentinels,
} from '../test/support/redis-group.ts';
import { type FailoverRound, playFailover, tellFailovers } from './redis-failover.ts';
import type { BenchRow } from './statistics.ts';

const ROUNDS = 20;
const REPLICAS = 2;
/** Sentinels put nobody in the place of the same primary again for twice their failover-timeout of 5 s. */
const SENTINELS_PAUSE_MS = 10_000;
/** They look at a server that came back for a while before they make it a replica. */
const WHOLE_WITHIN_MS = 120_000;

interface Kind {
  readonly start: () => Promise<RedisGroup>;
  /** Between two rounds. */
  readonly pauseMs: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'three sentinels': {
    start: () => startSentinels({ replicas: REPLICAS }),
    pauseMs: SENTINELS_PAUSE_MS,
  },
  'a Cluster': { start: () => startCluster({ replicas: REPLICAS }), pauseMs: 0 },
};

/**
 * As redis-failover, with REDIS_REPLICAS=1, but nobody helps: the primary is killed with SIGKILL, and
 * real sentinels, or the other nodes of a Cluster, notice and put one of its two replicas in its place.
 * Then it comes back as a replica. They take it for dead after a second.
 */
export async function redisTakeover(argument?: string): Promise<readonly BenchRow[]> {
  const rounds = Number(argument ?? ROUNDS);
  const rows: BenchRow[] = [];
  for (const [name, { start, pauseMs }] of Object.entries(KINDS)) {
    const group = await start();
    const results: FailoverRound[] = [];
    for (let round = 0; round < rounds; round += 1) {
      results.push(await play(group));
      await delay(pauseMs);
      console.error(`${name}: ${round + 1} of ${rounds}, ${JSON.stringify(results.at(-1))}`);
    }
    await group.close();
    const what = `Primary killed, ${name} put another in its place, ${rounds} rounds, REDIS_REPLICAS=1 (WAIT)`;
    rows.push(tellFailovers(what, results));
  }
  return rows;
}

async function play(group: RedisGroup): Promise<FailoverRound> {
  let key = '';
  const result = await playFailover({ url: group.url, replicas: 1 }, async (installation) => {
    key = createKeys(installation).summaries;
    const primary = await group.primary(key);
    await primary.kill9();
    return async () => {
      while ((await ownerOf(group, key)) === primary) await delay(20);
      await primary.restart();
    };
  });
  // On a busy machine they may have put yet another one in its place.
  const isWhole = async () => (await replicaCount(await group.primary(key))) === REPLICAS;
  await until('the group is whole', isWhole, WHOLE_WITHIN_MS);
  return result;
}

/** Of a Cluster nobody has it for a moment. */
async function ownerOf(group: RedisGroup, key: string): Promise<unknown> {
  for (;;) {
    try {
      return await group.primary(key);
    } catch {
      await delay(20);
    }
  }
}
