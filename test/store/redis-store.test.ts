import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openRedisStore } from '../../src/store/redis/open-redis-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { OPENED_AT_MS } from '../support/store-builders.ts';
import { describeStoreContract } from './store-contract.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.close());

describeStoreContract('the Redis store', async () => {
  let nowMs = OPENED_AT_MS;
  const open = (installation: string) =>
    openRedisStore({ url: server.url, installation, log: createKeptLog(), now: () => nowMs });
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
});
