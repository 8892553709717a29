import { isAppError } from '../../errors.ts';
import type { Logger } from '../../ports.ts';
import { tellTroubles } from '../../store/redis/ask-neighbour.ts';
import { SAFE_POLICY } from '../../store/redis/check-server.ts';
import { placeOf } from '../../store/redis/connection.ts';
import { inspectRedis, type RedisFacts } from '../../store/redis/inspect-server.ts';
import { nameAddress, type RedisPlace } from '../../store/redis/place.ts';
import { type Check, type Finding, failed, notChecked, ok, warning } from './check.ts';

const LIMITS = {
  /** An interaction waits for two or three round trips. */
  latencyMsMax: 50,
  memoryShareMax: 0.7,
} as const;

/** As the settings say it. */
export interface WantedRedis {
  readonly redisUrl: string;
  readonly redisSentinelPassword?: string | null;
  readonly redisReplicas?: number;
}

type Judge = (facts: RedisFacts, wanted: Required<WantedRedis>) => Finding;

const ROWS = {
  server: judgeServer,
  'memory policy': judgePolicy,
  'append-only file': judgeFile,
  replicas: judgeReplicas,
  'memory use': judgeMemory,
  latency: judgeLatency,
} as const satisfies Readonly<Record<string, Judge>>;

const MORE_ROWS = {
  server: {},
  sentinel: { sentinels: judgeNeighbours },
  cluster: { nodes: judgeNeighbours },
} as const satisfies Readonly<Record<RedisPlace['kind'], Readonly<Record<string, Judge>>>>;

/** Of whichever server is the primary, on a Cluster the one that has our slot. */
export function redisChecks(settings: WantedRedis, log: Logger): readonly Check[] {
  const wanted = { redisSentinelPassword: null, redisReplicas: 0, ...settings };
  const { redisUrl: url, redisSentinelPassword: sentinelPassword } = wanted;
  let asked: Promise<RedisFacts> | null = null;
  const facts = (): Promise<RedisFacts> => {
    asked ??= inspectRedis({ url, sentinelPassword }, log);
    return asked;
  };
  const { kind } = placeOf(url);
  const rows: readonly (readonly [string, Judge])[] = [
    ...Object.entries(ROWS),
    ...Object.entries(MORE_ROWS[kind]),
  ];
  return rows.map(([name, judge], index) => ({
    area: 'Store',
    name: `Redis ${name}`,
    run: async () => {
      try {
        return judge(await facts(), wanted);
      } catch (error) {
        if (index > 0) return notChecked('Redis could not be asked');
        return failed(isAppError(error) ? error.message : 'REDIS_URL cannot be used', FORMS[kind]);
      }
    },
  }));
}

const FORMS = {
  server: 'The address is redis://user:password@host:port, rediss:// with TLS.',
  sentinel:
    'The address is redis+sentinel://user:password@host:26379,host:26379/name, rediss+sentinel:// with TLS.',
  cluster:
    'The address is redis+cluster://user:password@host:6379,host:6379, rediss+cluster:// with TLS.',
} as const satisfies Readonly<Record<RedisPlace['kind'], string>>;

function judgeServer({ version, isNewEnough, isReplica, isLoneNode }: RedisFacts): Finding {
  if (!isNewEnough) return failed(`version ${version}`, 'Use Redis 6.2 or newer.');
  if (isReplica) return failed('a read-only replica', 'Name the primary in REDIS_URL.');
  if (isLoneNode) {
    return failed(
      'one node of a Cluster',
      'Begin REDIS_URL with redis+cluster:// and name several nodes: the others have keys, too.',
    );
  }
  return ok(`version ${version}, primary`);
}

function judgePolicy({ policy }: RedisFacts): Finding {
  if (policy === SAFE_POLICY) return ok(policy);
  return failed(
    `${policy ?? 'unknown'}: parts of incidents are removed when memory runs out`,
    `Set maxmemory-policy ${SAFE_POLICY}. The bot does not start without it.`,
  );
}

