import { northwindSeed } from '../src/simulator/workspace/seed.ts';
import { until } from '../test/support/poll.ts';
import { startMeasuredWorld } from './bot-process.ts';
import { type BenchRow, quantile } from './statistics.ts';

const ROUNDS = 5;

/**
 * From `/triage` being typed to the first evidence card in the thread, and to the end of the
 * gathering (60 minutes, two Regions), with the replay server's two LookupEvents a second.
 */
export async function firstEvidence(): Promise<readonly BenchRow[]> {
  const firstMs: number[] = [];
  const allMs: number[] = [];
  let calls = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const world = await startMeasuredWorld({
      seed: northwindSeed,
      redisUrl: null,
      rateLimits: 'on',
    });
    try {
      const { workspace } = world;
      const ana = workspace.personId('ana');
      const channelId = workspace.channelId('incidents');
      const texts = () =>
        JSON.stringify(workspace.view(ana).channels.find((row) => row.id === channelId)?.messages);
      const startMs = performance.now();
      await workspace.perform(ana, {
        type: 'send',
        channelId,
        threadTs: null,
        text: '/triage checkout returns 5xx',
      });
      await until('the first evidence', () => /checkout-5xx|i-0c4e8d21f6ab97530/.test(texts()));
      firstMs.push(performance.now() - startMs);
      await until('the end of the gathering', () => /people: /.test(texts()));
      allMs.push(performance.now() - startMs);
      calls = world.aws.calls.filter((call) => call.operation === 'LookupEvents').length;
    } finally {
      await world.close();
    }
  }
  const seconds = (values: readonly number[]) =>
    `median ${(quantile(values, 0.5) / 1_000).toFixed(1)} s, max ${(Math.max(...values) / 1_000).toFixed(1)} s (n ${values.length})`;
  return [
    { what: 'First evidence in the thread after /triage (goal: 2 s)', figures: seconds(firstMs) },
    {
      what: `Standard gathering complete, ${calls} LookupEvents calls (goal: 10 s)`,
      figures: seconds(allMs),
    },
  ];
}
