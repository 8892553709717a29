import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const PROD = '111122223333';
const STAGING = '444455556666';
const AUDIT = '777788889999';
const role = (id: string) => `arn:aws:iam::${id}:role/redthread-read-only`;
const QUESTION = 'who stopped i-0c4e8d21f6ab97530 since 3h';

/** The bot as it is installed with a file of accounts, in front of AWS that lets it into two of three. */
describe('a bot for several accounts', () => {
  let folder: string;
  let world: BotWorld;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-accounts-'));
    const path = join(folder, 'redthread.yaml');
    const accounts = [
      { id: PROD, name: 'prod' },
      { id: STAGING, name: 'staging', role: role(STAGING), externalId: 'a-word' },
      { id: AUDIT, name: 'audit', role: role(AUDIT) },
    ];
    writeFileSync(path, JSON.stringify({ regions: ['eu-west-1'], accounts }));
    world = await startBotWorld({
      world: { seed: roomsSeed('all', 'incident'), deliveryLagMs: 0 },
      environment: { REDTHREAD_CONFIG: path },
    });
    world.demo.aws.faults.deny('LookupEvents', { account: AUDIT });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const sessions = () =>
    world.demo.aws.calls
      .filter(({ operation }) => operation === 'AssumeRole')
      .map(({ parameters }) => parameters['RoleSessionName']);

  it('says in the answer how many were searched, and asked AWS in the name of the person', async () => {
    const ana = world.person('ana', 'all');

    await ana.say(`/trail ${QUESTION}`);

    const text = await told(ana, /noor\.haddad@northwind\.example stopped/);
    expect(text).toContain(`2 of 3 accounts searched; ${AUDIT} (audit): access denied`);
    expect(text).toMatch(new RegExp(`account +${PROD} \\(prod\\)`));
    expect(text).toContain('in prod, staging');
    expect(new Set(sessions())).toEqual(new Set([`redthread-${ana.id}`]));
  });

  it('looks in the account that the question names, and refuses one that it does not know', async () => {
    const ben = world.person('ben', 'all');

    await ben.say(`/trail ${QUESTION} staging`);
    const nothing = await told(ben, new RegExp(`account ${STAGING} \\(staging\\)`));
    await ben.say(`/trail ${QUESTION} account:sandbox`);

    expect(nothing).not.toContain('noor.haddad');
    expect(await told(ben, /No account sandbox is configured/)).toContain('prod, staging, audit');
  });

  it('says that the channel decides where an incident looks, whatever account its line names', async () => {
    const ben = world.person('ben', 'all');

    await ben.say('/triage exports are late account:staging');

    expect(await told(ben, /exports are late|is open/)).toContain(
      'I look in the accounts that this channel asks about only.',
    );
  });

  it('gathers for an incident from all of them, and writes to none', async () => {
    const ana = world.person('ana', 'incident');

    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    const state = await until('the evidence is in', async () => {
      const now = await stateOf(world, incidentId);
      return now.gatherings.every((one) => one.finishedAtMs !== null) && now;
    });

    expect(state.gatherings[0]?.summary).toContain(`${AUDIT} (audit): access denied`);
    const operations = await until('the graphs have been read, too', () => {
      const called = new Set(world.demo.aws.calls.map(({ operation }) => operation));
      return called.has('GetMetricWidgetImage') && [...called];
    });
    expect(operations.sort()).toEqual([
      'AssumeRole',
      'DescribeAlarmHistory',
      'DescribeAlarms',
      'GetMetricData',
      'GetMetricWidgetImage',
      'LookupEvents',
    ]);
  });
});
