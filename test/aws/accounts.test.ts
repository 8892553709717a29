import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sessionNameOf } from '../../src/aws/role-credentials.ts';
import {
  AUDIT,
  lookUpAs,
  OWN,
  person,
  rolesOf,
  STAGING,
  sessionsOf,
  threeAccounts,
} from './accounts-support.ts';
import type { AwsSide } from './support.ts';
import { aRequest, neverAborted, readAll } from './support.ts';

const ana = person('U0ANA');

async function endOf({ activity }: AwsSide, accountId: string | null, region = 'eu-west-1') {
  const toMs = Date.now();
  const target = { accountId, region };
  const request = aRequest({ target, asker: ana, fromMs: toMs - 3_600_000, toMs });
  return (await readAll(activity.readPages(request, neverAborted()))).end;
}

describe('a question to several accounts', () => {
  it('is answered by each by itself, through the role of its own', async () => {
    const { clients } = await threeAccounts();

    const found = await Promise.all(
      [OWN, STAGING, AUDIT, null].map((id) => lookUpAs(clients, ana, id)),
    );

    expect(found).toEqual([[`in-${OWN}`], [`in-${STAGING}`], [`in-${AUDIT}`], [`in-${OWN}`]]);
  });

  it('goes on where one role is missing and another wants another external id', async () => {
    const missing = '999900001111';
    const side = await threeAccounts({
      roles: rolesOf({ [STAGING]: 'staging-word', [AUDIT]: 'guessed', [missing]: null }),
    });

    const [own, staging, audit, gone] = await Promise.all(
      [OWN, STAGING, AUDIT, missing].map((id) => endOf(side, id)),
    );

    expect([own?.outcome, staging?.outcome]).toEqual(['found', 'found']);
    expect([audit?.outcome, gone?.outcome]).toEqual(['denied', 'denied']);
    expect(audit?.explanation).toBe(
      `The role redthread-read-only of account ${AUDIT} does not let the bot in: it must exist, its trust policy must allow the bot's own identity with the external id that is configured, and that identity needs sts:AssumeRole on it.`,
    );
    expect(gone?.explanation).toContain(`of account ${missing} does not let the bot in`);
    expect(gone?.explanation).toContain('without an external id (none is configured)');
  });

  it('is slowed down in one account only', async () => {
    const side = await threeAccounts();
    side.world.faults.add({ kind: 'throttle', operation: 'LookupEvents', account: STAGING });

    const [staging, audit] = await Promise.all([endOf(side, STAGING), endOf(side, AUDIT)]);

    expect([staging?.outcome, audit?.outcome]).toEqual(['throttled', 'found']);
  });

  it('says of a Region that is off that it is off, in that account only', async () => {
    const side = await threeAccounts();
    side.world.faults.add({ kind: 'region-disabled', account: STAGING, region: 'eu-south-2' });

    const [off, on, elsewhere] = await Promise.all([
      endOf(side, STAGING, 'eu-south-2'),
      endOf(side, STAGING),
      endOf(side, AUDIT, 'eu-south-2'),
    ]);

    expect([off?.outcome, on?.outcome, elsewhere?.outcome]).toEqual([
      'disabled',
      'found',
      'nothing',
    ]);
  });

  it('names the permission that a role lacks', async () => {
    const side = await threeAccounts();
    side.world.faults.deny('LookupEvents', { account: STAGING });

    const end = await endOf(side, STAGING);

    expect(end.outcome).toBe('denied');
    expect(end.explanation).toContain(`account ${STAGING}, eu-west-1`);
    expect(end.explanation).toContain('cloudtrail:LookupEvents');
  });

  it('does not take the own account for another that has no role', async () => {
    const side = await threeAccounts({ roles: new Map() });

    const end = await endOf(side, STAGING);

    expect(end).toMatchObject({ outcome: 'failed', accountId: STAGING });
    expect(end.explanation).toContain(`its own are for ${OWN}`);
  });
});

