/**
 * The bot as `redthread start` runs it, but with the pauses that PAUSES names (JSON): what takes
 * minutes in production takes seconds in a test that has to kill the process meanwhile.
 */
import { startBot } from '../../../src/app.ts';
import { stopAndExit, untilStopped } from '../../../src/cli/until-stopped.ts';
import { readConfig } from '../../../src/config.ts';
import { takeEnvironment } from '../../../src/environment.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import type { Pauses } from '../../../src/work-handlers.ts';

const pauses = JSON.parse(process.env['PAUSES'] ?? '{}') as Pauses;
const config = readConfig(takeEnvironment());
const log = createLogger(config.logLevel);
const bot = await startBot(config, log, pauses);
await untilStopped();
await stopAndExit(() => bot.stop(), log);
