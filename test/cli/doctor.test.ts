import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MANIFEST } from '../../src/slack/manifest.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { type DoctorWorld, startDoctorWorld } from './doctor-support.ts';

const OWN = '111122223333';
const SCOPES = MANIFEST.oauth_config.scopes.bot;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function world(options: Parameters<typeof startDoctorWorld>[0] = {}): Promise<DoctorWorld> {
  const started = await startDoctorWorld(options);
  closing.push(started.close);
  return started;
}

async function redis(settings: Parameters<typeof startRedisServer>[0]): Promise<string> {
  const server = await startRedisServer(settings);
  closing.push(server.close);
  return server.url;
}

async function configured({ folder }: DoctorWorld, yaml: string) {
  const path = join(folder, 'redthread.yaml');
  await writeFile(path, yaml);
  return { REDTHREAD_CONFIG: path };
}

describe('redthread doctor', () => {
  it('finds nothing wrong where all is well, and leaves no trace', async () => {
    const { visit, aws } = await world();
    const { code, out, errors } = await visit([]);
    expect([code, errors]).toEqual([0, '']);
    expect(out).toMatch(/26 checks: 26 ok\.\n$/);
    expect(out).not.toMatch(/→|FAILED|warning/);
    const lookups = aws.calls.filter(({ operation }) => operation === 'LookupEvents');
    expect(lookups.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'us-east-1']);
  });

  it('tells every mistake of the configuration in a row of its own, and still looks at the rest', async () => {
    const { rows, visit } = await world();
    const bad = { SLACK_BOT_TOKEN: 'xoxp-no', PORT: 'high' };
    const { code, out } = await visit([], bad);
    expect(code).toBe(1);
    expect(out).toContain('SLACK_BOT_TOKEN must start with xoxb-');
    expect(out).toContain('PORT is not a port number');
    const found = await rows(bad);
    expect(found.get('Store data folder')?.verdict).toBe('ok');
    expect(found.get('Slack everything')?.verdict).toBe('not-checked');
  });

  it('takes only its own options', async () => {
    const { visit } = await world();
    expect((await visit(['please'])).code).toBe(2);
    expect((await visit(['--fix'])).code).toBe(2);
  });
});

describe('what it says of Slack', () => {
  it('names scopes that were declared but not granted, and what they are for', async () => {
    const granted = [...SCOPES.filter((scope) => scope !== 'reactions:read'), 'admin'];
    const { rows } = await world({ slack: { grantedScopes: granted } });
    expect((await rows()).get('Slack granted scopes')).toMatchObject({
      verdict: 'failed',
      found: 'lacks reactions:read (for reaction_added, reaction_removed)',
      advice: expect.stringMatching(/^Declared is not the same as granted.*reinstall/),
    });
  });

  it('warns of scopes that nothing needs', async () => {
    const { rows } = await world({ slack: { grantedScopes: [...SCOPES, 'admin'] } });
    expect((await rows()).get('Slack granted scopes')).toMatchObject({
      verdict: 'warning',
      found: expect.stringContaining('admin'),
    });
  });

  it('says which token is refused', async () => {
    const { rows } = await world();
    const found = await rows({
      SLACK_BOT_TOKEN: 'xoxb-of-nobody',
      SLACK_APP_TOKEN: 'xapp-of-nobody',
    });
    expect(found.get('Slack bot token')).toMatchObject({
      verdict: 'failed',
      advice: 'Slack refuses the bot token. Check SLACK_BOT_TOKEN.',
    });
    expect(found.get('Slack granted scopes')?.verdict).toBe('not-checked');
    expect(found.get('Slack app token')?.advice).toContain('connections:write');
  });

  it('looks at each channel of the configuration', async () => {
    const here = await world();
    const { workspace, rows } = here;
    const idOf = (name: string) => workspace.channelId(name);
    workspace.faults.shareChannel(idOf('deploys'));
    workspace.faults.archiveChannel(idOf('general'));
    const channels = [idOf('incidents'), idOf('deploys'), idOf('general'), idOf('payments-team')];
    const listed = [...channels, 'C0NOSUCH'].map((id) => `  - {channel: ${id}, accounts: [own]}`);
    const settings = await configured(
      here,
      `accounts: [{id: "${OWN}", name: own}]\nchannels:\n${listed.join('\n')}\n`,
    );
    const found = await rows(settings);
    const told = [...channels, 'C0NOSUCH'].map((id) => found.get(`Slack channel ${id}`)?.found);
    expect(told).toEqual([
      'the bot is in #incidents',
      '#deploys is shared with another organisation',
      '#general is archived',
      'the bot is not in #payments-team',
      'Slack knows no such channel, or it is private and the bot is not in it',
    ]);
  });
});

