import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeys } from '../../src/store/redis/keys.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { openSession, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { freePort, type RedisServer, startRedisServer } from '../support/redis-server.ts';

const keys = createKeys('main');

/** The bot here is the older one; what a newer one behind the same Redis would write is put there by hand. */
describe('a process beside a newer version of Redthread', () => {
  let redis: RedisServer;
  let raw: Redis;
  let world: BotWorld;
  let port: number;

  beforeAll(async () => {
    redis = await startRedisServer();
    raw = new Redis(redis.url);
    port = await freePort();
    world = await startBotWorld({ environment: { REDIS_URL: redis.url, PORT: String(port) } });
  });
  afterAll(async () => {
    await world.close();
    raw.disconnect();
    await redis.close();
  });

  const readiness = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: answer.status, ...((await answer.json()) as object) };
  };

  const itemsOf = async () => Object.keys(await raw.hgetall(keys.workItems));

  const recordOf = async (incidentId: string) => ({
    events: await raw.xrange(keys.events(incidentId), '-', '+'),
    snapshot: await raw.hgetall(keys.snapshot(incidentId)),
    summary: await raw.hget(keys.summaries, incidentId),
    document: await raw.get(keys.document(incidentId)),
  });

  /** A newer version paused the incident: a kind of event, a field and a kind of work from the future. */
  async function pauseAsNewer(incidentId: string): Promise<void> {
    const { version = '0', state = '' } = await raw.hgetall(keys.snapshot(incidentId));
    const next = Number(version) + 1;
    const [[, [, last = '']] = ['', []]] = await raw.xrevrange(
      keys.events(incidentId),
      '+',
      '-',
      'COUNT',
      1,
    );
    const event = { ...JSON.parse(last), version: next, event: { type: 'incident-paused' } };
    const paused = JSON.stringify({
      ...JSON.parse(state),
      version: next,
      isPaused: true,
      format: 999,
    });
    await raw
      .multi()
      .xadd(keys.events(incidentId), `0-${next}`, 'event', JSON.stringify(event))
      .hset(keys.snapshot(incidentId), { version: next, state: paused })
      .exec();
    await put('of-the-future', { kind: 'resume', incidentId });
    await put(`render-${incidentId}`, { kind: 'render', incidentId, replyUrl: null });
  }

  async function put(workId: string, work: object): Promise<void> {
    const generation = await raw.incr(keys.workSequence);
    const payload = JSON.stringify(work);
    const item = { attempt: 0, claimed: 0, failures: 0, held: 0, generation, payload };
    await raw
      .multi()
      .hset(keys.workItems, workId, JSON.stringify(item))
      .zadd(keys.workDue, Date.now(), workId)
      .exec();
  }

  it('tells who asks, changes nothing, leaves the work, and goes on with everything else', async () => {
    const ana = world.person('ana');
    const { incidentId } = await openSession(ana, 'checkout is down');
    await untilQuiet(world);
    expect(await readiness()).toEqual({
      ...{ status: 200, ready: true, slack: true, store: true, work: true },
    });
    await pauseAsNewer(incidentId);
    const before = await recordOf(incidentId);

    await ana.say('/triage note the older process writes');
    expect(await told(ana, /newer version/)).toMatch(
      /^This was written by a newer version of Redthread; nothing was changed\. Try again/,
    );
    await ana.tap('Take it', incidentId);
    await until('the work was tried more than once', async () => {
      const items = await raw.hmget(keys.workItems, 'of-the-future', `render-${incidentId}`);
      return items.every((item) => JSON.parse(item ?? '{}').attempt > 1);
    });

    const other = await openSession(ana, 'search is slow');
    await ana.tap('Take it', other.incidentId);
    await until('it is taken', async () => {
      return (await world.readState(other.incidentId))?.ownerId === ana.id;
    });

    expect(await recordOf(incidentId)).toEqual(before);
    expect(await itemsOf()).toEqual(
      expect.arrayContaining(['of-the-future', `render-${incidentId}`]),
    );
    expect(await world.store().listDeadWork(10)).toEqual([]);
    expect(await readiness()).toMatchObject({ status: 200, ready: true, newerVersion: true });
    expect(world.logLines.filter(({ level }) => level === 'warn')).toContainEqual(
      expect.objectContaining({
        message: 'A newer version of Redthread writes what this process cannot read; replace it',
      }),
    );
  });
});
