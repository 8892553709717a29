import { isAppError } from '../../errors.ts';
import type { Logger } from '../../ports.ts';
import { SAFE_POLICY } from '../../store/redis/check-server.ts';
import { inspectRedis, type RedisFacts } from '../../store/redis/inspect-server.ts';
import { type Check, type Finding, failed, notChecked, ok, warning } from './check.ts';

const LIMITS = {
  /** An interaction waits for two or three round trips. */
  latencyMsMax: 50,
  memoryShareMax: 0.7,
} as const;

type Judge = (facts: RedisFacts) => Finding;

const ROWS = {
  server: judgeServer,
  'memory policy': judgePolicy,
  'append-only file': judgeFile,
  replicas: judgeReplicas,
  'memory use': judgeMemory,
  latency: judgeLatency,
} as const satisfies Readonly<Record<string, Judge>>;

export function redisChecks(url: string, log: Logger): readonly Check[] {
  let asked: Promise<RedisFacts> | null = null;
  const facts = (): Promise<RedisFacts> => {
    asked ??= inspectRedis(url, log);
    return asked;
  };
  return Object.entries(ROWS).map(([name, judge], index) => ({
    area: 'Store',
    name: `Redis ${name}`,
    run: async () => {
      try {
        return judge(await facts());
      } catch (error) {
        if (index > 0) return notChecked('Redis could not be asked');
        return failed(
          isAppError(error) ? error.message : 'REDIS_URL cannot be used',
          'The address is redis://user:password@host:port, rediss:// with TLS.',
        );
      }
    },
  }));
}

function judgeServer({ version, isNewEnough, isReplica }: RedisFacts): Finding {
  if (!isNewEnough) return failed(`version ${version}`, 'Use Redis 6.2 or newer.');
  if (isReplica) return failed('a read-only replica', 'Name the primary in REDIS_URL.');
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

function judgeReplicas({ replicaCount, replicasToWriteMin }: RedisFacts): Finding {
  if (replicaCount === 0 && (replicasToWriteMin ?? 0) === 0) {
    return ok('none: what is recorded is as safe as this one machine and its backups');
  }
  if (replicasToWriteMin === null) {
    return notChecked(`${replicaCount}; Redis does not say min-replicas-to-write`);
  }
  if (replicaCount < replicasToWriteMin) {
    return failed(
      `${replicaCount} of the ${replicasToWriteMin} without which nothing can be written`,
      'Start the replicas, or lower min-replicas-to-write.',
    );
  }
  if (replicasToWriteMin === 0) {
    return warning(
      `${replicaCount}, but nothing waits for them: a failover may lose the newest`,
      'Set min-replicas-to-write 1.',
    );
  }
  return ok(`${replicaCount}, of which ${replicasToWriteMin} must be there for a write`);
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
