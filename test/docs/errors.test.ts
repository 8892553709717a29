import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANSWER_TROUBLES,
  explainTrouble,
  foreignAccount,
  ROLE_TROUBLES,
} from '../../src/aws/answer-trouble.ts';
import { LAKE_TROUBLES } from '../../src/aws/lake/troubles.ts';
import { LOGS_TROUBLES } from '../../src/aws/logs/troubles.ts';
import { PERMISSIONS } from '../../src/aws/permissions.ts';
import type { QueryTroubles } from '../../src/aws/query-troubles.ts';
import { RoleRefused } from '../../src/aws/role-credentials.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { checksFor } from '../../src/cli/run-doctor.ts';
import { REFUSAL_SENTENCES } from '../../src/domain/access/decide-access.ts';
import { REJECTION_CODES } from '../../src/domain/incident/commands.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { TASKS } from '../../src/slack/send/show-dead-work.ts';
import { CHANNEL_CLOSED, CREDENTIALS_REFUSED } from '../../src/slack/send/slack-failure.ts';

const TEXT = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** What stands below a heading, up to the next one of any level. */
function below(heading: string): string {
  const [, after = ''] = TEXT.split(`\n${heading}\n`);
  return after.split(/\n#{2,3} /)[0] ?? '';
}

/** The cells of the table below a heading, without its own heading. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const lines = below(heading)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

const firstCells = (heading: string) => rowsBelow(heading).map(([cell = '']) => cell);
const pairs = (heading: string) => rowsBelow(heading).map(([name, said]) => [name, said]);
const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();

describe('the page of errors', () => {
  it('has a section for each code of an error, and for no other', () => {
    const headings = [...TEXT.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code = '']) => code);
    expect(sorted(headings)).toEqual(sorted(ERROR_CODES));
    const without = headings.filter((code) => !below(`### \`${code}\``).includes('**Do**'));
    expect(without).toEqual([]);
  });

  it('has all exit codes', () => {
    expect(firstCells('## Exit codes')).toEqual(Object.values(EXIT_CODES).map(String));
  });

  it('quotes what whoever is refused hears', () => {
    expect(pairs('## Who is refused')).toEqual(Object.entries(REFUSAL_SENTENCES));
  });

  it('has each code of what cannot be done now', () => {
    expect(firstCells('## What cannot be done now')).toEqual(REJECTION_CODES);
  });

  it('quotes what people hear when Slack refuses', () => {
    expect(pairs('## When Slack refuses')).toEqual([...CHANNEL_CLOSED, ...CREDENTIALS_REFUSED]);
  });

  it('has each kind of work, as the thread calls it', () => {
    const rows = pairs('## Work that was given up');
    expect(rows.toSorted()).toEqual(Object.entries(TASKS).toSorted());
  });
});

describe('its reasons why a lookup failed', () => {
  const target = { accountId: '111122223333', region: 'eu-west-1' };
  const asked = { permission: 'cloudtrail:LookupEvents', signal: new AbortController().signal };
  const thrown = (name: string) => Object.assign(new Error('…'), { name });
  const role = { arn: 'arn:aws:iam::111122223333:role/redthread-read-only', externalId: 'a-word' };
  const explained = (error: unknown, where: { accountId: string | null; region: string }) =>
    explainTrouble(error, { ...asked, target: where }).explanation;

  it('are the sentences of AWS’s errors', () => {
    const own = { ...target, accountId: null };
    // Only there can a Region be off.
    const optional = { ...target, region: 'ap-east-1' };
    const said = [...Object.keys(ANSWER_TROUBLES), 'of no table'].flatMap((name) =>
      [target, own, optional].map((where) => explained(thrown(name), where)),
    );
    const foreign = foreignAccount(target, '444455556666')?.explanation ?? '';
    expect(sorted(firstCells('### All of AWS'))).toEqual(
      sorted([...said.map((sentence) => sentence.replace('ap-east-1', 'eu-west-1')), foreign]),
    );
  });

  it('are the sentences of roles that could not be assumed', () => {
    const said = Object.keys(ROLE_TROUBLES).flatMap((name) =>
      [role, { ...role, externalId: null }].map((row) =>
        explained(new RoleRefused(row, thrown(name)), target),
      ),
    );
    expect(sorted(firstCells('### Becoming a role'))).toEqual(sorted(said));
  });

  const sentencesOf = <Asked>({ errors, statuses }: QueryTroubles<Asked>, example: Asked) =>
    [...Object.values(errors), ...Object.values(statuses)].map(([, explain]) => explain(example));

  it('are the sentences of searches in log groups and event data stores', () => {
    const names = ['aws/cloudtrail/managementevents'];
    expect(sorted(firstCells('### CloudWatch Logs'))).toEqual(
      sorted(sentencesOf(LOGS_TROUBLES, { target, names })),
    );
    expect(sorted(firstCells('### CloudTrail Lake'))).toEqual(
      sorted(sentencesOf(LAKE_TROUBLES, { target, storeId: '0f2a1c9e' })),
    );
  });
});

describe('its checks of the doctor', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-docs-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are those that the doctor makes, with every kind of setting', () => {
    const path = join(folder, 'redthread.yaml');
    writeFileSync(
      path,
      `regions: [eu-west-1]
access: {channels: [C0123ABCD]}
logs: [{region: eu-west-1, groups: [aws/cloudtrail/managementevents]}]
lake: [{region: eu-west-1, store: 0f2a1c9e-1234-4b5c-8d6e-abcdef012345}]
alarms: {queues: [{region: eu-west-1, name: alarms}], channel: C0123ABCD}
`,
    );
    const token = { SLACK_BOT_TOKEN: 'xoxb-1', REDTHREAD_CONFIG: path };
    const made = [
      {},
      { ...token, SLACK_APP_TOKEN: 'xapp-1', REDTHREAD_DATA: folder },
      { ...token, SLACK_SIGNING_SECRET: '0123456789abcdef', REDIS_URL: 'redis://127.0.0.1:1' },
      { ...token, REDIS_URL: 'redis+sentinel://127.0.0.1:1/incidents', SLACK_APP_TOKEN: 'xapp-1' },
      { ...token, REDIS_URL: 'redis+cluster://127.0.0.1:1', SLACK_APP_TOKEN: 'xapp-1' },
    ].flatMap((environment) => checksFor(environment));
    const named = made.map(({ area, name }) => {
      if (Object.hasOwn(PERMISSIONS, name)) return `${area}: a permission`;
      if (name === 'everything') return 'everywhere: everything';
      return `${area}: ${name.replace(/^(channel|identity in) .*/, '$1 …')}`;
    });
    const told = rowsBelow('## Checks of the doctor').map(([area, name]) => `${area}: ${name}`);
    expect(sorted(told)).toEqual(sorted(named));
  });
});
