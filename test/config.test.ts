import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, readStoreConfig } from '../src/config.ts';
import { DEFAULT_APPROVAL } from '../src/domain/incident/approval.ts';
import { DEFAULT_NUDGES } from '../src/domain/incident/nudging.ts';
import { isAppError } from '../src/errors.ts';

const COMPLETE = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  AWS_REGION: 'eu-west-1',
};

/** The whole report that a person gets for this environment. */
function problemsOf(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(isAppError(error, 'configuration-invalid')).toBe(true);
    return String((error as Error).message);
  }
  throw new Error('This configuration was taken.');
}

describe('the configuration', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('needs two tokens and a Region, and has a default for everything else', () => {
    expect(readConfig(COMPLETE)).toEqual({
      slack: {
        botToken: 'xoxb-1',
        apiUrl: 'https://slack.com/api/',
        connection: { kind: 'socket', appToken: 'xapp-1' },
      },
      redisUrl: null,
      redisSentinelPassword: null,
      redisReplicas: 0,
      dataDirectory: './data',
      regions: ['eu-west-1', 'us-east-1'],
      accounts: [],
      alarms: null,
      webhooks: null,
      channels: [],
      logs: [],
      lake: [],
      port: null,
      bindHost: '127.0.0.1',
      playbooksFolder: null,
      watchMs: 15 * 60_000,
      nudges: DEFAULT_NUDGES,
      broadcasts: true,
      approval: DEFAULT_APPROVAL,
      access: { channelIds: [], groupIds: [], peopleIds: [] },
      retention: { incidentsMs: null, auditMs: 400 * 24 * 60 * 60_000 },
      logLevel: 'info',
      consoleUrl: 'https://console.aws.amazon.com',
      credentialsMark: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('marks another AWS, and credentials that may be of another account', () => {
    const settings = [
      {},
      { AWS_PROFILE: 'audit' },
      { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' },
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    ];
    const marks = settings.map((more) => readConfig({ ...COMPLETE, ...more }).credentialsMark);

    expect(new Set(marks).size).toBe(settings.length);
    expect(marks.join()).not.toContain('AKIA');
  });

  it('reports every problem at once, each by the name of its setting', () => {
    const report = problemsOf({
      SLACK_BOT_TOKEN: 'xoxp-a-user-token',
      SLACK_APP_TOKEN: 'xoxb-swapped',
      SLACK_API_URL: 'https://evil.example/api/',
      REDIS_URL: 'http://localhost',
      AWS_REGION: 'Ireland',
      PORT: 'eighty',
      BIND_HOST: 'everywhere',
      LOG_LEVEL: 'loud',
    });
    for (const name of [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_API_URL',
      'REDIS_URL',
      'AWS_REGION',
      'PORT',
      'BIND_HOST',
      'LOG_LEVEL',
    ]) {
      expect(report).toMatch(new RegExp(`^ {2}- ${name} `, 'm'));
    }
    expect(report).toContain('8 problems');
    expect(report).not.toMatch(/a-user-token|swapped/);
  });

  it('tells an empty environment all that is missing, with where to get it', () => {
    const report = problemsOf({});
    expect(report).toMatch(/SLACK_BOT_TOKEN is missing.*xoxb-/);
    expect(report).toMatch(/SLACK_APP_TOKEN is missing.*xapp-/);
    expect(report).toMatch(/AWS_REGION is missing.*eu-west-1/);
  });

  it('takes an empty value for one that is not set', () => {
    expect(readConfig({ ...COMPLETE, REDIS_URL: '', PORT: '' })).toMatchObject({
      redisUrl: null,
      port: null,
    });
  });

  it('takes the signing secret instead of the app token', () => {
    const secret = 'a-signing-secret-of-slack';
    const config = readConfig({
      ...COMPLETE,
      SLACK_APP_TOKEN: undefined,
      SLACK_SIGNING_SECRET: secret,
    });
    expect(config.slack.connection).toEqual({ kind: 'http', signingSecret: secret });
  });

  it('reads each value from the file that NAME_FILE names, without the line break', () => {
    const config = readConfig({
      AWS_REGION: 'eu-west-1',
      SLACK_BOT_TOKEN_FILE: file('bot', 'xoxb-from-file\n'),
      SLACK_APP_TOKEN_FILE: file('app', 'xapp-from-file\n'),
      REDIS_URL_FILE: file('redis', 'rediss://cache.example\n'),
    });
    expect(config.slack.botToken).toBe('xoxb-from-file');
    expect(config.slack.connection).toEqual({ kind: 'socket', appToken: 'xapp-from-file' });
    expect(config.redisUrl).toBe('rediss://cache.example');
  });

  it('refuses a value that is set in two ways, and a file that is not there', () => {
    const both = problemsOf({ ...COMPLETE, SLACK_BOT_TOKEN_FILE: file('bot-2', 'xoxb-2') });
    expect(both).toContain('SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set');
    const gone = problemsOf({ ...COMPLETE, REDIS_URL_FILE: join(folder, 'nothing') });
    expect(gone).toContain('REDIS_URL_FILE cannot be read');
  });

  it.each([
    'https://evil.example/api/',
    'https://slack.com.evil.example/api/',
    'http://slack.com/api/',
    'https://localhost.evil.example/',
    'http://127.0.0.1@evil.example/',
    'http://127.0.0.1:80@evil.example/',
    'http://10.0.0.8/api/',
    'file:///etc/passwd',
  ])('sends no token to %s', (url) => {
    expect(problemsOf({ ...COMPLETE, SLACK_API_URL: url })).toContain('SLACK_API_URL must be');
  });

  it.each([
    'https://slack.com/api/',
    'http://127.0.0.1:4200/api/',
    'http://localhost:4200/api/',
    'http://[::1]:4200/api/',
  ])('takes Slack itself and a local workspace: %s', (url) => {
    expect(readConfig({ ...COMPLETE, SLACK_API_URL: url }).slack.apiUrl).toBe(url);
  });

  it('looks in the Regions that the file lists, and always where global services log', () => {
    const path = file('list.yaml', 'regions: [eu-central-1, us-east-1, ap-south-1]');
    const config = readConfig({ ...COMPLETE, REDTHREAD_CONFIG: path });
    expect(config.regions).toEqual(['eu-central-1', 'us-east-1', 'ap-south-1']);
  });

  it.each([
    ['a key it does not know', 'region: [eu-west-1]', /region/],
    ['a Region that is none', 'regions: [Ireland]', /regions/],
    ['an empty list', 'regions: []', /regions/],
    ['no YAML', 'regions: [', /cannot be read/],
  ])('names the file when it holds %s', (_what, text, words) => {
    const path = file('bad.yaml', text);
    const report = problemsOf({ ...COMPLETE, REDTHREAD_CONFIG: path });
    expect(report).toContain(path);
    expect(report).toMatch(words);
  });

  it('takes sentinels, with a password of their own from a file', () => {
    const REDIS_URL = 'redis+sentinel://bot:secret@one,two/incidents';
    const REDIS_SENTINEL_PASSWORD_FILE = file('sentinels', 'theirs\n');
    expect(readConfig({ ...COMPLETE, REDIS_URL, REDIS_SENTINEL_PASSWORD_FILE })).toMatchObject({
      redisUrl: REDIS_URL,
      redisSentinelPassword: 'theirs',
    });
  });

  it('says what is wrong with an address of Redis, and repeats nothing of it', () => {
    const report = problemsOf({ ...COMPLETE, REDIS_URL: 'redis+sentinel://bot:hunter2@one,two' });
    expect(report).toMatch(/REDIS_URL is not redis\+sentinel:.*must end with NAME/);
    expect(report).not.toContain('hunter2');
    const alone = { ...COMPLETE, REDIS_URL: 'redis://one', REDIS_SENTINEL_PASSWORD: 'hunter2' };
    expect(problemsOf(alone)).toMatch(/REDIS_SENTINEL_PASSWORD is set, and .* no sentinels/);
    expect(problemsOf(alone)).not.toContain('hunter2');
  });

  it('asks the commands that need no Slack for no token', () => {
    expect(readStoreConfig({ REDTHREAD_DATA: '/data' })).toEqual({
      redisReplicas: 0,
      redisUrl: null,
      redisSentinelPassword: null,
      dataDirectory: '/data',
      logLevel: 'info',
    });
    expect(() => readStoreConfig({ REDIS_URL: 'http://x' })).toThrow(/REDIS_URL/);
  });
});
