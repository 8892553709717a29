import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openRedisStore } from '../../src/store/redis/open-redis-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { type RedisGroup, startCluster } from '../support/redis-group.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { OPENED_AT_MS } from '../support/store-builders.ts';
import { describeStoreContract, type StoreFixture } from './store-contract.ts';

let server: RedisServer;
let cluster: RedisGroup;
beforeAll(async () => {
  [server, cluster] = await Promise.all([startRedisServer(), startCluster()]);
});
afterAll(() => Promise.all([server.close(), cluster.close()]));

async function openFixture(url: string): Promise<StoreFixture> {
  let nowMs = OPENED_AT_MS;
  const open = (installation: string) =>
    openRedisStore({ url, installation, log: createKeptLog(), now: () => nowMs });
  const installation = randomUUID();
  const [store, other] = await Promise.all([open(installation), open(installation)]);
  return {
    store,
    other,
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    close: async () => {
      await Promise.all([store.close(), other.close()]);
    },
  };
}

describeStoreContract('the Redis store', () => openFixture(server.url));
// Each test has its own installation, and with it a slot on any of the three primaries.
describeStoreContract('the Redis store on a Cluster', () => openFixture(cluster.url));
