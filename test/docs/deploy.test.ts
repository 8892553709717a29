import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Permission, permissionsOf } from '../../src/aws/permissions.ts';
import { sessionNameOf } from '../../src/aws/role-credentials.ts';
import { redisChecks } from '../../src/cli/doctor/redis-checks.ts';
import { runChecks } from '../../src/cli/doctor/run-checks.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { startRedisServer } from '../support/redis-server.ts';

const DEPLOY = new URL('../../docs/deploy/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, DEPLOY), 'utf8');

const statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
const policy = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(statement).min(1),
});
const actionsOf = (document: unknown): readonly string[] =>
  policy
    .parse(document)
    .Statement.flatMap(({ Action }) => Action)
    .toSorted();
const needed = (...places: readonly Parameters<typeof permissionsOf>[0][]): readonly Permission[] =>
  places.flatMap(permissionsOf).toSorted();

describe('the policies for IAM', () => {
  it.each([
    'account',
    'logs',
    'lake',
    'queue',
    'own',
  ] as const)('allow what the code needs (%s), and nothing else', (where) => {
    expect(actionsOf(JSON.parse(read(`iam/${where}.json`)))).toEqual(needed(where));
  });

  it('let in the bot alone, with an external id, and only its own sessions', () => {
    const [trust] = policy.parse(JSON.parse(read('iam/trust.json'))).Statement;
    expect(trust).toMatchObject({
      Action: 'sts:AssumeRole',
      Principal: { AWS: expect.stringMatching(/^arn:aws:iam::\d{12}:role\/\w+$/) },
      Condition: {
        StringEquals: { 'sts:ExternalId': expect.any(String) },
        StringLike: { 'sts:RoleSessionName': 'redthread-*' },
      },
    });
    expect(sessionNameOf({ userId: null, urgency: 'waiting' })).toMatch(/^redthread-/);
  });

  it('are all of them', () => {
    expect(readdirSync(new URL('iam/', DEPLOY)).toSorted()).toEqual(
      ['account', 'lake', 'logs', 'own', 'queue', 'trust'].map((name) => `${name}.json`),
    );
  });
});

describe('the CloudFormation template', () => {
  // Its short forms (!Ref, !Sub) are tags that only CloudFormation knows: their values stay.
  const template = z
    .object({
      Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.any() })),
    })
    .parse(parse(read('member-account/cloudformation.yaml'), { logLevel: 'silent' }));
  const { Role, ...others } = template.Resources;

  it('gives the role what the code needs, and nothing else', () => {
    const documents: readonly unknown[] = [
      ...(Role?.Properties.Policies ?? []).map(
        (row: { PolicyDocument: unknown }) => row.PolicyDocument,
      ),
      ...Object.values(others).map(({ Properties }) => Properties.PolicyDocument),
    ];
    expect(documents.flatMap(actionsOf).toSorted()).toEqual(
      needed('account', 'logs', 'lake', 'queue'),
    );
  });

  it('trusts the bot’s role alone, with the external id and the bot’s session names', () => {
    const [trust] = policy.parse(Role?.Properties.AssumeRolePolicyDocument).Statement;
    expect(trust).toMatchObject({
      Principal: { AWS: 'BotRoleArn' },
      Condition: {
        StringEquals: { 'sts:ExternalId': 'ExternalId' },
        StringLike: { 'sts:RoleSessionName': 'redthread-*' },
      },
    });
  });
});

describe('the Terraform module', () => {
  const main = read('member-account/terraform/main.tf');
  const variables = read('member-account/terraform/variables.tf');
  const [trust = '', rights = ''] = main.split('data "aws_iam_policy_document" "read"');
  const actionsIn = (text: string) =>
    [...text.matchAll(/"((?:cloudtrail|cloudwatch|logs|sqs|sts):\w+)"/g)].map(
      ([, action = '']) => action,
    );

  it('gives the role what the code needs, and nothing else', () => {
    expect(actionsIn(rights).toSorted()).toEqual(needed('account', 'logs', 'lake', 'queue'));
    expect(main).not.toMatch(/"[a-z]+:\*"/);
  });

  it('trusts the bot’s role alone, with the external id and the bot’s session names', () => {
    expect(trust).toContain('identifiers = [var.bot_role_arn]');
    expect(trust).toMatch(
      /StringEquals"\s+variable = "sts:ExternalId"\s+values\s+= \[var\.external_id\]/,
    );
    expect(trust).toMatch(
      /StringLike"\s+variable = "sts:RoleSessionName"\s+values\s+= \["redthread-\*"\]/,
    );
  });

  it('has every variable that it uses, and uses every one', () => {
    const used = [...main.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name);
    const declared = [...variables.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
    expect([...new Set(used)].toSorted()).toEqual(declared.toSorted());
  });
});

describe('the compose file', () => {
  const service = z.object({
    read_only: z.literal(true),
    cap_drop: z.tuple([z.literal('ALL')]),
    security_opt: z.tuple([z.literal('no-new-privileges:true')]),
    user: z.string().optional(),
    command: z.array(z.string()).optional(),
    environment: z.record(z.string(), z.string()).optional(),
    healthcheck: z.unknown().optional(),
    networks: z.array(z.string()),
    ports: z.array(z.string()).optional(),
  });
  const { services, networks } = z
    .object({
      services: z.object({ redthread: service, redis: service }),
      networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
    })
    .parse(parse(read('compose/compose.yaml')));

  it('runs Redis as somebody who is not root, with a health check, where only the bot reaches it', () => {
    expect(services.redis.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(services.redis.healthcheck).toBeDefined();
    expect(services.redis.networks).toEqual(['store']);
    expect(networks['store']?.internal).toBe(true);
    expect(services.redis.ports).toBeUndefined();
  });

  it('holds no secret, and opens no port to others', () => {
    const secrets = Object.entries(services.redthread.environment ?? {}).filter(
      ([name]) => /TOKEN|REDIS|SECRET/.test(name) && !name.endsWith('_FILE'),
    );
    expect(secrets).toEqual([]);
    expect(services.redthread.ports).toEqual(['127.0.0.1:3000:3000']);
  });

  it('sets Redis up so that the doctor has nothing to say', async () => {
    const words = services.redis.command?.at(-1) ?? '';
    const settings = Object.fromEntries(
      [...words.matchAll(/--([a-z-]+) (\S+)/g)]
        .map(([, name = '', value = '']) => [name, value] as const)
        .filter(([name]) => name !== 'requirepass' && name !== 'save'),
    );
    expect(Object.keys(settings)).toEqual([
      'appendonly',
      'appendfsync',
      'maxmemory',
      'maxmemory-policy',
    ]);
    const server = await startRedisServer({
      ...settings,
      appendfsync: settings['appendfsync'] ?? '',
    });
    const rows = await runChecks(redisChecks({ redisUrl: server.url }, createKeptLog()));
    await server.close();
    expect(rows.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  });
});
