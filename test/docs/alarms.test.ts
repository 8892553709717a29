import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { sign } from '../../src/intake/verify-signature.ts';

const TEXT = readFileSync(new URL('../../docs/alarms.md', import.meta.url), 'utf8');

const blocksOf = (language: string): readonly string[] =>
  [...TEXT.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the guide to alarms', () => {
  it('shows a configuration that the bot takes', () => {
    const path = join(folder, 'redthread.yaml');
    writeFileSync(path, blocksOf('yaml')[1] ?? '');
    const { alarms } = readConfig({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      REDTHREAD_CONFIG: path,
    });
    expect(alarms?.queues).toMatchObject([{ name: 'redthread-alarms' }]);
    expect(alarms?.rules.map(({ route }) => route.kind)).toEqual(['ignore', 'open', 'open']);
    expect(alarms?.fallback).toEqual({ kind: 'open', channelId: 'C0789IJKL', severity: 'sev4' });
  });

  it('shows a template that CloudFormation could read', () => {
    const tags = ['!GetAtt', '!Ref'].map((tag) => ({ tag, resolve: (text: string) => text }));
    const { Resources } = parse(blocksOf('yaml')[0] ?? '', { customTags: tags });
    expect(Object.keys(Resources)).toEqual([
      'DeadLetters',
      'Alarms',
      'StateChanges',
      'LetEventsIn',
    ]);
    expect(Resources.StateChanges.Properties.EventPattern['detail-type']).toEqual([
      'CloudWatch Alarm State Change',
    ]);
  });

  it('shows a way to sign that the bot accepts', () => {
    const script = blocksOf('sh')[1] ?? '';
    const body = '{"AlarmName": "checkout-5xx"}';
    writeFileSync(join(folder, 'alarm.json'), body);
    const signing = `${script.slice(0, script.indexOf('curl'))}\nprintf '%s %s' "$timestamp" "v1=$signature"`;
    const printed = execFileSync('sh', ['-c', signing], {
      cwd: folder,
      env: { ...process.env, ALARM_SIGNING_SECRET: 'a secret of the tests' },
      encoding: 'utf8',
    });
    const [timestamp = '', signature] = printed.split(' ');
    expect(signature).toBe(sign(timestamp, body, 'a secret of the tests'));
  });
});
