import { Redis } from 'ioredis';
import { until } from '../../support/poll.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';

/** A second server that has everything of the first one, and follows it. */
export async function startReplicaOf(primary: RedisServer): Promise<RedisServer> {
  const replica = await startRedisServer({ replicaof: `127.0.0.1 ${primary.port}` });
  const raw = new Redis(primary.url);
  await until('the replica follows', async () =>
    (await raw.info('replication')).includes(`port=${replica.port},state=online`),
  );
  raw.disconnect();
  return replica;
}

/** As a sentinel does once it takes the primary for dead. */
export async function promote(replica: RedisServer): Promise<void> {
  const raw = new Redis(replica.url);
  await raw.replicaof('NO', 'ONE');
  raw.disconnect();
}
