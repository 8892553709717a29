import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/app.ts';
import { createKeys } from '../../src/store/redis/keys.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { openSession, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const DAY_MS = 86_400_000;
const keys = createKeys('main');

/** Both keep incidents for 90 days; their clocks are moved. */
describe('retention with two bots on one Redis', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-retention-'));
  let redis: RedisServer;
  let raw: Redis;
  let world: BotWorld;
  let others: readonly Bot[] = [];
  let agoMs = 91 * DAY_MS;

  beforeAll(async () => {
    const path = join(folder, 'redthread.yml');
    writeFileSync(path, 'regions: [eu-west-1]\nretention: { incidents: 90d }\n');
    redis = await startRedisServer();
    raw = new Redis(redis.url);
    world = await startBotWorld({
      environment: { REDTHREAD_CONFIG: path, REDIS_URL: redis.url },
      pauses: { nowMs: () => Date.now() - agoMs },
    });
  });
  afterAll(async () => {
    await Promise.all(others.map((bot) => bot.stop()));
    await world.close();
    raw.disconnect();
    await redis.close();
    rmSync(folder, { recursive: true });
  });

  /** Every key that names it, by its name or in what it holds. */
  async function placesOf(incidentId: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const key of await raw.keys('*')) {
      const held = (await raw.dump(key)) ?? '';
      const text = `${key} ${held} ${JSON.stringify(await heldIn(key))}`;
      if (text.includes(incidentId)) found.push(key);
    }
    return found;
  }

  async function heldIn(key: string): Promise<unknown> {
    const read = {
      string: () => raw.get(key),
      hash: () => raw.hgetall(key),
      list: () => raw.lrange(key, 0, -1),
      zset: () => raw.zrange(key, '0', '-1'),
      stream: () => raw.xrange(key, '-', '+'),
    };
    return read[(await raw.type(key)) as keyof typeof read]();
  }

  it('deletes an incident once, whole, and neither bot brings anything of it back', async () => {
    const ana = world.person('ana');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.say(`/triage close ${incidentId} it was the provider`);
    await until('the document is written', async () => {
      return (await world.store().readDocument(incidentId)) !== null;
    });
    await untilQuiet(world);
    expect((await placesOf(incidentId)).length).toBeGreaterThan(8);

    agoMs = 0;
    others = await Promise.all([world.startBot(), world.startBot()]);
    await until('it is deleted', async () => (await world.readState(incidentId)) === null);
    await ana.tap('Reopen', incidentId);
    await told(ana, /no such incident|not found|deleted|do not know/i);
    await untilQuiet(world);

    const audit = await world.store().readAudit(100);
    expect(audit.filter(({ action }) => action === 'deletion')).toMatchObject([
      { question: incidentId, userId: 'bot' },
    ]);
    // Ids of what was delivered, for 25 hours, so that nothing counts twice.
    const left = (await placesOf(incidentId)).filter((key) => !key.includes(':dedupe:'));
    expect(left).toEqual([keys.audit]);
  });
});
