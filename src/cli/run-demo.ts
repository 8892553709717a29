import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { takeEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';
import { ALARM_WORLD, alarmEnvironment, raiseAlarm } from './demo-alarm.ts';
import { type DemoWorld, startDemoWorld } from './demo-world.ts';
import { untilStopped } from './until-stopped.ts';

const DEFAULT_PORT = 4_200;
const BOT_START_MS_MAX = 30_000;
const MAIN = new URL('../main.ts', import.meta.url).pathname;

/** The bot, unchanged and in its own process, against a local workspace and replayed AWS data. */
export async function runDemo(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const dataDirectory = options.data ?? (await mkdtemp(join(tmpdir(), 'redthread-demo-')));
  const world = await startDemoWorld({ port: options.port, ...(options.alarm && ALARM_WORLD) });
  const more = options.alarm ? await alarmEnvironment(world, dataDirectory) : {};
  const bot = spawnBot(world, { ...more, REDTHREAD_DATA: dataDirectory });
  try {
    await Promise.race([untilConnected(world), bot.failed]);
    process.stdout.write(welcome(world, options));
    if (options.alarm) raiseAlarm(world);
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
  /** The incident opens by an alarm, before anybody types. */
  readonly alarm: boolean;
}

function readOptions(words: readonly string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        alarm: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error('--port takes a number from 0 to 65535');
    const data = values.data === undefined ? undefined : resolve(values.data);
    return { port, data, alarm: values.alarm };
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

const BY_HAND = `Checkout started to fail about a quarter of an hour ago. In #incidents type

  /triage checkout returns 5xx`;
const BY_ALARM = `Checkout started to fail about a quarter of an hour ago, and its alarm opened an incident in
#incidents: accept it. Then ask, for example`;

function welcome(world: DemoWorld, { data, alarm }: DemoOptions): string {
  return `
Redthread is running against a local workspace with replayed AWS data.

  Open ${world.pageUrl}

${alarm ? `${BY_ALARM}\n` : BY_HAND}
  /trail who stopped i-0c4e8d21f6ab97530

and work through the buttons. Open the page twice to be two people (bottom left).
${data === undefined ? 'Incidents are forgotten when you stop' : `Incidents are kept in ${data}`}; Ctrl-C stops.
`;
}
