import { type DemoWorld, startDemoWorld } from '../src/cli/demo-world.ts';
import type { EnvelopeRecord } from '../src/simulator/workspace/journal.ts';
import type { PersonAction } from '../src/simulator/workspace/page-actions.ts';
import type { WorkspaceSeed } from '../src/simulator/workspace/seed.ts';
import { type BotProcess, startBotProcess } from '../test/support/e2e/bot-process.ts';
import { createPerson, type TestPerson } from '../test/support/e2e/person.ts';
import { openSession } from '../test/support/e2e/sessions.ts';
import { until } from '../test/support/poll.ts';
import { freePort, startRedisServer } from '../test/support/redis-server.ts';
import { type BenchRow, inMs, quantile } from './statistics.ts';

const PER_SECOND = 200;
const SECONDS = 20;
/** Not measured: a process that has just started compiles what it meets for the first time. */
const WARM_UP_SECONDS = 5;
const RUNS = 3;
const TARGET_P99_MS = 250;
const CHANNEL_COUNT = 40;
const PEOPLE_COUNT = 80;
/** Of ten interactions: six commands, then taps that open a form, then forms that are sent. */
const TURN = 10;
const COMMANDS_PER_TURN = 6;
const TAPS_PER_TURN = 2;
/** A form is sent half a second after the tap that opened it. */
const TURNS_TO_FILL_IN = PER_SECOND / TURN / 2;
/** The workspace forgets the oldest of some thousand entries. */
const COLLECT_EVERY = 500;

const SEED: WorkspaceSeed = {
  teamName: 'Load',
  teamDomain: 'load',
  people: Array.from({ length: PEOPLE_COUNT }, (_, index) => ({
    name: index === 0 ? 'ana' : `person-${index}`,
    realName: `Person ${index}`,
    email: `person-${index}@load.example`,
    timeZone: 'Europe/Lisbon',
  })),
  channels: Array.from({ length: CHANNEL_COUNT }, (_, index) => ({
    name: `incidents-${index}`,
    hasBot: true,
  })),
};

/**
 * 200 interactions a second over forty incidents, two in three of which append an event, while the workers
 * render: against two processes and against one. Measured at the workspace, from the envelope on
 * the socket to its acknowledgement, after some seconds of the same to warm up. The argument is another number of runs.
 */
export async function mixedLoad(argument?: string): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const bots of [2, 1]) {
    const runs: Run[] = [];
    while (runs.length < Number(argument ?? RUNS)) runs.push(await play(bots));
    rows.push(rowOf(bots, runs));
  }
  return rows;
}

interface Run {
  readonly tookMs: readonly number[];
  readonly unacknowledged: number;
  readonly unopened: number;
  /** Processor time an interaction: of all bots with what they do besides, and of this process. */
  readonly botsMs: number;
  readonly workspaceMs: number;
}

async function play(botCount: number): Promise<Run> {
  const redis = await startRedisServer();
  const world = await startDemoWorld({ port: 0, seed: SEED, rateLimits: 'off' });
  const bots: BotProcess[] = [];
  try {
    const ports: number[] = [];
    while (bots.length < botCount) {
      const port = await freePort();
      const environment = { REDIS_URL: redis.url, PORT: String(port) };
      bots.push(await startBotProcess(world, environment, { botsBefore: bots.length }));
      ports.push(port);
    }
    const desks = await takeSeats(world);
    await send(world, desks, WARM_UP_SECONDS);
    const before = await processorMs(ports);
    const sent = await send(world, desks, SECONDS);
    const after = await processorMs(ports);
    return {
      ...sent,
      botsMs: (after.bots - before.bots) / sent.tookMs.length,
      workspaceMs: (after.workspace - before.workspace) / sent.tookMs.length,
    };
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await world.close();
    await redis.close();
  }
}

