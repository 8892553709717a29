import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { createIds } from '../../src/observe/ids.ts';
import type { FlowDependencies, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { hasNoWorkNow, openSession, postedSlots, rootsOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { commands, openCommand } from '../support/incident-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const CONTESTS = ['contest-0', 'contest-1', 'contest-2', 'contest-3'] as const;
/** Nothing of the first steps needs two people; the plan waits for somebody else's approval. */
const UP_TO_THE_PLAN = [
  commands.state,
  commands.isolate,
  commands.propose,
  commands.startTest,
  commands.confirm,
  commands.plan,
];

describe('two bots on one Redis', () => {
  let redis: RedisServer;
  let world: DemoWorld;
  let bots: readonly BotProcess[];
  let store: Store;

  beforeAll(async () => {
    redis = await startRedisServer();
    world = await startDemoWorld({
      port: 0,
      seed: roomsSeed('shared', ...CONTESTS),
      rateLimits: 'off',
    });
    const environment = { REDIS_URL: redis.url };
    bots = [
      await startBotProcess(world, environment),
      await startBotProcess(world, environment, { botsBefore: 1 }),
    ];
    store = await openStore({ redisUrl: redis.url, dataDirectory: '' }, createKeptLog());
  });
  afterAll(async () => {
    await store.close();
    await Promise.all(bots.map((bot) => bot.stop()));
    await world.close();
    await redis.close();
  });

  const person = (name: string, room: string): TestPerson =>
    createPerson(world.workspace, name, world.workspace.channelId(room));

  const untilQuiet = () => until('no work is left', () => hasNoWorkNow(store));

  it('share the work, and post everything once', async () => {
    const ana = person('ana', 'shared');
    const { incidentId } = await openSession(ana, 'checkout is down');
    const crowd = ['ana', 'ben', 'chidi', 'dora'].map((name) => person(name, 'shared'));
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        crowd[index % crowd.length]?.say(`/triage note number ${index}`),
      ),
    );
    await ana.tap('Take it', incidentId);
    await ana.seeMessage('owns it now');
    await ana.seeMessage(/[67]\d changes/);
    await untilQuiet();
    const state = await store.readState(incidentId);
    expect(state?.notes).toHaveLength(24);
    const events = await store.readEvents(incidentId);
    expect(events.map((event) => event.version)).toEqual(events.map((_, index) => index + 1));
    expect(rootsOf(ana, incidentId)).toHaveLength(1);
    const slots = await postedSlots({ demo: world }, ana.channelId, incidentId);
    expect(slots).toEqual([...new Set(slots)]);
    expect(bots.map((bot) => [bot.isRunning(), bot.errorOutput()])).toEqual([
      [true, ''],
      [true, ''],
    ]);
  });

  /** Two taps in a row go to two sockets of one bot or of both: four times, to have some of each. */
  it.each(
    CONTESTS,
  )('count one of two approvals at once in #%s, and tell the second who was first', async (room) => {
    const ben = person('ben', room);
    const chidi = person('chidi', room);
    const incidentId = await planIn(room);
    await ben.seeMessage('Put the rule for 443 back.');
    await Promise.all([ben.tap('Approve the plan'), chidi.tap('Approve the plan')]);
    const events = await store.readEvents(incidentId);
    const approvals = events.filter(({ event }) => event.type === 'plan-approved');
    expect(approvals).toHaveLength(1);
    const [first, second] = JSON.stringify(approvals[0]?.actor).includes(ben.id)
      ? [ben, chidi]
      : [chidi, ben];
    expect(await told(second, /approved/)).toMatch(
      new RegExp(`already approved.*${first.id}|${first.id}.*approved`),
    );
  });

  async function planIn(room: string): Promise<string> {
    const ids = createIds();
    const incidentId = ids.incidentId(room, 0);
    const deps: FlowDependencies = {
      store,
      clock: { nowMs: () => Date.now() },
      ids,
      log: createKeptLog(),
      wakeWorkers: () => undefined,
    };
    const opening = openCommand({ incidentId, channelId: world.workspace.channelId(room) });
    const actor = { kind: 'person', userId: world.workspace.personId('ana') } as const;
    for (const command of [opening, ...UP_TO_THE_PLAN]) {
      const dedupeId = `${incidentId} ${command.type}`;
      const outcome = await actOnIncident(deps, { incidentId, command, actor, dedupeId });
      expect(outcome.kind).toBe('done');
    }
    return incidentId;
  }
});
