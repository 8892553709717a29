import { rm } from 'node:fs/promises';
import { northwindSeed } from '../src/simulator/workspace/seed.ts';
import { until } from '../test/support/poll.ts';
import { startMeasuredWorld } from './bot-process.ts';
import { busyHour } from './busy-hour.ts';
import { type BenchRow, quantile } from './statistics.ts';

const ROUNDS = 5;
const WRITE_COUNT = 540;

/**
 * From `/triage` being typed to the first evidence card in the thread, and to the end of the
 * gathering: the last 60 minutes, more than 500 writes in two Regions, against the replay server's two
 * LookupEvents a second.
 */
export async function firstEvidence(): Promise<readonly BenchRow[]> {
  const folder = await busyHour(WRITE_COUNT);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(folder));
  await rm(folder, { recursive: true, force: true });
  const seconds = (values: readonly number[]) =>
    `median ${(quantile(values, 0.5) / 1_000).toFixed(1)} s, max ${(Math.max(...values) / 1_000).toFixed(1)} s (n ${values.length})`;
  const [first] = rounds;
  return [
    {
      what: 'First changes in the thread after /triage (goal: 2 s)',
      figures: seconds(rounds.map((row) => row.firstMs)),
    },
    {
      what: `Standard gathering complete: 60 minutes, ${first?.found} writes, two Regions, ${first?.callCount} LookupEvents calls (goal: 10 s)`,
      figures: seconds(rounds.map((row) => row.allMs)),
    },
  ];
}

async function measureRound(folder: string) {
  const world = await startMeasuredWorld({
    seed: northwindSeed,
    redisUrl: null,
    rateLimits: 'on',
    folder,
  });
  try {
    const { workspace } = world;
    const ana = workspace.personId('ana');
    const channelId = workspace.channelId('incidents');
    const texts = () =>
      JSON.stringify(workspace.view(ana).channels.find((row) => row.id === channelId)?.messages);
    const text = '/triage everything is slow';
    const startMs = performance.now();
    await workspace.perform(ana, { type: 'send', channelId, threadTs: null, text });
    await until('the first changes', () => /person-\d/.test(texts()));
    const firstMs = performance.now() - startMs;
    const found = await until('the end of the gathering', () =>
      texts().includes('people: ') ? / ([\d,]+) changes/.exec(texts())?.[1] : null,
    );
    const allMs = performance.now() - startMs;
    const lookups = world.aws.calls.filter((call) => call.operation === 'LookupEvents');
    return { firstMs, allMs, found, callCount: lookups.length };
  } finally {
    await world.close();
  }
}
