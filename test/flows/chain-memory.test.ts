import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAIN_LIMITS, type CredentialChain } from '../../src/domain/trail/chain.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import type { MintMemory } from '../../src/ports.ts';
import { createMintMemory } from '../../src/store/mint-memory.ts';
import {
  follow,
  HOME,
  home,
  mint,
  minutesBefore,
  OTHER,
  outsider,
  session,
  startedAtMs,
  used,
  user,
} from '../support/chain-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { aRecord } from '../support/trail-record.ts';

/** The cache of a store, and whether it fails. */
function aMemory(options: { readonly fails?: boolean } = {}) {
  const bodies = new Map<string, string>();
  const check = async () => {
    if (options.fails) throw new Error('the store cannot be reached');
  };
  const mints: MintMemory = createMintMemory({
    store: {
      readCached: (key) => check().then(() => bodies.get(key) ?? null),
      saveCached: (key, body) => check().then(() => void bodies.set(key, body)),
    },
    log: createKeptLog(),
  });
  return { bodies, mints };
}

const key = 'ASIAWRITER01';
const chainOfThree = [
  mint(key, session('jump', 'laptop'), { accessKeyId: 'ASIAJUMP0001' }),
  mint('ASIAJUMP0001', user('ilse'), { atMs: minutesBefore(20), accessKeyId: 'AKIAILSE0001' }),
];

describe('chains that were followed before', () => {
  it('cost no call, and say the same', async () => {
    const { mints } = aMemory();
    const first = await follow(used(key), chainOfThree, { mints });

    const second = await follow(used(key), [], { mints });

    expect(second.chain).toEqual(first.chain);
    expect(second.requests).toEqual([]);
  });

  it('cost nothing where another session came from the same one', async () => {
    const { mints } = aMemory();
    const sibling = mint('ASIASIBLING1', session('jump', 'laptop'), {
      accessKeyId: 'ASIAJUMP0001',
    });
    await follow(used(key), chainOfThree, { mints });

    const { labels, requests } = await follow(used('ASIASIBLING1'), [sibling], { mints });

    expect(labels.at(-1)).toBe('ilse');
    expect(new Set(requests.map(({ attribute }) => attribute?.value))).toEqual(
      new Set(['ASIASIBLING1']),
    );
  });

  it('are not kept where nothing was found, or only by a name', async () => {
    const { bodies, mints } = aMemory();
    const named = `arn:aws:sts::${HOME}:assumed-role/writer/job-7`;

    await follow(used('ASIANOTHING1'), [], { mints });
    await follow(used(key), [mint(null, user('ilse'), { named: [named] })], { mints });

    expect([...bodies]).toEqual([]);
  });

  it('are kept by account and key, with nothing but the reduced record', async () => {
    const { bodies, mints } = aMemory();

    await follow(used(key), chainOfThree, { mints });

    expect([...bodies.keys()]).toEqual([`mint:${HOME}:${key}`, `mint:${HOME}:ASIAJUMP0001`]);
    expect(JSON.parse(bodies.get(`mint:${HOME}:${key}`) ?? '')).toEqual(chainOfThree[0]);
  });

  it('are followed all the same where the cache fails or holds something else', async () => {
    const failing = aMemory({ fails: true });
    const spoilt = aMemory();
    spoilt.bodies.set(`mint:${HOME}:${key}`, '{"eventId":1}');
    spoilt.bodies.set(
      `mint:${HOME}:ASIAJUMP0001`,
      JSON.stringify(mint('ASIAOTHER001', user('eve'))),
    );

    for (const { mints } of [failing, spoilt]) {
      const { labels } = await follow(used(key), chainOfThree, { mints });
      expect(labels).toEqual(['writer/job-7', 'jump/laptop', 'ilse']);
    }
  });

  it('say where they were cut short, and go on from there the next time', async () => {
    const { mints } = aMemory();
    const stop = new AbortController();
    const stopping: MintMemory = {
      ...mints,
      keep: (...kept) => mints.keep(...kept).then(() => stop.abort()),
    };

    const first = await follow(used(key), chainOfThree, { mints: stopping, signal: stop.signal });
    const second = await follow(used(key), chainOfThree, { mints });

    expect(first.chain).toMatchObject({ end: 'unchecked', links: [{}, { label: 'jump/laptop' }] });
    expect(first.chain.sentence).toContain('There was no time to look further');
    expect(second.chain.end).toBe('origin');
    expect(second.requests.map(({ attribute }) => attribute?.value)).not.toContain(key);
  });
});