function judgeFile({ isAppendOnly, appendSync }: RedisFacts): Finding {
  if (!isAppendOnly) {
    return warning('none: a stop may lose what was recorded', 'Set appendonly yes.');
  }
  if (appendSync === 'always') return ok('written at every change');
  if (appendSync === null) {
    return notChecked('there is one; Redis does not say how often it is written');
  }
  return warning(
    `written ${appendSync}: a crash of the machine may lose the last second or more`,
    'Set appendfsync always; the bot needs far less than Redis can do even then.',
  );
}

function judgeReplicas(facts: RedisFacts, { redisReplicas }: WantedRedis): Finding {
  const { replicaCount, replicasToWriteMin, neighbours } = facts;
  const wanted = redisReplicas ?? 0;
  if (replicaCount < wanted) {
    return failed(
      `${replicaCount} of the ${wanted} that REDIS_REPLICAS waits for: nothing can be recorded`,
      'Start the replicas, or lower REDIS_REPLICAS.',
    );
  }
  if (replicaCount < (replicasToWriteMin ?? 0)) {
    return failed(
      `${replicaCount} of the ${replicasToWriteMin} without which nothing can be written`,
      'Start the replicas, or lower min-replicas-to-write.',
    );
  }
  if (replicaCount === 0 && neighbours.length > 0) {
    return warning(
      'none: when this server is gone, nobody can take over',
      'Give it a replica, better two, and set REDIS_REPLICAS=1.',
    );
  }
  if (replicaCount === 0) {
    return ok('none: what is recorded is as safe as this one machine and its backups');
  }
  if (wanted === 0) {
    return warning(
      `${replicaCount}, but nothing waits for them: a failover may lose the newest`,
      'Set REDIS_REPLICAS=1, and min-replicas-to-write 1 on the server.',
    );
  }
  return ok(`${replicaCount}, of which ${wanted} must have a change before people are told`);
}

/** The sentinels or the nodes that REDIS_URL names. The primary was found, so one at least is well. */
function judgeNeighbours({ neighbours }: RedisFacts): Finding {
  const named = neighbours.flatMap(({ answer }) =>
    answer.kind === 'primary' ? [nameAddress(answer.primary)] : [],
  );
  const found = `${named.length} of ${neighbours.length} say where the primary is`;
  const troubles = tellTroubles(neighbours);
  if (troubles !== '') {
    return warning(`${found}; ${troubles}`, 'Start it, or take it out of REDIS_URL.');
  }
  const primaries = [...new Set(named)];
  if (primaries.length > 1) {
    return warning(
      `they name different ones: ${primaries.join(', ')}`,
      'Run this again in a minute. If it stays, the network between them is parted.',
    );
  }
  if (neighbours.length === 1) {
    return warning(
      `${found}; REDIS_URL names no other`,
      'Name a second one, for a start while the first is away.',
    );
  }
  return ok(`${found}: ${primaries.join()}`);
}

function judgeMemory({ usedBytes, limitBytes }: RedisFacts): Finding {
  const used = `${Math.round(usedBytes / 1_000_000)} MB`;
  if (limitBytes === null) {
    return warning(
      `${used} used, no limit`,
      'Set maxmemory below what the machine has: otherwise the system ends Redis when memory runs out.',
    );
  }
  const share = usedBytes / limitBytes;
  const found = `${used} used, ${Math.round(share * 100)} % of maxmemory`;
  if (share < LIMITS.memoryShareMax) return ok(found);
  return warning(found, 'Raise maxmemory: when it is full, nothing more is recorded.');
}

function judgeLatency({ medianMs }: RedisFacts): Finding {
  const found = `${medianMs.toFixed(1)} ms, median of a few round trips`;
  if (medianMs <= LIMITS.latencyMsMax) return ok(found);
  return warning(found, 'Move the bot and Redis closer together: each tap waits for it.');
}
