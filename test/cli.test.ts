import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actOnIncident } from '../src/flows/act-on-incident.ts';
import { createIds } from '../src/observe/ids.ts';
import { startWorkspace, type Workspace } from '../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../src/slack/manifest.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { STRAIGHT_PATH } from './support/incident-builders.ts';
import { createKeptLog } from './support/kept-log.ts';
import { freePort } from './support/redis-server.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const INCIDENT_ID = 'RT-7K3F9';

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** The command line in a process of its own, with this environment and nothing of ours. */
async function run(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (bytes) => {
    out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    errors += String(bytes);
  });
  await once(child, 'close');
  return { code: child.exitCode, out, errors };
}

describe('the command line', () => {
  let dataDirectory: string;
  let workspace: Workspace;

  const openDatabase = () =>
    openSqliteStore({ path: join(dataDirectory, 'redthread.db'), log: createKeptLog() });

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-cli-'));
    workspace = await startWorkspace({ manifest: MANIFEST });
    const store = await openDatabase();
    const deps = {
      store,
      clock: { nowMs: () => Date.now() },
      ids: createIds(),
      log: createKeptLog(),
      wakeWorkers: () => undefined,
    };
    for (const [index, [command, actor]] of STRAIGHT_PATH.entries()) {
      const input = { incidentId: INCIDENT_ID, command, actor, dedupeId: `step ${index}` };
      expect((await actOnIncident(deps, input)).kind).toBe('done');
    }
    await store.close();
  });
  afterAll(async () => {
    await workspace.close();
    await rm(dataDirectory, { recursive: true });
  });

  const slackEnvironment = () => ({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    AWS_REGION: 'eu-west-1',
    REDTHREAD_DATA: dataDirectory,
    LOG_LEVEL: 'error',
  });

  it.each([
    [['help']],
    [['--help']],
    [['-h']],
    [[]],
  ])('prints its commands for %j', async (words) => {
    const { code, out } = await run(words);
    expect(code).toBe(0);
    expect(out).toMatch(/redthread start/);
    expect(out).toMatch(/redthread export ID/);
  });

  it.each([
    'strat',
    'constructor',
    '__proto__',
  ])('says that there is no command %s', async (word) => {
    const { code, out, errors } = await run([word]);
    expect(code).toBe(2);
    expect(errors).toContain(`there is no command “${word}”`);
    expect(out).toContain('redthread start');
  });

  it('prints the document of an incident, as Markdown and as JSON, and nothing else', async () => {
    const markdown = await run(['export', INCIDENT_ID.toLowerCase()], {
      REDTHREAD_DATA: dataDirectory,
    });
    expect([markdown.code, markdown.errors]).toEqual([0, '']);
    expect(markdown.out).toMatch(/^# RT-7K3F9: Checkout returns 5xx\n/);
    expect(markdown.out).toContain('A clean-up job removed the rule.');
    const json = await run(['export', INCIDENT_ID, '--json'], { REDTHREAD_DATA: dataDirectory });
    expect([json.code, json.errors]).toEqual([0, '']);
    expect(JSON.stringify(JSON.parse(json.out))).toContain('A clean-up job removed the rule.');
  });

  it.each([
    [['export'], /say which incident/],
    [['export', 'RT-1', 'RT-2'], /say which incident/],
    [['export', 'RT-0000Z'], /there is no incident RT-0000Z/],
    [['demo', '--port', 'high'], /--port takes a number/],
    [['demo', '--colour'], /--colour/],
  ])('ends with 2 and a sentence for %j', async (words, sentence) => {
    const { code, out, errors } = await run(words, { REDTHREAD_DATA: dataDirectory });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toMatch(sentence);
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('says that the store is in use while the bot has it', async () => {
    const store = await openDatabase();
    const { code, errors } = await run(['export', INCIDENT_ID], { REDTHREAD_DATA: dataDirectory });
    await store.close();
    expect(code).toBe(2);
    expect(errors).toContain('is in use by another process');
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('starts nothing with a wrong configuration, and lists what is wrong', async () => {
    const { code, errors } = await run(['start'], { SLACK_BOT_TOKEN: 'xoxp-1' });
    expect(code).toBe(2);
    expect(errors).toContain('3 problems');
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('says that Slack refuses the token, without printing it', async () => {
    const token = 'xoxb-not-of-this-workspace';
    const { code, errors } = await run(['start'], {
      ...slackEnvironment(),
      SLACK_BOT_TOKEN: token,
    });
    expect(code).toBe(2);
    expect(errors).toContain('Slack refuses the bot token. Check SLACK_BOT_TOKEN.');
    expect(errors).not.toContain(token);
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('says that Slack refuses the app token, without printing it', async () => {
    const token = 'xapp-not-of-this-workspace';
    const { code, errors } = await run(['start'], {
      ...slackEnvironment(),
      SLACK_APP_TOKEN: token,
    });
    expect(code).toBe(2);
    expect(errors).toMatch(/SLACK_APP_TOKEN/);
    expect(errors).not.toContain(token);
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('says that the port is taken', async () => {
    const port = new URL(workspace.apiUrl).port;
    const { code, errors } = await run(['start'], { ...slackEnvironment(), PORT: port });
    expect([code, errors]).toEqual([2, expect.stringContaining('Set PORT to a free one')]);
  });

  it('says that Slack cannot be reached, and that Redis cannot', async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    const slack = await run(['start'], {
      ...slackEnvironment(),
      SLACK_API_URL: `http://${nobody}/api/`,
    });
    expect([slack.code, slack.errors]).toEqual([
      2,
      expect.stringContaining('could not be reached'),
    ]);
    const redis = await run(['start'], { ...slackEnvironment(), REDIS_URL: `redis://${nobody}` });
    expect([redis.code, redis.errors]).toEqual([2, expect.stringMatching(/Redis/)]);
  });
});
