import { startBot } from '../app.ts';
import { readConfig } from '../config.ts';
import { showHidden } from '../domain/text/markdown-text.ts';
import { takeEnvironment } from '../environment.ts';
import { createLogger } from '../observe/logger.ts';
import { growHeapSlowly } from './keep-heap-small.ts';
import { stopAndExit, untilStopped } from './until-stopped.ts';

/** Runs the bot until SIGTERM or SIGINT. */
export async function runStart(_words: readonly string[]): Promise<void> {
  growHeapSlowly();
  const config = readConfig(takeEnvironment());
  const log = createLogger(config.logLevel);
  // @slack/socket-mode 3.1 rejects without a handler on frames it does not know: not our end.
  process.on('unhandledRejection', (error) => log.error('a promise was rejected unseen', error));
  const bot = await startBot(config, log);
  for (const note of bot.playbookNotes) process.stderr.write(`redthread: ${showHidden(note)}\n`);
  log.info('redthread is connected', { connection: bot.description });
  await untilStopped();
  log.info('redthread is stopping');
  await stopAndExit(() => bot.stop(), log);
}
