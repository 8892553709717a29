import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DemoWorld } from '../../../src/cli/demo-world.ts';
import type { Pauses } from '../../../src/work-handlers.ts';
import { until } from '../poll.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const IMPATIENT = fileURLToPath(new URL('./impatient-bot.ts', import.meta.url));
export const SOCKETS_PER_BOT = 2;

/** The bot as it is installed: a process of its own that can be killed. */
export interface BotProcess {
  readonly pid: number;
  /** Ends it as a power cut would. */
  kill9(): Promise<void>;
  /** As a deployment would; resolves with the exit code. */
  stop(): Promise<number | null>;
  isRunning(): boolean;
  /** What it wrote to standard error. */
  errorOutput(): string;
}

export interface BotProcessOptions {
  /** How many others are connected already. */
  readonly botsBefore?: number;
  /** In HTTP mode: where it says when it is ready. */
  readonly readyUrl?: string;
  /** Shorter ones than in production. */
  readonly pauses?: Pauses;
}

/** Starts one more bot in this world and waits until Slack has both of its sockets, or it is ready. */
export async function startBotProcess(
  world: Pick<DemoWorld, 'workspace' | 'botEnvironment'>,
  environment: Readonly<Record<string, string>>,
  { botsBefore = 0, pauses, readyUrl }: BotProcessOptions = {},
): Promise<BotProcess> {
  let errorOutput = '';
  const words = pauses === undefined ? [MAIN, 'start'] : [IMPATIENT];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      ...world.botEnvironment,
      LOG_LEVEL: 'error',
      PAUSES: JSON.stringify(pauses ?? {}),
      ...environment,
    },
  });
  child.stderr.on('data', (bytes) => {
    errorOutput += String(bytes);
  });
  const person = world.workspace.personId('ana');
  const wanted = (botsBefore + 1) * SOCKETS_PER_BOT;
  await until('the bot is connected', () => {
    if (!isRunning(child)) throw new Error(`The bot ended: ${errorOutput}`);
    if (readyUrl !== undefined) return isReady(readyUrl);
    return world.workspace.view(person).appConnections === wanted;
  });
  return {
    pid: child.pid ?? 0,
    kill9: async () => void (await end(child, 'SIGKILL')),
    stop: () => end(child, 'SIGTERM'),
    isRunning: () => isRunning(child),
    errorOutput: () => errorOutput,
  };
}

function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (!isRunning(child)) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
