import type { WorkspaceSeed } from '../src/simulator/workspace/seed.ts';
import { until } from '../test/support/poll.ts';
import { startRedisServer } from '../test/support/redis-server.ts';
import { startMeasuredWorld } from './bot-process.ts';
import { type BenchRow, spread } from './statistics.ts';

const CHANNEL_COUNT = 10;
const PER_SECOND = 50;
const SECONDS = 20;
const TARGET_P99_MS = 100;
const QUIET_MS = 3_000;

const SEED: WorkspaceSeed = {
  teamName: 'Load',
  teamDomain: 'load',
  people: [
    { name: 'ana', realName: 'Ana', email: 'ana@load.example', timeZone: 'Europe/Lisbon' },
    { name: 'ben', realName: 'Ben', email: 'ben@load.example', timeZone: 'Europe/London' },
  ],
  channels: Array.from({ length: CHANNEL_COUNT }, (_, index) => ({
    name: `incidents-${index}`,
    hasBot: true,
  })),
};

/**
 * Commands that each append one event, 50 a second over ten incidents, against one process with
 * Redis (appendfsync always), while its workers render. Measured at the workspace: from the
 * envelope on the socket to its acknowledgement.
 */
export async function ackLoad(): Promise<readonly BenchRow[]> {
  const redis = await startRedisServer();
  const world = await startMeasuredWorld({ seed: SEED, redisUrl: redis.url, rateLimits: 'off' });
  const { workspace } = world;
  try {
    const ana = workspace.personId('ana');
    const channels = SEED.channels.map(({ name }) => workspace.channelId(name));
    const say = (channelId: string, text: string) =>
      workspace.perform(ana, { type: 'send', channelId, threadTs: null, text });
    for (const channelId of channels) await say(channelId, '/triage load sev3');
    await until('every incident is shown', () =>
      workspace
        .view(ana)
        .channels.every(
          (channel) => channel.isDirect || channel.messages.some((row) => row.threadTs === null),
        ),
    );
    // The replay draws pictures in this process, which would be measured as the bot's slowness.
    for (let calls = -1; calls !== world.aws.calls.length; ) {
      calls = world.aws.calls.length;
      await new Promise((wake) => setTimeout(wake, QUIET_MS));
    }
    const before = workspace.journal.envelopes('slash_commands').length;
    const sent: Promise<unknown>[] = [];
    const startMs = performance.now();
    for (let index = 0; index < PER_SECOND * SECONDS; index += 1) {
      const waitMs = startMs + (index * 1_000) / PER_SECOND - performance.now();
      if (waitMs > 0) await new Promise((wake) => setTimeout(wake, waitMs));
      sent.push(say(channels[index % CHANNEL_COUNT] ?? '', `/triage note number ${index}`));
    }
    await Promise.all(sent);
    const envelopes = workspace.journal.envelopes('slash_commands').slice(before);
    const late = envelopes.filter((row) => row.outcome !== 'acked').length;
    const tookMs = envelopes.flatMap((row) => (row.tookMs === null ? [] : [row.tookMs]));
    return [
      {
        what: `Acknowledgement at ${PER_SECOND} interactions/s, one process, Redis (goal: p99 under ${TARGET_P99_MS} ms)`,
        figures: `${spread(tookMs)}; not acknowledged in 3 s: ${late}`,
      },
    ];
  } finally {
    await world.close();
    await redis.close();
  }
}
