import type { Logger } from '../../ports.ts';
import { type AskedNeighbour, askAll, neighbourhoodOf } from './ask-neighbour.ts';
import { isNewEnough, parseInfo, readSetting } from './check-server.ts';
import { connectRedis, placeOf, type RedisConnection, type RedisTarget } from './connection.ts';
import { createKeys } from './keys.ts';

const PINGS = 15;

/** How a server is set up, as far as it tells. Null: it does not. */
export interface RedisFacts {
  readonly version: string;
  readonly isNewEnough: boolean;
  readonly isReplica: boolean;
  /** One node of a Cluster, named as if it was alone. */
  readonly isLoneNode: boolean;
  /** The sentinels or nodes that REDIS_URL names. */
  readonly neighbours: readonly AskedNeighbour[];
  readonly policy: string | null;
  readonly isAppendOnly: boolean;
  readonly appendSync: string | null;
  readonly replicaCount: number;
  readonly replicasToWriteMin: number | null;
  readonly usedBytes: number;
  /** Null: no limit of its own. */
  readonly limitBytes: number | null;
  readonly medianMs: number;
}

export type InspectedTarget = Pick<RedisTarget, 'url' | 'sentinelPassword'>;

/** Reads settings and measures the way there; changes nothing. Rejects as opening a store does. */
export async function inspectRedis(target: InspectedTarget, log: Logger): Promise<RedisFacts> {
  const withKey = { ...target, key: createKeys('main').summaries };
  const place = placeOf(target.url);
  const connection = await connectRedis(withKey, log);
  try {
    const info = parseInfo(await connection.ask((client) => client.info()));
    const version = info.get('redis_version') ?? '0';
    const replicasToWriteMin = await readSetting(connection, 'min-replicas-to-write');
    const limitBytes = Number(info.get('maxmemory') ?? 0);
    return {
      version,
      isNewEnough: isNewEnough(version),
      isReplica: info.get('role') === 'slave',
      isLoneNode: place.kind === 'server' && info.get('cluster_enabled') === '1',
      neighbours: place.kind === 'server' ? [] : await askAll(neighbourhoodOf(place, withKey)),
      policy: info.get('maxmemory_policy') ?? null,
      isAppendOnly: info.get('aof_enabled') === '1',
      appendSync: await readSetting(connection, 'appendfsync'),
      replicaCount: Number(info.get('connected_slaves') ?? 0),
      replicasToWriteMin: replicasToWriteMin === null ? null : Number(replicasToWriteMin),
      usedBytes: Number(info.get('used_memory') ?? 0),
      limitBytes: limitBytes === 0 ? null : limitBytes,
      medianMs: await measure(connection),
    };
  } finally {
    connection.close();
  }
}

async function measure(connection: RedisConnection): Promise<number> {
  const times: number[] = [];
  for (let pings = 0; pings < PINGS; pings += 1) {
    const fromMs = performance.now();
    await connection.ask((client) => client.ping());
    times.push(performance.now() - fromMs);
  }
  return times.toSorted((left, right) => left - right)[Math.floor(PINGS / 2)] ?? 0;
}