describe('what it says of the store', () => {
  it('judges Redis by what loses incidents', async () => {
    const { rows } = await world();
    const REDIS_URL = await redis({ 'maxmemory-policy': 'allkeys-lru', appendfsync: 'everysec' });
    const found = await rows({ REDIS_URL });
    expect(found.get('Store Redis memory policy')).toMatchObject({
      verdict: 'failed',
      advice: expect.stringContaining('maxmemory-policy noeviction'),
    });
    expect(found.get('Store Redis append-only file')?.verdict).toBe('warning');
    expect(found.get('Store Redis server')?.found).toMatch(/^version \d+\.\d+\.\d+, primary$/);
  });

  it('is content with one that is set up as the guide says, and sees missing replicas', async () => {
    const { rows } = await world();
    const REDIS_URL = await redis({ maxmemory: '100mb', 'min-replicas-to-write': '1' });
    const found = await rows({ REDIS_URL });
    const verdicts = ['memory policy', 'append-only file', 'memory use', 'replicas'].map(
      (name) => found.get(`Store Redis ${name}`)?.verdict,
    );
    expect(verdicts).toEqual(['ok', 'ok', 'ok', 'failed']);
  });

  it('knows that the bot has the database file, that a newer one wrote it, and that it is damaged', async () => {
    const { rows, folder } = await world();
    const path = join(folder, 'redthread.db');
    const store = await openSqliteStore({ path, log: createKeptLog() });
    const beside = await rows();
    await store.close();
    const after = await rows();
    await writeFile(path, 'not a database, but long enough to look like a file of one'.repeat(20));
    const damaged = await rows();
    expect(beside.get('Store database file')?.found).toMatch(/^in use/);
    expect(after.get('Store database file')?.found).toMatch(/^schema \d+, not in use$/);
    expect(damaged.get('Store database file')).toMatchObject({
      verdict: 'failed',
      found: expect.stringContaining('is not a Redthread database'),
    });
  });
});

describe('what it says of AWS', () => {
  it('tries each permission in each account and Region', async () => {
    const here = await world({
      aws: {
        roles: {
          'arn:aws:iam::444455556666:role/redthread-read-only': { externalId: 'the-right-word' },
        },
      },
    });
    here.aws.faults.deny('DescribeAlarmHistory', { region: 'us-east-1', account: OWN });
    const settings = await configured(
      here,
      `regions: [eu-west-1]
accounts:
  - {id: "${OWN}", name: tools}
  - {id: "444455556666", name: prod, role: "arn:aws:iam::444455556666:role/redthread-read-only", externalId: the-wrong-word}
`,
    );
    const found = await here.rows(settings);
    const history = 'AWS cloudwatch:DescribeAlarmHistory';
    expect(found.get(`${history} tools (${OWN}) in eu-west-1`)?.verdict).toBe('ok');
    expect(found.get(`${history} tools (${OWN}) in us-east-1`)).toMatchObject({
      verdict: 'failed',
      advice: expect.stringContaining('Add cloudwatch:DescribeAlarmHistory to the policy'),
    });
    expect(found.get('AWS identity in prod (444455556666)')).toMatchObject({
      verdict: 'failed',
      found: expect.stringContaining('with the external id that is configured'),
    });
    expect(found.get(`${history} prod (444455556666) in eu-west-1`)?.verdict).toBe('not-checked');
  });

  it('does not take messages or pay for searches to see whether it may', async () => {
    const here = await world({ aws: { queues: { alarms: { region: 'eu-west-1' } } } });
    const settings = await configured(
      here,
      `accounts: [{id: "${OWN}", name: own}]
alarms: {channel: ${here.workspace.channelId('incidents')}, queues: [{name: alarms, region: eu-west-1}]}
logs: [{region: eu-west-1, groups: [trail]}]
`,
    );
    const found = await here.rows(settings);
    const placed = [...found.values()].filter(({ area }) => area === 'AWS');
    const verdictOf = (action: string) =>
      placed.find(({ name, place }) => name === action && place?.endsWith('in eu-west-1'))?.verdict;
    expect(verdictOf('sqs:GetQueueUrl')).toBe('ok');
    expect(verdictOf('logs:GetQueryResults')).toBe('ok');
    expect(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'logs:StartQuery'].map(verdictOf)).toEqual([
      'not-checked',
      'not-checked',
      'not-checked',
    ]);
    const effects = here.aws.calls.filter(({ operation }) =>
      /Receive|Delete|Start/.test(operation),
    );
    expect(effects).toEqual([]);
  });

  it('says that credentials are missing, without waiting for long', async () => {
    const { rows } = await world();
    const found = await rows({
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    expect(found.get('AWS identity in own account')?.found).toContain('No AWS credentials');
  });
});

describe('its output', () => {
  it('holds none of the secrets, however they come back', async () => {
    // As Slack it refuses, as AWS too, and Redis finds no Redis: each says what it was told.
    const echo = createServer((request, response) => {
      const told = `no, ${request.headers.authorization}, canary-redis-word, canary-aws-secret-word`;
      const isSlack = request.url !== '/';
      response.writeHead(isSlack ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isSlack ? { ok: false, error: told } : { message: told }));
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => echo.close(resolve)));
    const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/`;
    const { visit, folder } = await world();
    const address = `redis://:canary-redis-word@${new URL(url).host}`;
    await writeFile(join(folder, 'secret'), address);
    const settings = {
      SLACK_BOT_TOKEN: 'xoxb-canary-1',
      SLACK_APP_TOKEN: 'xapp-canary-2',
      AWS_SECRET_ACCESS_KEY: 'canary-aws-secret-word',
      AWS_SESSION_TOKEN: 'canary-aws-session-word',
      REDIS_URL_FILE: join(folder, 'secret'),
      SLACK_API_URL: url,
      AWS_ENDPOINT_URL: url,
    };
    const text = await visit([], settings);
    const json = await visit(['--json'], settings);
    expect(text.code).toBe(1);
    expect(text.out).toContain('[redacted]');
    expect([text.out, text.errors, json.out, json.errors].join('\n')).not.toMatch(/canary/);
  });
});
