import { describe, expect, it, onTestFinished } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import type { EnvelopeRecord } from '../../src/simulator/workspace/journal.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startBalancer } from '../support/e2e/balancer.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import {
  checkActions,
  checkLog,
  checkShown,
  createPostLedger,
} from '../support/e2e/check-history.ts';
import { SIGNING_SECRET } from '../support/e2e/http-bot.ts';
import { PEOPLE_COUNT, putToWork } from '../support/e2e/people-at-work.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { hasNoWorkNow } from '../support/e2e/sessions.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { freePort, startRedisServer } from '../support/redis-server.ts';

const ROOM = 'rolling';
const BOTS = 2;
const FINISHED_WITHIN_MS = 90_000;
const WORLD = { port: 0, seed: roomsSeed(ROOM), rateLimits: 'off' } as const;

interface Installation {
  readonly world: DemoWorld;
  startBot(index: number, botsBefore: number): Promise<BotProcess>;
}

/** Slack chooses among the open sockets. */
async function bySocket(redisUrl: string): Promise<Installation> {
  const world = await startDemoWorld(WORLD);
  onTestFinished(() => world.close());
  return {
    world,
    startBot: (_index, botsBefore) =>
      startBotProcess(world, { REDIS_URL: redisUrl }, { botsBefore }),
  };
}

/** Slack posts to one address, behind which a balancer chooses. */
async function byHttp(redisUrl: string): Promise<Installation> {
  const ports = await Promise.all(Array.from({ length: BOTS }, freePort));
  const balancer = await startBalancer(ports);
  onTestFinished(() => balancer.close());
  const url = `http://127.0.0.1:${balancer.port}/slack/events`;
  const delivery = { mode: 'http', url, signingSecret: SIGNING_SECRET } as const;
  const world = await startDemoWorld({ ...WORLD, delivery });
  onTestFinished(() => world.close());
  const { SLACK_APP_TOKEN: _, ...botEnvironment } = world.botEnvironment;
  return {
    world,
    startBot: (index) => {
      const port = String(ports[index]);
      return startBotProcess(
        { ...world, botEnvironment },
        { REDIS_URL: redisUrl, SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: port },
        { readyUrl: `http://127.0.0.1:${port}/readyz` },
      );
    },
  };
}

/** Two bots on one Redis, ended and started again one after the other while five people work. */
async function renewUnderLoad(
  install: (redisUrl: string) => Promise<Installation>,
  end: (bot: BotProcess) => Promise<unknown>,
) {
  const redis = await startRedisServer();
  onTestFinished(() => redis.close());
  const { world, startBot } = await install(redis.url);
  const bots = [await startBot(0, 0), await startBot(1, 1)];
  onTestFinished(async () => void (await Promise.all(bots.map((bot) => bot.stop()))));
  const store = await openStore({ redisUrl: redis.url, dataDirectory: '' }, createKeptLog());
  onTestFinished(() => store.close());
  const people = putToWork(world, ROOM);
  await until('they are at work', () => people.actions().length > 20);
  const ends: unknown[] = [];
  for (const [index, bot] of bots.entries()) {
    ends.push(await end(bot));
    bots[index] = await startBot(index, BOTS - 1);
  }
  await people.stop();
  const { journal } = world.workspace;
  const isSettled = ({ outcome }: EnvelopeRecord) => outcome !== 'pending';
  await until('Slack waits for nothing', () => journal.envelopes().every(isSettled));
  const unanswered = journal.envelopes().filter(({ outcome }) => outcome !== 'acked');
  const incidents = await store.listIncidents({ channelId: people.channelId, limit: 10 });
  const incidentId = incidents[0]?.incidentId ?? '';
  return { world, store, incidentId, ends, unanswered, actions: people.actions() };
}

type Renewed = Awaited<ReturnType<typeof renewUnderLoad>>;

function postedIn({ world, incidentId }: Renewed): readonly string[] {
  const ledger = createPostLedger(world.workspace);
  ledger.collect();
  return ledger.slotsOf(incidentId);
}

/** Of what holds at any time. */
async function faultsIn(renewed: Renewed) {
  const { store, incidentId, actions } = renewed;
  const events = await store.readEvents(incidentId);
  return {
    ...checkActions(events, actions),
    ...(await checkLog(store, incidentId, postedIn(renewed))),
  };
}

/** Of what holds when everything is done. */
async function faultsAtTheEnd(renewed: Renewed) {
  const { store, incidentId } = renewed;
  await until('no work is left', () => hasNoWorkNow(store), FINISHED_WITHIN_MS);
  const shown = await checkShown(store, incidentId, postedIn(renewed));
  return { ...(await faultsIn(renewed)), ...shown };
}

const NO_FAULTS = { lostActions: [], doubledActions: [], versionGaps: [], doubledMessages: [] };
const NO_FAULTS_AT_THE_END = { ...NO_FAULTS, missingMessages: [], unfinishedGatherings: [] };

describe('two bots that are restarted one after the other while people work', () => {
  it('leave nobody without an answer, lose nothing and post nothing twice, over HTTP', async () => {
    const renewed = await renewUnderLoad(byHttp, (bot) => bot.stop());

    expect(renewed.ends).toEqual([0, 0]);
    expect(renewed.unanswered).toEqual([]);
    expect(renewed.actions.filter(({ isAcknowledged }) => !isAcknowledged)).toEqual([]);
    expect(await faultsAtTheEnd(renewed)).toEqual(NO_FAULTS_AT_THE_END);
  });

  /**
   * What Slack sends in the moment in which the bot closes a socket crosses the farewell: a closed
   * WebSocket takes no acknowledgement. Each person waits for one answer at a time.
   */
  it('lose nothing and post nothing twice over sockets, and have on record nothing that Slack called failed', async () => {
    const renewed = await renewUnderLoad(bySocket, (bot) => bot.stop());
    const { store, incidentId, unanswered, actions } = renewed;

    expect(renewed.ends).toEqual([0, 0]);
    expect(unanswered.length).toBeLessThanOrEqual(BOTS * PEOPLE_COUNT);
    const events = await store.readEvents(incidentId);
    const failed = actions.filter(({ isAcknowledged }) => !isAcknowledged);
    expect(failed.filter(({ isIn }) => events.some(isIn))).toEqual([]);
    expect(await faultsAtTheEnd(renewed)).toEqual(NO_FAULTS_AT_THE_END);
  });

  /** Leases of the killed run for half a minute: what is shown in the end is for `kill-one-of-two`. */
  it('have every acknowledged action once on record when they are killed instead', async () => {
    const renewed = await renewUnderLoad(bySocket, (bot) => bot.kill9());

    expect(renewed.actions.filter(({ isAcknowledged }) => isAcknowledged).length).toBeGreaterThan(
      20,
    );
    expect(await faultsIn(renewed)).toEqual(NO_FAULTS);
  });
});
