import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAwsReplay } from '../src/simulator/aws/start-aws-replay.ts';
import type { WorkspaceSeed } from '../src/simulator/workspace/seed.ts';
import { startWorkspace, type Workspace } from '../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../src/slack/manifest.ts';
import { until } from '../test/support/poll.ts';
import { nodeFlags } from './node-flags.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const FOLDER = new URL('../src/simulator/incidents/checkout-5xx', import.meta.url).pathname;

export interface MeasuredWorld {
  readonly workspace: Workspace;
  readonly aws: Awaited<ReturnType<typeof startAwsReplay>>;
  /** Of the bot. */
  readonly pid: number;
  close(): Promise<void>;
}

/** The bot in a process of its own, as in production; the simulator in this one. */
export async function startMeasuredWorld(options: {
  readonly seed: WorkspaceSeed;
  readonly redisUrl: string | null;
  readonly rateLimits: 'on' | 'off';
  /** Incident to replay; the demo's when left out. */
  readonly folder?: string;
  /** Before the bot starts: what it finds in its store and in Slack. */
  readonly prepare?: (workspace: Workspace, dataDirectory: string) => Promise<void>;
}): Promise<MeasuredWorld> {
  const aws = await startAwsReplay({ folder: options.folder ?? FOLDER });
  const workspace = await startWorkspace({
    manifest: MANIFEST,
    seed: options.seed,
    ...(options.rateLimits === 'off' ? { rateLimits: 'off' as const } : {}),
  });
  const dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-bench-'));
  await options.prepare?.(workspace, dataDirectory);
  const bot = spawn(process.execPath, [...nodeFlags(), MAIN, 'start'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      AWS_ENDPOINT_URL: aws.endpointUrl,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      LOG_LEVEL: 'error',
      REDTHREAD_DATA: dataDirectory,
      ...(options.redisUrl === null ? {} : { REDIS_URL: options.redisUrl }),
    },
  });
  const person = workspace.personId(options.seed.people[0]?.name ?? '');
  await until('the bot is connected twice', () => workspace.view(person).appConnections === 2);
  return {
    workspace,
    aws,
    pid: bot.pid ?? Number.NaN,
    close: async () => {
      const ended = new Promise((done) => bot.once('exit', done));
      bot.kill('SIGTERM');
      await ended;
      await workspace.close();
      await aws.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
