import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startAwsReplay } from '../src/simulator/aws/start-aws-replay.ts';
import { startWorkspace } from '../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../src/slack/manifest.ts';
import { type ImageLayout, layOutImage, UNPRIVILEGED } from '../test/support/image-layout.ts';
import { freePort } from '../test/support/redis-server.ts';
import { nodeFlags } from './node-flags.ts';
import { processorMs } from './process-figures.ts';
import { type BenchRow, spread } from './statistics.ts';

const FOLDER = new URL('../src/simulator/incidents/checkout-5xx', import.meta.url).pathname;
const ROUNDS = 7;
const POLL_MS = 5;
const LIMIT_MS = 30_000;

/** From the start of the process to `/readyz`, of the image's files, read-only, as another user. */
export async function startUp(): Promise<readonly BenchRow[]> {
  const image = await layOutImage();
  const workspace = await startWorkspace({ manifest: MANIFEST });
  const aws = await startAwsReplay({ folder: FOLDER });
  const environment: Readonly<Record<string, string>> = {
    ...image.environment,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: 'eu-west-1',
    LOG_LEVEL: 'error',
  };
  try {
    const prepared = await measure(image, environment);
    const plain = await measure(image, { ...environment, NODE_DISABLE_COMPILE_CACHE: '1' });
    return [
      { what: 'Start-up to ready, as in the image (goal: 2 s)', figures: figuresOf(prepared) },
      { what: 'The same without what the image has compiled', figures: figuresOf(plain) },
    ];
  } finally {
    await workspace.close();
    await aws.close();
    await image.remove();
  }
}

interface Start {
  readonly wallMs: number;
  /** Of the process alone: the same on a machine that is busy with other things. */
  readonly processorMs: number;
}

async function measure(
  image: ImageLayout,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Start[]> {
  const times: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const port = await freePort();
    const fromMs = performance.now();
    const bot = spawn(process.execPath, [...nodeFlags(), 'src/main.ts', 'start'], {
      cwd: image.folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...environment, PORT: String(port) },
      ...UNPRIVILEGED,
    });
    await untilReady(port, fromMs);
    const wallMs = performance.now() - fromMs;
    times.push({ wallMs, processorMs: processorMs(bot.pid) });
    const ended = once(bot, 'exit');
    bot.kill('SIGTERM');
    await ended;
    await rm(join(image.data, 'redthread.db'), { force: true });
  }
  return times;
}

async function untilReady(port: number, fromMs: number): Promise<void> {
  while (performance.now() - fromMs < LIMIT_MS) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  throw new Error(`The bot was not ready within ${LIMIT_MS} ms.`);
}

function figuresOf(starts: readonly Start[]): string {
  const wall = spread(starts.map(({ wallMs }) => wallMs));
  const busy = spread(starts.map((start) => start.processorMs));
  return `${wall}; processor time ${busy}`;
}
