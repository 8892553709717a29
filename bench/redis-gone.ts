import { setTimeout as delay } from 'node:timers/promises';
import { startDemoWorld } from '../src/cli/demo-world.ts';
import type { EnvelopeRecord } from '../src/simulator/workspace/journal.ts';
import { startBotProcess } from '../test/support/e2e/bot-process.ts';
import { createPerson } from '../test/support/e2e/person.ts';
import { openSession } from '../test/support/e2e/sessions.ts';
import { startRedisServer } from '../test/support/redis-server.ts';
import { type BenchRow, inMs, quantile, spread } from './statistics.ts';

const ROUNDS = 3;
const GONE_MS = 60_000;
const PAUSE_MS = 250;

/**
 * Redis is killed with SIGKILL and started again a minute later, while somebody writes a note four
 * times a second: how soon they are told that it could not be recorded, and how soon after the
 * return a note is taken again. The argument is another number of seconds.
 */
export async function redisGone(argument?: string): Promise<readonly BenchRow[]> {
  const goneMs = argument === undefined ? GONE_MS : Number(argument) * 1_000;
  const redis = await startRedisServer();
  const world = await startDemoWorld({ port: 0, rateLimits: 'off' });
  const bot = await startBotProcess(world, { REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  const ana = createPerson(world.workspace, 'ana', world.workspace.channelId('incidents'));
  const note = async (text: string): Promise<EnvelopeRecord | undefined> => {
    await ana.say(`/triage note ${text}`);
    return world.workspace.journal.envelopes('slash_commands').at(-1);
  };
  const answerOf = (envelope: EnvelopeRecord | undefined): string =>
    JSON.stringify(envelope?.ackPayload ?? '');
  const toldMs: number[] = [];
  const backMs: number[] = [];
  let untold = 0;
  try {
    await openSession(ana, 'checkout is down');
    for (let round = 0; round < ROUNDS; round += 1) {
      await redis.kill9();
      const endMs = performance.now() + goneMs;
      for (let count = 0; performance.now() < endMs; count += 1) {
        const envelope = await note(`round ${round} ${count}`);
        if (/cannot record/.test(answerOf(envelope))) toldMs.push(envelope?.tookMs ?? Number.NaN);
        else untold += 1;
        await delay(PAUSE_MS);
      }
      await redis.restart();
      const returnedMs = performance.now();
      for (let count = 0; ; count += 1) {
        if (/Noted\./.test(answerOf(await note(`round ${round} back ${count}`)))) break;
        await delay(20);
      }
      backMs.push(performance.now() - returnedMs);
    }
  } finally {
    await bot.stop();
    await world.close();
    await redis.close();
  }
  return [
    {
      what: `Redis gone for ${goneMs / 1_000} s, ${ROUNDS} times: told that it is not recorded (goal: 1 s)`,
      figures: `${spread(toldMs)}; not told ${untold}`,
    },
    {
      what: 'From the return of Redis to the next note taken (goal: 2 s)',
      figures: `median ${inMs(quantile(backMs, 0.5))}, max ${inMs(Math.max(...backMs))} (n ${backMs.length})`,
    },
  ];
}
