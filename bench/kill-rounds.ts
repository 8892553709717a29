import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type DemoWorld, startDemoWorld } from '../src/cli/demo-world.ts';
import type { RecordedEvent } from '../src/domain/incident/events.ts';
import type { Store } from '../src/ports.ts';
import { northwindSeed } from '../src/simulator/workspace/seed.ts';
import { openStore } from '../src/store/open-store.ts';
import {
  type BotProcess,
  SOCKETS_PER_BOT,
  startBotProcess,
} from '../test/support/e2e/bot-process.ts';
import {
  type ActionFaults,
  checkActions,
  checkLog,
  checkShown,
  createPostLedger,
  type LogFaults,
  type PostLedger,
  type ShownFaults,
} from '../test/support/e2e/check-history.ts';
import { type PeopleAtWork, putToWork } from '../test/support/e2e/people-at-work.ts';
import { hasNoWorkNow } from '../test/support/e2e/sessions.ts';
import { createKeptLog } from '../test/support/kept-log.ts';
import { until } from '../test/support/poll.ts';
import { startRedisServer } from '../test/support/redis-server.ts';
import { type BenchRow, quantile } from './statistics.ts';

const ROUNDS = 50;
/** Then comes a new workspace with an empty store: a page with a hundred cards is slow to look at. */
const ROUNDS_PER_WORLD = 10;
/** From the opening of the round's incident to the kill, at random. */
const KILLED_AFTER_MS = { min: 150, max: 5_000 } as const;
/** Slack's history lags by seconds; the bot waits ten before it looks for a message there. */
const HISTORY_LAG_MS = 5_000;
const ACK_MS = 1_500;
const EVENT_RETRIES_MS = [0, 5_000, 20_000];
/** Longer than the bot waits for anything, but for leases, which Redis alone has to wait for. */
const SILENCE_MS = 15_000;
const FINISHED_WITHIN_MS = 900_000;

/** After one of several was killed, people go on for so long with the others. */
const GO_ON_MS = 1_500;

interface Place {
  /** Processes at once; each kill takes one of them. */
  readonly bots: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Of the running bot where the store allows that, else of the one that was killed. */
  readonly open: () => Promise<Store>;
  /** False: only while no bot runs. */
  readonly isShared: boolean;
  readonly close: () => Promise<void>;
}

const ALONE: Readonly<Record<string, () => Promise<Place>>> = {
  'the embedded store': async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-kills-'));
    return {
      bots: 1,
      environment: { REDTHREAD_DATA: dataDirectory },
      open: () => openStore({ redisUrl: null, dataDirectory }, createKeptLog()),
      isShared: false,
      close: () => rm(dataDirectory, { recursive: true }),
    };
  },
  'Redis, appendfsync always': () => onRedis(1),
};

async function onRedis(bots: number): Promise<Place> {
  const redis = await startRedisServer();
  return {
    bots,
    environment: { REDIS_URL: redis.url },
    open: () => openStore({ redisUrl: redis.url, dataDirectory: '' }, createKeptLog()),
    isShared: true,
    close: () => redis.close(),
  };
}

/**
 * In each round a bot process starts on what the rounds before left behind, five people open one
 * more incident and work on it, and the process is killed with SIGKILL at a random moment. After
 * each kill the whole record is checked, after every tenth also that everything is in Slack.
 * The argument is another number of rounds.
 */
export function killRounds(argument?: string): Promise<readonly BenchRow[]> {
  return playAll(ALONE, argument);
}

/** The same with two processes behind one Redis: one of them is killed, people go on with the other. */
export function killOneOfTwo(argument?: string): Promise<readonly BenchRow[]> {
  return playAll({ 'one of two processes on Redis': () => onRedis(2) }, argument);
}

async function playAll(
  places: Readonly<Record<string, () => Promise<Place>>>,
  argument: string | undefined,
): Promise<readonly BenchRow[]> {
  const rounds = Number(argument ?? ROUNDS);
  const rows: BenchRow[] = [];
  for (const [name, start] of Object.entries(places)) {
    const outcomes: Outcome[] = [];
    for (let done = 0; done < rounds; done += ROUNDS_PER_WORLD) {
      outcomes.push(await playWorld(start, Math.min(ROUNDS_PER_WORLD, rounds - done)));
      console.error(`${name}: ${Math.min(done + ROUNDS_PER_WORLD, rounds)} rounds`);
    }
    rows.push(...rowsOf(name, rounds, outcomes));
  }
  return rows;
}

async function playWorld(start: () => Promise<Place>, rounds: number): Promise<Outcome> {
  const place = await start();
  const channels = Array.from({ length: rounds }, (_, round) => `round-${round}`);
  const world = await startWorld(channels);
  const ledger = createPostLedger(world.workspace);
  const crews: PeopleAtWork[] = [];
  const startsMs: number[] = [];
  const bots: BotProcess[] = [];
  const startMissing = async (): Promise<void> => {
    const botsBefore = bots.length;
    if (botsBefore === place.bots) return;
    await until('Slack noticed', () => connectionsOf(world) === botsBefore * SOCKETS_PER_BOT);
    const startMs = performance.now();
    bots.push(await startBotProcess(world, place.environment, { botsBefore }));
    startsMs.push(performance.now() - startMs);
    await startMissing();
  };
  const check = async (isDone: boolean): Promise<Outcome['faults']> => {
    ledger.collect();
    const store = await place.open();
    const faults = await checkAll(store, crews, ledger, isDone);
    await store.close();
    return faults;
  };
  try {
    for (const channel of channels) {
      await startMissing();
      const crew = putToWork(world, channel);
      crews.push(crew);
      await delay(between(KILLED_AFTER_MS));
      const [killed] = bots.splice(Math.floor(Math.random() * bots.length), 1);
      await killed?.kill9();
      if (bots.length > 0) await delay(GO_ON_MS);
      await crew.stop();
      await check(false);
    }
    const lastMs = performance.now();
    await startMissing();
    await finish(world, place, bots);
    const caughtUpMs = performance.now() - lastMs;
    await Promise.all(bots.map((bot) => bot.stop()));
    return { crews, faults: await check(true), startsMs, caughtUpMs, ledger };
  } finally {
    await Promise.all(bots.map((bot) => bot.kill9()));
    await world.close();
    await place.close();
  }
}

