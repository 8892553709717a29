import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bot, startBot } from '../../../src/app.ts';
import {
  type DemoWorld,
  type DemoWorldOptions,
  startDemoWorld,
} from '../../../src/cli/demo-world.ts';
import { readConfig } from '../../../src/config.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { type LineLogger, wrap } from '../../../src/observe/logger.ts';
import type { Store } from '../../../src/ports.ts';
import type { Pauses } from '../../../src/work-handlers.ts';
import { createPerson, type TestPerson } from './person.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: object;
}

/** The real bot in this process, in a simulated Slack and AWS, with a store of its own. */
export interface BotWorld {
  readonly demo: DemoWorld;
  readonly channelId: string;
  readonly logLines: readonly LogLine[];
  person(name: string, channelName?: string): TestPerson;
  startBot(): Promise<Bot>;
  /** The store of the bot that runs now. */
  store(): Store;
  /** The bot that runs now. */
  bot(): Bot;
  /** What the running bot's store holds. */
  readState(incidentId: string): Promise<IncidentState | null>;
  /** Stops the bot that runs now and starts another on the same store. */
  restartBot(): Promise<void>;
  close(): Promise<void>;
}

/** Tests do not wait as AWS makes everybody wait: it answers more often here, and is asked more often. */
const QUICK = { lookupsPerSecond: 1_000, lookupSpacingMs: 5 } as const;

export async function startBotWorld(
  options: {
    readonly environment?:
      | Readonly<Record<string, string>>
      | ((demo: DemoWorld) => Readonly<Record<string, string>>);
    readonly world?: Partial<DemoWorldOptions>;
    readonly pauses?: Pauses;
  } = {},
): Promise<BotWorld> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-test-'));
  const demo = await startDemoWorld({
    port: 0,
    lookupsPerSecond: QUICK.lookupsPerSecond,
    ...options.world,
  });
  const environment = {
    ...demo.botEnvironment,
    REDTHREAD_DATA: dataDirectory,
    ...(typeof options.environment === 'function'
      ? options.environment(demo)
      : options.environment),
  };
  // The AWS SDK reads its own variables from the process, as it does in production.
  const previous = new Map(Object.keys(environment).map((name) => [name, process.env[name]]));
  Object.assign(process.env, environment);
  const logLines: LogLine[] = [];
  const lines: LineLogger = {
    log: (level, fields, message) => logLines.push({ level, fields, message }),
  };
  const start = () => startBot(readConfig(environment), wrap(lines, {}), pauses);
  const pauses = { lookupSpacingMs: QUICK.lookupSpacingMs, ...options.pauses };
  let bot: Bot = await start();
  const channelId = demo.workspace.channelId('incidents');
  return {
    demo,
    channelId,
    logLines,
    person: (name, channelName = 'incidents') =>
      createPerson(demo.workspace, name, demo.workspace.channelId(channelName)),
    startBot: start,
    store: () => bot.store,
    bot: () => bot,
    readState: (incidentId) => bot.store.readState(incidentId),
    restartBot: async () => {
      await bot.stop();
      bot = await start();
    },
    close: async () => {
      await bot.stop();
      await demo.close();
      for (const [name, value] of previous) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
