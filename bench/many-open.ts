import type { WorkspaceSeed } from '../src/simulator/workspace/seed.ts';
import type { Workspace } from '../src/simulator/workspace/start-workspace.ts';
import { openStore } from '../src/store/open-store.ts';
import { createKeptLog } from '../test/support/kept-log.ts';
import { until } from '../test/support/poll.ts';
import { startRedisServer } from '../test/support/redis-server.ts';
import { type MeasuredWorld, startMeasuredWorld } from './bot-process.ts';
import { type OpenIncident, openMany, UNOWNED_EVERY } from './open-incidents.ts';
import { peakMegabytes, residentMegabytes } from './process-figures.ts';
import type { BenchRow } from './statistics.ts';

const OPEN = 10_000;
const TAPS_A_SECOND = 20;
const PEOPLE = 10;
const CHANNELS = 40;
/** Long enough for reminders to look at each of them, and for messages to be sent. */
const LASTS_MS = 150_000;

const NAMES = Array.from({ length: PEOPLE }, (_, index) => `person${index}`);
const SEED: WorkspaceSeed = {
  teamName: 'Many',
  teamDomain: 'many',
  people: ['watcher', ...NAMES].map((name) => ({
    name,
    realName: name,
    email: `${name}@many.example`,
    timeZone: 'Europe/London',
  })),
  channels: Array.from({ length: CHANNELS }, (_, index) => ({
    name: `incidents-${index}`,
    members: NAMES,
    hasBot: true,
  })),
};

/**
 * What the bot's process holds in memory while 10,000 incidents are open, on a store that it finds:
 * people take one in ten of them, reminders look at all, Home and the list are asked for.
 */
export async function manyOpen(argument = String(OPEN)): Promise<readonly BenchRow[]> {
  const count = Number(argument);
  const redis = await startRedisServer();
  try {
    return [await measure('embedded store', count, null), await measure('Redis', count, redis.url)];
  } finally {
    await redis.close();
  }
}

async function measure(name: string, count: number, redisUrl: string | null): Promise<BenchRow> {
  let incidents: readonly OpenIncident[] = [];
  const world = await startMeasuredWorld({
    seed: SEED,
    redisUrl,
    rateLimits: 'off',
    prepare: async (workspace, dataDirectory) => {
      const store = await openStore({ redisUrl, dataDirectory }, createKeptLog());
      const channelIds = SEED.channels.map((channel) => workspace.channelId(channel.name));
      const personIds = NAMES.map((person) => workspace.personId(person));
      incidents = await openMany({ store, workspace, channelIds, personIds }, count);
      await store.close();
    },
  });
  try {
    const untilMs = Date.now() + LASTS_MS;
    const startedMb = residentMegabytes(world.pid) ?? Number.NaN;
    const answered = await askForLists(world.workspace);
    const tapped = incidents.filter((_, index) => index % UNOWNED_EVERY === 0);
    const failed = await tapAll(world, tapped);
    await askForLists(world.workspace);
    await new Promise((wake) => setTimeout(wake, Math.max(0, untilMs - Date.now())));
    const [peakMb, lastMb] = [peakMegabytes(world.pid), residentMegabytes(world.pid)];
    return {
      what: `Memory with ${count.toLocaleString('en')} open incidents, ${tapped.length} of them taken, ${name} (goal: under 300 MB)`,
      figures: `${Math.round(startedMb)} MB after the start, ${Math.round(peakMb)} MB at most, ${Math.round(lastMb ?? 0)} MB at the end; ${answered}; taps not acknowledged in 3 s: ${failed}`,
    };
  } finally {
    await world.close();
  }
}

async function tapAll(
  { workspace }: MeasuredWorld,
  tapped: readonly OpenIncident[],
): Promise<number> {
  const startMs = performance.now();
  const done: Promise<boolean>[] = [];
  for (const [index, incident] of tapped.entries()) {
    const waitMs = startMs + (index * 1_000) / TAPS_A_SECOND - performance.now();
    if (waitMs > 0) await new Promise((wake) => setTimeout(wake, waitMs));
    done.push(take(workspace, incident, index));
  }
  return (await Promise.all(done)).filter((isTaken) => !isTaken).length;
}

/** A line and a changed card follow. */
async function take(workspace: Workspace, incident: OpenIncident, index: number): Promise<boolean> {
  const { channelId, rootTs: messageTs } = incident;
  const found = buttonOf(incident, 'take-ownership');
  const reply = await workspace.perform(workspace.personId(NAMES[index % PEOPLE] ?? ''), {
    type: 'block-action',
    container: { type: 'message', channelId, messageTs },
    ...found,
    state: {},
  });
  return reply.problem === null;
}

interface Button {
  readonly blockId: string;
  readonly element: Readonly<Record<string, unknown>>;
}

function buttonOf({ rootBlocks }: OpenIncident, actionId: string): Button {
  for (const block of rootBlocks) {
    const elements = (block['elements'] ?? []) as readonly Readonly<Record<string, unknown>>[];
    const element = elements.find((one) => String(one['action_id']).includes(actionId));
    if (element !== undefined) return { blockId: String(block['block_id']), element };
  }
  throw new Error(`A card has no button ${actionId}: ${JSON.stringify(rootBlocks)}`);
}

/** Both are one page that Slack takes, which the workspace checks as Slack does. */
async function askForLists(workspace: Workspace): Promise<string> {
  const person = workspace.personId(NAMES[0] ?? '');
  const channelId = workspace.channelId(SEED.channels[0]?.name ?? '');
  const published = () =>
    workspace.journal.calls('views.publish').filter((call) => call.status === 200).length;
  const before = published();
  const homeFromMs = performance.now();
  await workspace.perform(person, { type: 'open-home' });
  await until('Home is shown', () => published() > before);
  const homeMs = performance.now() - homeFromMs;
  const listFromMs = performance.now();
  const text = '/triage list';
  await workspace.perform(person, { type: 'send', channelId, threadTs: null, text });
  return `Home after ${Math.round(homeMs)} ms, ${text} after ${Math.round(performance.now() - listFromMs)} ms`;
}
