import { afterEach, expect, it, vi } from 'vitest';
import { startRedisServer } from './redis-server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('says what to install when there is no redis-server', async () => {
  vi.stubEnv('REDIS_SERVER_PATH', 'no-such-redis-server');
  await expect(startRedisServer()).rejects.toThrow(
    /need redis-server, and "no-such-redis-server" does not run\. Install Redis/,
  );
});