async function processorMs(ports: readonly number[]) {
  const texts = await Promise.all(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  const seconds = texts.map((text) => Number(/^process_cpu_seconds_total (.+)$/m.exec(text)?.[1]));
  const { user, system } = process.cpuUsage();
  return {
    bots: seconds.reduce((sum, one) => sum + one, 0) * 1_000,
    workspace: (user + system) / 1_000,
  };
}

/** A person with the menu in front of them, from which the form for a note opens. */
interface Desk {
  readonly person: TestPerson;
  readonly noteTap: PersonAction;
}

async function takeSeats({ workspace }: DemoWorld): Promise<readonly Desk[]> {
  const people = SEED.people.map(({ name }, index) =>
    createPerson(workspace, name, workspace.channelId(`incidents-${index % CHANNEL_COUNT}`)),
  );
  for (const person of people.slice(0, CHANNEL_COUNT)) await openSession(person, 'load sev3');
  const desks: Desk[] = [];
  for (const person of people) {
    await person.say('/triage');
    const noteTap = await until('the menu', () => person.tapOf(/^(Add a note|Note)$/));
    desks.push({ person, noteTap });
  }
  return desks;
}

async function send(
  { workspace }: DemoWorld,
  desks: readonly Desk[],
  seconds: number,
): Promise<Pick<Run, 'tookMs' | 'unacknowledged' | 'unopened'>> {
  const { journal } = workspace;
  const seen = new Map<object, EnvelopeRecord>();
  const old = new Set(journal.envelopes().map(({ payload }) => payload));
  const collect = (): void => {
    for (const record of journal.envelopes()) {
      if (!old.has(record.payload)) seen.set(record.payload, record);
    }
  };
  const under: Promise<unknown>[] = [];
  const startMs = performance.now();
  for (let index = 0; index < PER_SECOND * seconds; index += 1) {
    const waitMs = startMs + (index * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 0) await new Promise((wake) => setTimeout(wake, waitMs));
    under.push(act(workspace, desks, index));
    if (index % COLLECT_EVERY === 0) collect();
  }
  await Promise.all(under);
  collect();
  const records = [...seen.values()].filter(({ type }) => type !== 'events_api');
  return {
    tookMs: records.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs])),
    unacknowledged: records.filter(({ outcome }) => outcome !== 'acked').length,
    unopened: PER_SECOND * seconds - records.length,
  };
}

async function act(
  workspace: DemoWorld['workspace'],
  desks: readonly Desk[],
  index: number,
): Promise<void> {
  const turn = Math.floor(index / TURN);
  const place = index % TURN;
  if (place < COMMANDS_PER_TURN) {
    const { person } = desks[index % desks.length] as Desk;
    await person.say(`/triage note number ${index}`);
    return;
  }
  const isTap = place < COMMANDS_PER_TURN + TAPS_PER_TURN;
  const pair = isTap ? turn : turn - TURNS_TO_FILL_IN;
  const at = pair * TAPS_PER_TURN + (place % TAPS_PER_TURN);
  const { person, noteTap } = desks[(at + desks.length) % desks.length] as Desk;
  if (isTap) await workspace.perform(person.id, noteTap);
  else if (person.view().modal !== null) {
    await person.submit({ 'What should be on the record?': `form ${index}` });
  }
}

function rowOf(bots: number, runs: readonly Run[]): BenchRow {
  const median = (figure: (run: Run) => number): string => inMs(quantile(runs.map(figure), 0.5));
  const sum = (figure: (run: Run) => number): number =>
    runs.reduce((total, run) => total + figure(run), 0);
  return {
    what: `Acknowledgement at ${PER_SECOND} interactions/s (commands, taps, forms) by ${PEOPLE_COUNT} people in ${CHANNEL_COUNT} incidents, ${bots === 1 ? 'one process' : 'two processes'}, Redis (goal for two: p99 under ${TARGET_P99_MS} ms)`,
    figures: [
      `p50 ${median(({ tookMs }) => quantile(tookMs, 0.5))}, p99 ${median(({ tookMs }) => quantile(tookMs, 0.99))}, max ${median(({ tookMs }) => Math.max(...tookMs))} (medians of ${runs.length} runs; n ${sum(({ tookMs }) => tookMs.length)})`,
      `not acknowledged in 3 s: ${sum(({ unacknowledged }) => unacknowledged)}`,
      `processor time an interaction: bots with all their other work ${median(({ botsMs }) => botsMs)}, workspace ${median(({ workspaceMs }) => workspaceMs)}`,
      `forms that had not opened in time: ${sum(({ unopened }) => unopened)}`,
    ].join('; '),
  };
}
