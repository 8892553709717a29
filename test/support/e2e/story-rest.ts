import { until } from '../poll.ts';
import type { BotWorld } from './bot-world.ts';
import { hasNoWorkNow } from './sessions.ts';

const LIMIT_MS = 60_000;
/** Looks in a row, so that a busy machine, which looks less often, waits longer. */
const QUIET_LOOKS = 30;

/**
 * Waits until the bot has nothing left to do at this moment of the story. Work that is claimed is
 * due again when its lease ends, and so looks like work that is due soon; where there may be either,
 * nothing must have happened for a while, neither in the store nor in Slack nor in AWS.
 */
export async function untilAtRest(world: BotWorld): Promise<void> {
  let before = '';
  let quietLooks = 0;
  await until(
    'the bot is at rest',
    async () => {
      if (await hasNoWorkNow(world.store())) return true;
      const { pending, nextDueAtMs } = await world.store().workCounts();
      const now = JSON.stringify([pending, nextDueAtMs, ...traces(world)]);
      const isDue = nextDueAtMs !== null && nextDueAtMs <= Date.now();
      quietLooks = now === before && !isDue ? quietLooks + 1 : 0;
      before = now;
      return quietLooks >= QUIET_LOOKS;
    },
    LIMIT_MS,
  );
}

function traces({ demo }: BotWorld): readonly unknown[] {
  const { aws, workspace } = demo;
  const entries = workspace.journal.entries();
  return [entries.length, entries.at(-1)?.atMs, aws.calls.length, aws.calls.at(-1)?.atMs];
}
