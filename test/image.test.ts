import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../src/slack/manifest.ts';
import {
  type ImageLayout,
  layOutImage,
  listTree,
  NODE_FOLDER,
  UNPRIVILEGED,
} from './support/image-layout.ts';
import { until } from './support/poll.ts';
import { freePort } from './support/redis-server.ts';

const run = promisify(execFile);
const DOCKERFILE = new URL('../Dockerfile', import.meta.url);

/** What the Dockerfile lays out, run as the container would run it: no Docker is needed for that. */
describe('the files of the image', () => {
  let image: ImageLayout;
  let workspace: Workspace;
  let bot: ChildProcess;
  let port: number;
  let errors = '';
  let before: readonly string[];

  const environment = () => ({
    ...image.environment,
    PATH: `${NODE_FOLDER}:${process.env['PATH'] ?? ''}`,
    PORT: String(port),
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9/',
    LOG_LEVEL: 'warn',
  });

  beforeAll(async () => {
    image = await layOutImage();
    workspace = await startWorkspace({ manifest: MANIFEST });
    port = await freePort();
    before = await listTree(image.folder);
    bot = spawn(process.execPath, ['src/main.ts', 'start'], {
      cwd: image.folder,
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...UNPRIVILEGED,
    });
    bot.stderr?.on('data', (bytes) => {
      errors += String(bytes);
    });
  }, 180_000);
  afterAll(async () => {
    bot.kill('SIGKILL');
    await workspace.close();
    await image.remove();
  });

  it('start from a folder that nobody may write to, as an unprivileged user, and become ready', async () => {
    const ready = await until('the bot is ready', async () => {
      expect([bot.exitCode, errors]).toEqual([null, '']);
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      return answer.ok && answer.json();
    });
    expect(ready).toMatchObject({ ready: true, store: true, slack: true });
  });

  it('pass the health check of the Dockerfile', async () => {
    const [node = '', ...words] = image.healthCheck;
    const checked = run(node, words, { env: environment(), ...UNPRIVILEGED });
    await expect(checked).resolves.toMatchObject({ stderr: '' });
  });

  it('know their doctor', async () => {
    const visit = run(process.execPath, ['src/main.ts', 'doctor', '--json'], {
      cwd: image.folder,
      env: environment(),
      ...UNPRIVILEGED,
    });
    // No AWS here: the table is whole, and says so.
    const { stdout } = await visit.catch((error: { readonly stdout: string }) => error);
    const { rows } = JSON.parse(stdout) as { rows: readonly { name: string; verdict: string }[] };
    expect(rows.find(({ name }) => name === 'granted scopes')?.verdict).toBe('ok');
    expect(rows.find(({ name }) => name === 'database file')?.verdict).toBe('ok');
  });

  it('end at SIGTERM with 0, and have written only into the data folder', async () => {
    const ended = once(bot, 'exit');
    bot.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(errors).toBe('');
    expect(await listTree(image.folder)).toEqual(before);
    expect((await listTree(image.data)).map((path) => path.split('/').at(-1))).toEqual([
      'redthread.db',
    ]);
  });
});

describe('the Dockerfile', () => {
  it('ends as a user that is not root, without npm, with a health check', async () => {
    const text = await readFile(DOCKERFILE, 'utf8');
    const last = text.slice(text.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER 65532:65532$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/\bnpm (?:ci|install|run)\b/);
    expect(last).toMatch(/rm -rf .*node_modules\/npm\b/);
    expect(text).toMatch(/^RUN npm ci --omit=dev --ignore-scripts$/m);
  });
});
