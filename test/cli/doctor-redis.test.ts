import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCluster, startSentinels } from '../support/redis-group.ts';
import { type DoctorWorld, startDoctorWorld } from './doctor-support.ts';

async function world(): Promise<DoctorWorld> {
  const started = await startDoctorWorld({});
  onTestFinished(() => started.close());
  return started;
}

describe('what redthread doctor says of a Redis with others that take over', () => {
  it('looks at the primary that sentinels name, its replicas and the sentinels', async () => {
    const { rows, visit } = await world();
    const group = await startSentinels({
      password: 'hunter2',
      sentinelPassword: 's3same',
      replicas: 1,
    });
    onTestFinished(() => group.close());
    const settings = { REDIS_SENTINEL_PASSWORD: 's3same', REDIS_REPLICAS: '1' };
    const found = await rows({ ...settings, REDIS_URL: group.url });
    const port = group.servers[0]?.port;
    expect(
      ['server', 'replicas', 'sentinels'].map((name) => found.get(`Store Redis ${name}`)),
    ).toMatchObject([
      { verdict: 'ok', found: expect.stringMatching(/^version .*, primary$/) },
      { verdict: 'ok', found: '1, of which 1 must have a change before people are told' },
      { verdict: 'ok', found: `3 of 3 say where the primary is: 127.0.0.1:${port}` },
    ]);
    await group.sentinels[2]?.kill9();
    const worse = await rows({ ...settings, REDIS_REPLICAS: '2', REDIS_URL: group.url });
    expect(['replicas', 'sentinels'].map((name) => worse.get(`Store Redis ${name}`))).toMatchObject(
      [
        { verdict: 'failed', advice: 'Start the replicas, or lower REDIS_REPLICAS.' },
        { verdict: 'warning', found: expect.stringMatching(/^2 of 3 say .* does not answer$/) },
      ],
    );
    const gone = group.url.replace('/incidents', '/nobody');
    const { out } = await visit(['--json'], { ...settings, REDIS_URL: gone });
    expect(out).toContain('knows no primary named nobody');
    expect(out).not.toMatch(/hunter2|s3same/);
  });

  it('asks the primary of our slot, and refuses a node of a Cluster that is named alone', async () => {
    const { rows } = await world();
    const group = await startCluster();
    onTestFinished(() => group.close());
    const owner = await group.primary();
    const admin = new Redis({ port: owner.port });
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    admin.disconnect();
    const found = await rows({ REDIS_URL: group.url });
    expect(
      ['memory policy', 'nodes', 'replicas'].map((name) => found.get(`Store Redis ${name}`)),
    ).toMatchObject([
      { verdict: 'failed' },
      { verdict: 'ok', found: `3 of 3 say where the primary is: 127.0.0.1:${owner.port}` },
      { verdict: 'warning', found: expect.stringContaining('nobody can take over') },
    ]);
    const alone = await rows({ REDIS_URL: owner.url });
    expect(alone.get('Store Redis server')).toMatchObject({
      verdict: 'failed',
      advice: expect.stringContaining('redis+cluster://'),
    });
  });
});
