import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { takeEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';
import { ALARM_WORLD, demoEnvironment } from './demo-alarm.ts';
import { chooseDemoIncident, type DemoIncident } from './demo-incidents.ts';
import { type DemoWorld, startDemoWorld } from './demo-world.ts';
import { untilStopped } from './until-stopped.ts';

const DEFAULT_PORT = 4_200;
const BOT_START_MS_MAX = 30_000;
const MAIN = new URL('../main.ts', import.meta.url).pathname;

/** The bot, unchanged and in its own process, against a local workspace and replayed AWS data. */
export async function runDemo(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const dataDirectory = options.data ?? (await mkdtemp(join(tmpdir(), 'redthread-demo-')));
  const { incident, byAlarm } = options;
  const world = await startDemoWorld({
    port: options.port,
    folder: incident.folder,
    ...(byAlarm && ALARM_WORLD),
  });
  const more = await demoEnvironment(world, dataDirectory, { ...incident, byAlarm });
  const bot = spawnBot(world, { ...more, REDTHREAD_DATA: dataDirectory });
  try {
    await Promise.race([untilConnected(world), bot.failed]);
    process.stdout.write(welcome(world, options));
    if (byAlarm) world.aws.announceAlarm(incident.alarm);
    await Promise.race([untilStopped(), bot.failed]);
  } finally {
    await bot.stop();
    await world.close();
    if (options.data === undefined) await rm(dataDirectory, { recursive: true, force: true });
  }
}

interface DemoOptions {
  readonly port: number;
  readonly data: string | undefined;
  readonly incident: DemoIncident;
  /** The incident opens by an alarm, before anybody types. */
  readonly byAlarm: boolean;
}

function readOptions(words: readonly string[]): DemoOptions {
  const { name, ...options } = parseOptions(words);
  return { ...options, incident: chooseDemoIncident(name) };
}

function parseOptions(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        alarm: { type: 'boolean', default: false },
        incident: { type: 'string' },
      },
    });
    const port = Number(values.port ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error('--port takes a number from 0 to 65535');
    const data = values.data === undefined ? undefined : resolve(values.data);
    return { port, data, name: values.incident, byAlarm: values.alarm };
  } catch (cause) {
    throw new AppError('input-invalid', `demo: ${(cause as Error).message}`, { cause });
  }
}

interface RunningBot {
  /** Rejects when the bot ends by itself. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

function spawnBot(world: DemoWorld, environment: Readonly<Record<string, string>>): RunningBot {
  const child = spawn(process.execPath, [MAIN, 'start'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...takeEnvironment(),
      ...world.botEnvironment,
      ...environment,
      LOG_LEVEL: 'warn',
    },
  });
  let stopping = false;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const failed = ended.then((): never => {
    if (stopping) return new Promise<never>(() => undefined) as never;
    throw new AppError('internal', 'the bot ended by itself; its last lines above say why');
  });
  failed.catch(() => undefined);
  return {
    failed,
    stop: async () => {
      stopping = true;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilConnected(world: DemoWorld): Promise<void> {
  const giveUpAtMs = Date.now() + BOT_START_MS_MAX;
  while (!world.botConnected()) {
    if (Date.now() > giveUpAtMs) {
      throw new AppError('internal', 'the bot did not connect to the local workspace in 30 s');
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

function welcome(world: DemoWorld, { data, incident, byAlarm }: DemoOptions): string {
  const { trouble, opening, question } = incident;
  const beginning = byAlarm
    ? `${trouble}.\nIts alarm opened an incident in #incidents: accept it. Then ask, for example\n`
    : `${trouble}. In #incidents type\n\n  ${opening}`;
  return `
Redthread is running against a local workspace with replayed AWS data.

  Open ${world.pageUrl}

${beginning}
  ${question}

and work through the buttons. Open the page twice to be two people (bottom left).
${data === undefined ? 'Incidents are forgotten when you stop' : `Incidents are kept in ${data}`}; Ctrl-C stops.
`;
}
