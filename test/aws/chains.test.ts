import { describe, expect, it } from 'vitest';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { resolveChain } from '../../src/flows/resolve-chain.ts';
import type { AwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import { createMintMemory } from '../../src/store/mint-memory.ts';
import { atMs, record, startWorld } from '../simulator/aws/replay-support.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { anAwsSide, aRequest, asker, neverAborted, readAll } from './support.ts';

const production = '111122223333';
const people = '444455556666';
const roleArn = `arn:aws:iam::${people}:role/bot-reads`;
const key = 'ASIAWRITER0000000001';
const iso = (minutesBefore: number) =>
  new Date(atMs - minutesBefore * 60_000).toISOString().replace('.000', '');

const usedBySession = record('used', {
  eventTime: iso(5),
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLEWRITER001:job-7',
    arn: `arn:aws:sts::${production}:assumed-role/writer/job-7`,
    accountId: production,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: 'writer', accountId: production },
      attributes: { creationDate: iso(15), mfaAuthenticated: 'false' },
    },
  },
});

/** One AssumeRole as both accounts recorded it. */
const assumed = (id: string, account: string, userIdentity: object) =>
  record(id, {
    eventTime: iso(15),
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    readOnly: true,
    recipientAccountId: account,
    sharedEventID: '5f0e6a2c-0000-4000-8000-000000000001',
    userIdentity,
    requestParameters: {
      roleArn: `arn:aws:iam::${production}:role/writer`,
      roleSessionName: 'job-7',
    },
    responseElements: {
      credentials: { accessKeyId: key, sessionToken: 'not-to-be-kept' },
      assumedRoleUser: {
        assumedRoleId: 'AROAEXAMPLEWRITER001:job-7',
        arn: `arn:aws:sts::${production}:assumed-role/writer/job-7`,
      },
    },
  });

const events = [
  usedBySession,
  assumed('seen-in-production', production, {
    type: 'AWSAccount',
    principalId: 'AIDAEXAMPLEILSE00001',
    accountId: people,
  }),
  assumed('seen-at-home', people, {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLEILSE00001',
    arn: `arn:aws:iam::${people}:user/ilse`,
    accountId: people,
    accessKeyId: 'AKIAEXAMPLEILSE00001',
    userName: 'ilse',
  }),
];

const lookupsOf = (replay: AwsReplay) =>
  replay.calls.filter(({ operation }) => operation === 'LookupEvents');

async function aWorld(rules: Record<string, object> = { [roleArn]: {} }) {
  const world = await startWorld({ events }, { roles: rules });
  const roles = new Map([[people, { arn: roleArn, externalId: null }]]);
  const { activity, store } = await anAwsSide({ endpoint: world.endpointUrl, roles });
  const { pages } = await readAll(
    activity.readPages(aRequest({ attribute: { key: 'EventId', value: 'used' } }), neverAborted()),
  );
  const deps = {
    activity,
    asker,
    log: createKeptLog(),
    mints: createMintMemory({ store, log: createKeptLog() }),
    accountNames: new Map([[people, 'people']]),
    targets: [
      { accountId: production, region: 'eu-west-1' },
      { accountId: people, region: 'eu-west-1' },
    ],
  };
  return { world, deps, used: pages[0]?.records[0] as TrailRecord };
}

describe('credentials from another account, over the wire', () => {
  it('are followed there to the person, under the role that the bot has there', async () => {
    const { deps, used } = await aWorld();

    const chain = await resolveChain(deps, used, neverAborted());

    expect(chain.links.map(({ label, eventId }) => [label, eventId])).toEqual([
      ['writer/job-7', 'used'],
      ['ilse', 'seen-at-home'],
    ]);
    expect(chain.end).toBe('origin');
  });

  it('are looked up once: the same chain costs nothing the next time', async () => {
    const { world, deps, used } = await aWorld();
    const first = await resolveChain(deps, used, neverAborted());
    const calls = lookupsOf(world).length;

    const second = await resolveChain(deps, used, neverAborted());

    expect(second).toEqual(first);
    expect(lookupsOf(world)).toHaveLength(calls);
  });

  it('end where the other account refuses the bot, with whom to ask there and why', async () => {
    const { deps, used } = await aWorld({});

    const chain = await resolveChain(deps, used, neverAborted());

    expect(chain.end).toBe('foreign');
    expect(chain.sentence).toContain(
      'The role was assumed from account people (444455556666) by principal AIDAEXAMPLEILSE00001, whose own trail names the caller: ask there.',
    );
    expect(chain.sentence).toContain('It could not be asked from here: ');
  });

  it('are not told from memory to a channel that may not ask that account', async () => {
    const { deps, used } = await aWorld();
    await resolveChain(deps, used, neverAborted());

    const chain = await resolveChain(
      { ...deps, targets: deps.targets.slice(0, 1) },
      used,
      neverAborted(),
    );

    expect(chain.end).toBe('foreign');
    expect(chain.links.map(({ label }) => label)).not.toContain('ilse');
  });
});