describe('the session of a role', () => {
  afterEach(() => void vi.useRealTimers());

  it('carries the person who asks, and is theirs in all Regions and services', async () => {
    const { clients, world } = await threeAccounts();
    const ben = person('U0BEN');

    await Promise.all([
      lookUpAs(clients, ana, STAGING),
      lookUpAs(clients, ana, STAGING, 'us-east-1'),
      clients.withCloudWatch(
        { target: { accountId: STAGING, region: 'eu-west-1' }, asker: ana },
        (client) => client.send(new DescribeAlarmsCommand({})),
      ),
    ]);
    await lookUpAs(clients, ana, STAGING);
    await lookUpAs(clients, ben, STAGING);
    await lookUpAs(clients, person(null), STAGING);

    expect(sessionsOf(world)).toEqual(['redthread-U0ANA', 'redthread-U0BEN', 'redthread-bot']);
    const seen = world.calls.filter(({ account }) => account === STAGING).map((row) => row.caller);
    const session = (name: string) =>
      `arn:aws:sts::${STAGING}:assumed-role/redthread-read-only/${name}`;
    expect(seen.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => session('redthread-U0ANA')));
    expect(seen.slice(4)).toEqual([session('redthread-U0BEN'), session('redthread-bot')]);
  });

  it('lasts half an hour, is asked for with the external id, and nothing else is', async () => {
    const { clients, world } = await threeAccounts();

    await lookUpAs(clients, ana, STAGING);

    expect(world.calls.map(({ operation }) => operation)).toEqual(['AssumeRole', 'LookupEvents']);
    expect(world.calls[0]).toMatchObject({
      region: 'eu-west-1',
      parameters: { ExternalId: 'staging-word', DurationSeconds: '1800' },
    });
  });

  it('is another one shortly before it expires', async () => {
    const { clients, world } = await threeAccounts();
    await lookUpAs(clients, ana, STAGING);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 26 * 60_000 });

    const found = await lookUpAs(clients, ana, STAGING);

    expect(found).toEqual([`in-${STAGING}`]);
    expect(sessionsOf(world)).toHaveLength(2);
  });

  it('is another one when AWS says that it has expired', async () => {
    const { clients, world, clock } = await threeAccounts();
    await lookUpAs(clients, ana, STAGING);
    clock.aheadMs = 31 * 60_000;

    const found = await lookUpAs(clients, ana, STAGING);

    expect(found).toEqual([`in-${STAGING}`]);
    expect(sessionsOf(world)).toHaveLength(2);
  });

  it('is asked for anew after a refusal, so that a corrected policy works at once', async () => {
    const { clients, world } = await threeAccounts();
    const letIn = world.faults.deny('AssumeRole');
    await expect(lookUpAs(clients, ana, STAGING)).rejects.toMatchObject({ name: 'RoleRefused' });
    letIn();

    expect(await lookUpAs(clients, ana, STAGING)).toEqual([`in-${STAGING}`]);
  });

  it('has a name that STS takes, whatever the id of the person', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (userId) => {
        expect(sessionNameOf(person(userId))).toMatch(/^redthread-[\w+=,.@-]{0,54}$/);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the bot's own credentials", () => {
  afterEach(() => {
    delete process.env['AWS_EC2_METADATA_DISABLED'];
  });

  it('may have expired before a role could be assumed', async () => {
    const side = await threeAccounts();
    side.world.faults.add({ kind: 'expired-token', operation: 'AssumeRole' });

    const end = await endOf(side, STAGING);

    expect(end).toMatchObject({
      outcome: 'failed',
      explanation: "The bot's AWS credentials have expired and no newer ones were found.",
    });
  });

  it('may be none at all', async () => {
    const side = await threeAccounts();
    delete process.env['AWS_ACCESS_KEY_ID'];
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';

    const end = await endOf(side, STAGING);

    expect(end.outcome).toBe('failed');
    expect(end.explanation).toContain('No AWS credentials were found');
  });

  it.each([
    ['internal-error', 'failed', 'AWS had a fault of its own'],
    ['throttle', 'throttled', 'fewer calls'],
    ['region-disabled', 'failed', 'The credentials were refused'],
  ] as const)('are told apart from a fault of STS: %s', async (kind, outcome, words) => {
    const side = await threeAccounts();
    side.world.faults.add({ kind, operation: 'AssumeRole' });

    const end = await endOf(side, STAGING, 'eu-south-2');

    expect(end.outcome).toBe(outcome);
    expect(end.explanation).toContain(words);
  });

  it('do not wait for ever for an STS that is silent', async () => {
    const side = await threeAccounts({ requestTimeoutMs: 100 });
    side.world.faults.add({ kind: 'hang', operation: 'AssumeRole' });

    expect((await endOf(side, STAGING)).outcome).toBe('timed-out');
  });
});