async function startWorld(channels: readonly string[]): Promise<DemoWorld> {
  const added = channels.map((name) => ({ name, hasBot: true }));
  const world = await startDemoWorld({
    port: 0,
    rateLimits: 'off',
    timings: { ackMs: ACK_MS, eventRetryDelaysMs: EVENT_RETRIES_MS },
    seed: { ...northwindSeed, channels: [...northwindSeed.channels, ...added] },
  });
  world.workspace.faults.delayHistory(HISTORY_LAG_MS);
  return world;
}

/** By channel: whoever got no acknowledgement opens another incident there. */
async function checkAll(
  store: Store,
  crews: readonly PeopleAtWork[],
  ledger: PostLedger,
  isDone: boolean,
): Promise<Outcome['faults']> {
  const faults: Faults[] = [];
  for (const { channelId, actions } of crews) {
    const events: RecordedEvent[] = [];
    for (const { incidentId } of await store.listIncidents({ channelId, limit: 100 })) {
      const posted = ledger.slotsOf(incidentId);
      events.push(...(await store.readEvents(incidentId)));
      const shown = isDone ? await checkShown(store, incidentId, posted) : {};
      faults.push({ incidentId, ...(await checkLog(store, incidentId, posted)), ...shown });
    }
    faults.push({ incidentId: null, ...checkActions(events, actions()) });
  }
  report(faults);
  return faults;
}

function connectionsOf({ workspace }: DemoWorld): number {
  return workspace.view(workspace.personId('ana')).appConnections;
}

function between({ min, max }: { readonly min: number; readonly max: number }): number {
  return min + Math.random() * (max - min);
}

/** Until the bot has nothing left to do: by its work where that can be read, else by its silence. */
async function finish(world: DemoWorld, place: Place, bots: readonly BotProcess[]): Promise<void> {
  const isSilent = (): boolean => {
    const lastMs = world.workspace.journal.calls().at(-1)?.atMs ?? 0;
    return Date.now() - lastMs > SILENCE_MS;
  };
  const areRunning = (): boolean => bots.every((bot) => bot.isRunning());
  const store = place.isShared ? await place.open() : null;
  await until(
    'everything is done',
    async () => areRunning() && isSilent() && (store === null || (await hasNoWorkNow(store))),
    FINISHED_WITHIN_MS,
  );
  await store?.close();
}

/** Said at once: a fault is worth looking at while everything is still there. */
function report(faults: readonly Faults[]): void {
  for (const { incidentId, ...found } of faults) {
    const wrong = Object.entries(found).filter(([, list]) => list.length > 0);
    if (wrong.length > 0) console.error(incidentId, JSON.stringify(Object.fromEntries(wrong)));
  }
}

type Kinds = ActionFaults & LogFaults & ShownFaults;
/** Of one incident, or (null) of what people did in one channel. */
type Faults = Partial<Kinds> & { readonly incidentId: string | null };

interface Outcome {
  readonly crews: readonly PeopleAtWork[];
  readonly faults: readonly Faults[];
  readonly startsMs: readonly number[];
  readonly caughtUpMs: number;
  readonly ledger: PostLedger;
}

function rowsOf(name: string, rounds: number, outcomes: readonly Outcome[]): readonly BenchRow[] {
  const actions = outcomes.flatMap(({ crews }) => crews.flatMap((crew) => crew.actions()));
  const acknowledged = actions.filter(({ isAcknowledged }) => isAcknowledged).length;
  const found = outcomes.flatMap(({ faults }) => faults);
  const incidents = found.filter(({ incidentId }) => incidentId !== null);
  const count = (kind: keyof Kinds): number =>
    found.reduce((sum, one) => sum + (one[kind]?.length ?? 0), 0);
  const posted = outcomes
    .flatMap(({ faults, ledger }) =>
      faults.map((one) => ledger.slotsOf(one.incidentId ?? '').length),
    )
    .reduce((sum, one) => sum + one, 0);
  const startsMs = outcomes.flatMap((one) => one.startsMs);
  const caughtUpMs = outcomes.map((one) => one.caughtUpMs);
  return [
    {
      what: `Kill -9, ${rounds} rounds, ${name}`,
      figures: [
        `${actions.length} actions in ${incidents.length} incidents, ${acknowledged} acknowledged`,
        `lost ${count('lostActions')}, doubled ${count('doubledActions')}`,
        `version gaps ${count('versionGaps')}`,
        `${posted} messages and files in Slack: doubled ${count('doubledMessages')}, missing ${count('missingMessages')}`,
        `gatherings left undone ${count('unfinishedGatherings')}`,
      ].join('; '),
    },
    {
      what: `Start to both sockets after a kill, ${name}`,
      figures: inSeconds(startsMs),
    },
    {
      what: `Last start of ten to everything of all ten incidents shown, and ${SILENCE_MS / 1_000} s of silence, ${name}`,
      figures: inSeconds(caughtUpMs),
    },
  ];
}

function inSeconds(valuesMs: readonly number[]): string {
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  return `median ${seconds(quantile(valuesMs, 0.5))}, max ${seconds(Math.max(...valuesMs))} (n ${valuesMs.length})`;
}
