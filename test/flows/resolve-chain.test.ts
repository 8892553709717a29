import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorOf, CHAIN_LIMITS } from '../../src/domain/trail/chain.ts';
import type { Principal, TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { resolveChain } from '../../src/flows/resolve-chain.ts';
import type { AwsTarget } from '../../src/ports.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';

const home: AwsTarget = { accountId: null, region: 'eu-west-1' };
const atMs = Date.parse('2026-03-10T10:00:00Z');
const minutesBefore = (minutes: number) => atMs - minutes * 60_000;

const session = (role: string, name: string): Principal =>
  aPrincipal({
    label: untrusted(`${role}/${name}`),
    kind: 'unknown',
    confidence: 'low',
    reason: 'a role session whose name does not say who is behind it',
    roleName: untrusted(role),
    sessionName: untrusted(name),
  });

const user = (name: string): Principal =>
  aPrincipal({
    label: untrusted(name),
    reason: 'an IAM user',
    confidence: 'medium',
    userName: untrusted(name),
    roleName: null,
    sessionName: null,
  });

/** A call that issued `key` to whoever made it with `withKey`. */
const mint = (key: string, principal: Principal, changes: Partial<TrailRecord> = {}) =>
  aRecord({
    eventId: `mint-${key}`,
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    atMs: minutesBefore(10),
    accessKeyId: null,
    mintedAccessKeyId: key,
    principal,
    named: [],
    ...changes,
  });

const used = (key: string, changes: Partial<TrailRecord> = {}) =>
  aRecord({ accessKeyId: key, atMs, principal: session('writer', 'job-7'), ...changes });

async function follow(
  record: TrailRecord,
  options: MemoryActivityOptions,
  targets: readonly AwsTarget[] = [home],
) {
  const activity = createMemoryActivity(options);
  const asker = { userId: 'U0ANA', urgency: 'waiting' } as const;
  const deps = { activity, targets, asker, log: createKeptLog() };
  const chain = await resolveChain(deps, record, new AbortController().signal);
  return { chain, requests: activity.requests, labels: chain.links.map(({ label }) => label) };
}

describe('following credentials back', () => {
  it('goes through every role to the person who assumed the first', async () => {
    const { chain, labels } = await follow(used('ASIAWRITER01'), {
      records: [
        mint('ASIAWRITER01', session('jump', 'laptop'), { accessKeyId: 'ASIAJUMP0001' }),
        mint('ASIAJUMP0001', user('ilse'), {
          atMs: minutesBefore(20),
          accessKeyId: 'AKIAILSE0001',
        }),
      ],
    });

    expect(labels).toEqual(['writer/job-7', 'jump/laptop', 'ilse']);
    expect(chain).toMatchObject({ end: 'origin', sentence: null });
    expect(actorOf(chain)).toMatchObject({
      label: 'ilse',
      kind: 'human',
      confidence: 'medium',
      reason: 'followed back by access key: an IAM user',
    });
  });

  it('asks for the key alone, in the call’s Region and the global one, from 36 hours before', async () => {
    const { requests } = await follow(used('ASIAWRITER01'), { records: [] });

    const attribute = { key: 'ResourceName', value: 'ASIAWRITER01' };
    const fromMs = minutesBefore(36 * 60);
    expect(requests).toMatchObject([
      { target: home, fromMs, toMs: atMs, attribute },
      { target: { ...home, region: 'us-east-1' }, fromMs, toMs: atMs, attribute },
    ]);
  });

  it('asks the other Regions of the account only when the likely ones know nothing', async () => {
    const targets = [home, { ...home, region: 'eu-north-1' }];
    const records = [mint('ASIAWRITER01', user('ilse'), { region: 'eu-north-1' })];

    const { labels, requests } = await follow(used('ASIAWRITER01'), { records }, targets);

    expect(labels).toEqual(['writer/job-7', 'ilse']);
    expect(requests.map(({ target }) => target.region)).toEqual([
      'eu-west-1',
      'us-east-1',
      'eu-north-1',
    ]);
  });

  it('takes no other call about the key for the one that issued it', async () => {
    const { chain } = await follow(used('ASIAWRITER01'), {
      records: [
        mint('ASIAWRITER01', user('mallory'), { eventName: 'CreateAccessKey' }),
        mint('ASIAWRITER01', user('eve'), {
          eventId: 'denied',
          errorCode: untrusted('AccessDenied'),
        }),
      ],
    });

    expect(chain.end).toBe('not-found');
    expect(chain.sentence).toContain('no call that issued its credentials was found');
  });

  it('takes a session whose credentials a service issued for a workload', async () => {
    const lambda = aPrincipal({
      label: untrusted('lambda.amazonaws.com'),
      kind: 'service',
      confidence: 'certain',
      roleName: null,
      sessionName: null,
    });

    const { chain } = await follow(used('ASIAWRITER01'), {
      records: [mint('ASIAWRITER01', lambda)],
    });

    expect(actorOf(chain)).toMatchObject({
      label: 'writer/job-7',
      kind: 'automation',
      confidence: 'high',
    });
  });

  const outsider = aPrincipal({
    label: untrusted('another account (444455556666)'),
    kind: 'unknown',
    confidence: 'low',
    accountId: '444455556666',
    roleName: null,
    sessionName: null,
  });

  it('says in which account to ask on when it has no access there', async () => {
    const { chain } = await follow(
      used('ASIAWRITER01'),
      {
        records: [mint('ASIAWRITER01', outsider)],
      },
      [{ accountId: '111122223333', region: 'eu-west-1' }],
    );

    expect(chain).toMatchObject({
      end: 'foreign',
      sentence:
        'The role was assumed from account 444455556666, whose own trail names the caller: ask there.',
    });
    expect(actorOf(chain).label).toBe('writer/job-7');
  });

  it('goes on in the other account when it has access there', async () => {
    const twin = mint(
      'ASIAWRITER01',
      { ...user('noor'), accountId: '444455556666' },
      {
        eventId: 'twin',
        accountId: '444455556666',
        region: 'us-east-1',
      },
    );
    const targets = [
      { accountId: '111122223333', region: 'eu-west-1' },
      { accountId: '444455556666', region: 'us-east-1' },
    ];

    const here = createMemoryActivity({ records: [mint('ASIAWRITER01', outsider)] });
    const there = createMemoryActivity({ records: [twin] });
    const activity = {
      ...here,
      readPages: (request: Parameters<typeof here.readPages>[0], signal: AbortSignal) =>
        [here, there][
          targets.findIndex((t) => t.accountId === request.target.accountId)
        ]!.readPages(request, signal),
    };
    const asker = { userId: 'U0ANA', urgency: 'waiting' } as const;
    const deps = { activity, targets, asker, log: createKeptLog() };
    const chain = await resolveChain(deps, used('ASIAWRITER01'), new AbortController().signal);

    expect(chain.links.map(({ label, eventId }) => [label, eventId])).toEqual([
      ['writer/job-7', used('').eventId],
      ['noor', 'twin'],
    ]);
    expect(chain.end).toBe('origin');
  });

  it('says why when CloudTrail could not be asked', async () => {
    const { chain } = await follow(used('ASIAWRITER01'), {
      records: [],
      troubles: { 'eu-west-1': 'denied' },
    });

    expect(chain).toMatchObject({ end: 'unchecked' });
    expect(chain.sentence).toContain('eu-west-1 said no.');
  });

  it('gives up after five steps', async () => {
    const records = Array.from({ length: 9 }, (_, index) =>
      mint(`ASIASTEP000${index}`, session('role', `s${index}`), {
        accessKeyId: `ASIASTEP000${index + 1}`,
        atMs: minutesBefore(index),
      }),
    );

    const { chain } = await follow(used('ASIASTEP0000'), { records });

    expect(chain.end).toBe('too-long');
    expect(chain.links).toHaveLength(CHAIN_LIMITS.stepsMax + 1);
  });

  it('ends whatever the records say, circles included, after a few lookups', async () => {
    const key = fc.constantFrom('ASIAKEY00001', 'ASIAKEY00002', 'ASIAKEY00003', null);
    const account = fc.constantFrom('111122223333', '444455556666', null);
    const anyCall = fc
      .record({
        accessKeyId: key,
        mintedAccessKeyId: key,
        accountId: account,
        eventId: fc.uuid(),
        eventName: fc.constantFrom('AssumeRole', 'GetFederationToken', 'StopInstances'),
        atMs: fc.integer({ min: minutesBefore(5), max: atMs }),
        owner: account,
        isRole: fc.boolean(),
      })
      .map(({ owner, isRole, ...call }) =>
        aRecord({
          ...call,
          principal: { ...(isRole ? session('role', 'name') : user('someone')), accountId: owner },
        }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(anyCall, { maxLength: 12 }), anyCall, async (records, first) => {
        const targets = [home, { accountId: '444455556666', region: 'eu-west-1' }];
        const { chain, requests } = await follow(first, { records }, targets);

        expect(chain.links.length).toBeLessThanOrEqual(CHAIN_LIMITS.stepsMax + 1);
        expect(chain.sentence === null).toBe(chain.end === 'origin');
        const keys = new Set(requests.map(({ attribute }) => attribute?.value));
        expect(keys.size).toBeLessThanOrEqual(CHAIN_LIMITS.stepsMax);
        expect(requests.length).toBeLessThanOrEqual(2 * CHAIN_LIMITS.stepsMax);
      }),
    );
  });
});
