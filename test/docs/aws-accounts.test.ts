import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionNameOf } from '../../src/aws/role-credentials.ts';
import { readConfig } from '../../src/config.ts';

const TEXT = readFileSync(new URL('../../docs/aws-accounts.md', import.meta.url), 'utf8');

const blocksOf = (language: string): readonly string[] =>
  [...TEXT.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

const PREFIXES: Readonly<Record<string, string>> = {
  cloudtrail: 'cloudtrail',
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  sqs: 'sqs',
};

/** The IAM actions of all commands of the SDK that the code imports. */
function calledActions(): readonly string[] {
  const folder = fileURLToPath(new URL('../../src/aws', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const actions = files.flatMap((name) =>
    [
      ...readFileSync(join(folder, name), 'utf8').matchAll(
        /import \{([^}]*)\} from '@aws-sdk\/client-([a-z-]+)'/g,
      ),
    ].flatMap(([, names = '', service = '']) =>
      [...names.matchAll(/\b([A-Z]\w+)Command\b/g)].map(
        ([, command]) => `${PREFIXES[service]}:${command}`,
      ),
    ),
  );
  return [...new Set(actions)].sort();
}

interface Policy {
  readonly Statement: readonly {
    readonly Action: string | readonly string[];
    readonly Condition?: { readonly StringLike: Readonly<Record<string, string>> };
  }[];
}

/** The guide to alarms has the policy for queues, and no other. */
const ALARMS = readFileSync(new URL('../../docs/alarms.md', import.meta.url), 'utf8');
const queuePolicy: Policy = JSON.parse(/```json\n([\s\S]*?)```/.exec(ALARMS)?.[1] ?? '{}');
const queues = queuePolicy.Statement.flatMap(({ Action }) => Action);

const policies = blocksOf('json').map((block): Policy => JSON.parse(block));
const [role, stores, trust, own] = policies.map(({ Statement }) =>
  Statement.flatMap(({ Action }) => Action).sort(),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the guide to several accounts', () => {
  it('gives the role what the bot calls, and no more than that', () => {
    expect([...(role ?? []), ...(stores ?? []), ...queues].sort()).toEqual(calledActions());
    expect(role).toEqual([
      'cloudtrail:LookupEvents',
      'cloudwatch:DescribeAlarmContributors',
      'cloudwatch:DescribeAlarmHistory',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'cloudwatch:GetMetricWidgetImage',
      'cloudwatch:ListTagsForResource',
    ]);
    expect([trust, own]).toEqual([['sts:AssumeRole'], ['sts:AssumeRole']]);
    expect(policies).toHaveLength(4);
  });

  it('lets in the sessions that the bot opens', () => {
    const pattern = policies[2]?.Statement[0]?.Condition?.StringLike['sts:RoleSessionName'] ?? '';
    const begin = pattern.replace(/\*$/, '');
    const names = ['U0123ABCD', null].map((userId) =>
      sessionNameOf({ userId, urgency: 'waiting' }),
    );
    expect(pattern).toMatch(/\*$/);
    expect(names.filter((name) => !name.startsWith(begin))).toEqual([]);
  });

  it('shows a configuration that the bot takes', () => {
    const path = join(folder, 'redthread.yaml');
    writeFileSync(path, blocksOf('yaml')[0] ?? '');
    const config = readConfig({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      REDTHREAD_CONFIG: path,
    });
    expect(config.accounts.map(({ name }) => name)).toEqual(['prod', 'staging', 'tools']);
    expect(config.channels[0]?.accountIds).toEqual(['444455556666', '999988887777']);
    expect([config.logs.length, config.lake.length]).toEqual([1, 1]);
  });
});
