import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, versionsOf } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { freePort, type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const SORRY = /I cannot record this right now/;

let redis: RedisServer;
let proxy: TcpProxy;
let admin: Redis;
let world: BotWorld;

beforeAll(async () => {
  redis = await startRedisServer();
  proxy = await startTcpProxy(redis.port);
  const setUp = new Redis(redis.url);
  await setUp.call('ACL', 'SETUSER', 'admin', 'on', '>secret', '~*', '&*', '+@all');
  setUp.disconnect();
  admin = new Redis(redis.url.replace('redis://', 'redis://admin:secret@'));
  world = await startBotWorld({
    environment: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` },
    world: { seed: roomsSeed(...Object.keys(FAULTS), 'is slow') },
  });
});
afterAll(async () => {
  await world.close();
  admin.disconnect();
  await proxy.close();
  await redis.close();
});

interface Fault {
  readonly begin: () => Promise<unknown> | unknown;
  readonly end: () => Promise<unknown> | unknown;
  /** How often what was done meanwhile may be on record all the same: its sender could not know. */
  readonly recordedMax: 0 | 1;
  /** What the log says of the reason. */
  readonly reason: RegExp;
}

/** Redis saves a snapshot into a file with this name: a folder in its place is in the way. */
async function snapshotPath(): Promise<string> {
  const [, folder] = (await admin.config('GET', 'dir')) as string[];
  return join(folder ?? '', 'dump.rdb');
}

async function saveSnapshot(wanted: 'ok' | 'err'): Promise<void> {
  await admin.config('SET', 'save', '3600 1');
  await admin.bgsave();
  await until('Redis has tried to save', async () =>
    (await admin.info('persistence')).includes(`rdb_last_bgsave_status:${wanted}`),
  );
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'is unreachable': {
    begin: () => proxy.setMode('blackhole'),
    end: () => proxy.setMode('pass'),
    recordedMax: 0,
    reason: /did not answer in time/,
  },
  'answers too late': {
    begin: () => proxy.setLatency(1_500),
    end: () => proxy.setLatency(0),
    recordedMax: 1,
    reason: /did not answer in time/,
  },
  'answers, and the answers are lost': {
    begin: () => proxy.setMode('drop-replies'),
    end: () => proxy.setMode('pass'),
    recordedMax: 1,
    reason: /did not answer in time/,
  },
  'is cut off in the middle of its answers': {
    begin: () => proxy.setMode('cut-replies'),
    end: () => proxy.setMode('pass'),
    recordedMax: 1,
    reason: /did not answer in time/,
  },
  'is a read-only replica': {
    begin: async () => admin.replicaof('127.0.0.1', await freePort()),
    end: () => admin.replicaof('NO', 'ONE'),
    recordedMax: 0,
    reason: /is a read-only replica/,
  },
  'has no memory left': {
    begin: () => admin.config('SET', 'maxmemory', '1'),
    end: () => admin.config('SET', 'maxmemory', '0'),
    recordedMax: 0,
    reason: /has no memory left/,
  },
  'cannot write to its disk': {
    begin: async () => {
      await mkdir(await snapshotPath());
      await saveSnapshot('err');
    },
    end: async () => {
      await rmdir(await snapshotPath());
      await saveSnapshot('ok');
    },
    recordedMax: 0,
    reason: /cannot write to its disk/,
  },
  'refuses what the bot may do': {
    begin: () => admin.call('ACL', 'SETUSER', 'default', '-@write'),
    end: () => admin.call('ACL', 'SETUSER', 'default', '+@write'),
    recordedMax: 0,
    reason: /refused the log-in or a command/,
  },
  'no longer takes the log-in': {
    begin: async () => {
      await admin.call('ACL', 'SETUSER', 'default', 'resetpass', '>changed');
      proxy.cut();
    },
    end: () => admin.call('ACL', 'SETUSER', 'default', 'nopass'),
    recordedMax: 0,
    reason: /refused the log-in or a command|did not answer/,
  },
};

function rootOf(person: TestPerson, ts: string) {
  return person.messages().find((message) => message.ts === ts)!;
}

describe.each(Object.entries(FAULTS))('a bot whose Redis %s', (name, fault) => {
  it('says so, keeps the record whole, and goes on by itself', async () => {
    const ana = world.person('ana', name);
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await until('all is shown', () => ana.findMessage('Step 1 of 7'));

    const logged = world.logLines.length;
    await fault.begin();
    expect(await ana.say('/triage note meanwhile')).toBeNull();
    await told(ana, SORRY);
    expect(await ana.tap('Take it', incidentId)).toBeNull();
    await until('the tap is answered', () => toldTo(ana).filter((text) => SORRY.test(text))[1]);
    const reasons = JSON.stringify(world.logLines.slice(logged).map(({ fields }) => fields));
    await fault.end();
    await until('the bot has Redis again', () =>
      world
        .store()
        .ping()
        .then(() => true),
    );

    await ana.say('/triage note afterwards');
    await ana.tap('Take it', incidentId);
    const state = await stateOf(world, incidentId);
    const notes = state.notes.map(({ text }) => text);
    expect(notes.filter((text) => text === 'afterwards')).toHaveLength(1);
    expect(notes.length).toBeLessThanOrEqual(1 + fault.recordedMax);
    expect(state.ownerId).toBe(ana.id);
    const versions = await versionsOf(world, incidentId);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(reasons).toMatch(fault.reason);
    await until('the card shows it', () => ana.textOf(rootOf(ana, rootTs)).includes(`@${ana.id}`));
  });
});

/** Each request stays within its limit, but one after another they take longer than Slack waits. */
describe('a bot whose Redis is slow', () => {
  it('says in time that it is not done yet, finishes, and says that too', async () => {
    const ana = world.person('ana', 'is slow');
    const { incidentId } = await openSession(ana, 'checkout is down');
    proxy.setLatency(650);

    expect(await ana.say('/triage note slowly')).toBeNull();
    await told(ana, /longer than it should.*look whether it shows before you try again/);
    await told(ana, /Noted\./);
    expect(await ana.tap('Take it', incidentId)).toBeNull();
    proxy.setLatency(0);

    const owned = async () => (await stateOf(world, incidentId)).ownerId === ana.id;
    await until('the tap is on record', owned);
    const { notes } = await stateOf(world, incidentId);
    expect(notes.map(({ text }) => text)).toEqual(['slowly']);
  });
});