describe('any chain', () => {
  const key = fc.constantFrom('ASIAKEY00001', 'ASIAKEY00002', 'ASIAKEY00003', null);
  const account = fc.constantFrom(HOME, OTHER);
  const someone = fc.constantFrom(
    session('writer', 'job-7'),
    session('jump', 'laptop'),
    user('ilse'),
    outsider(OTHER),
    outsider(HOME),
  );
  const anyCall: fc.Arbitrary<TrailRecord> = fc
    .record({
      eventId: fc.uuid(),
      eventName: fc.constantFrom(
        'AssumeRole',
        'GetFederationToken',
        'ConsoleLogin',
        'StopInstances',
      ),
      eventSource: fc.constantFrom('sts.amazonaws.com', 'ec2.amazonaws.com'),
      accessKeyId: key,
      mintedAccessKeyId: key,
      accountId: account,
      sharedEventId: fc.constantFrom('shared-1', 'shared-2', null),
      sessionStartedAtMs: fc.constantFrom(startedAtMs, null),
      atMs: fc.integer({ min: startedAtMs - 10_000, max: startedAtMs + 20_000 }),
      channel: fc.constantFrom('console', 'cli'),
      owner: someone,
    })
    .map(({ owner, ...call }) =>
      aRecord({
        ...call,
        principal: { ...owner, accountId: owner.accountId ?? call.accountId },
        named: [`arn:aws:sts::${HOME}:assumed-role/writer/job-7`],
      }),
    );
  const targets = [home, { accountId: OTHER, region: 'eu-west-1' }];

  it('ends, within its limit, without a call twice, and whole or with the reason why not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCall, { maxLength: 15 }), anyCall, async (records, first) => {
        const { chain } = await follow(first, records, { targets });

        const ids = chain.links.map(({ eventId }) => eventId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(CHAIN_LIMITS.stepsMax + 1);
        const known = new Set([first, ...records].map(({ eventId }) => eventId));
        expect(ids.filter((id) => id === null || !known.has(id))).toEqual([]);
        expect(chain.sentence === null).toBe(chain.end === 'origin');
      }),
    );
  });

  // AWS never issues a key twice, nor does anybody use one before: so its issuing call can be remembered.
  const anyCalls = fc.uniqueArray(anyCall, {
    maxLength: 15,
    selector: ({ eventId, accountId, mintedAccessKeyId }) =>
      mintedAccessKeyId === null ? eventId : `${accountId} ${mintedAccessKeyId}`,
  });

  /** Who it was and where it ends; where two ways lead to one call, either may have been taken. */
  const whoOf = ({ links, end, sentence }: CredentialChain) => ({
    links: links.map(({ by: _by, ...link }) => link),
    end,
    sentence,
  });
  const canBe = (records: readonly TrailRecord[]): boolean =>
    records.every(({ accessKeyId, atMs }) =>
      records.every((one) => one.mintedAccessKeyId !== accessKeyId || one.atMs <= atMs),
    );

  it('is the same from memory', async () => {
    await fc.assert(
      fc.asyncProperty(anyCalls, anyCall, async (records, first) => {
        fc.pre(canBe([first, ...records]));
        const { mints } = aMemory();
        const uncached = await follow(first, records, { targets });
        await follow(first, records, { targets, mints });
        const cached = await follow(first, records, { targets, mints });

        expect(whoOf(cached.chain)).toEqual(whoOf(uncached.chain));
        expect(cached.requests.length).toBeLessThanOrEqual(uncached.requests.length);
      }),
    );
  });

  it('takes one lookup a link where keys lead all the way', async () => {
    const { requests, chain } = await follow(used('ASIAWRITER01'), chainOfThree);

    expect(chain.end).toBe('origin');
    expect(requests).toHaveLength(chain.links.length - 1);
  });

  it('takes one more for each link that was issued by the global endpoint', async () => {
    const globally = chainOfThree.map((record) => ({ ...record, region: 'us-east-1' }));

    const { requests } = await follow(used('ASIAWRITER01'), globally);

    expect(requests.map(({ target }) => target.region)).toEqual([
      'eu-west-1',
      'us-east-1',
      'us-east-1',
    ]);
  });

  it('asks nothing of an account that is out of reach', async () => {
    const { requests, chain } = await follow(used('ASIAWRITER01'), [
      mint('ASIAWRITER01', outsider()),
    ]);

    expect(chain.end).toBe('foreign');
    expect(requests.every(({ target }) => target.accountId === HOME)).toBe(true);
  });
});
