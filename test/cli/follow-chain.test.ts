import { describe, expect, it } from 'vitest';
import { followChain } from '../../src/cli/follow-chain.ts';
import { actorOf } from '../../src/domain/trail/chain.ts';
import { beginsSession } from '../../src/domain/trail/find-mint.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { resolveChain } from '../../src/flows/resolve-chain.ts';
import {
  asker,
  createAccounts,
  HOME,
  home,
  mint,
  OTHER,
  outsider,
  session,
  startedAtMs,
  used,
  user,
} from '../support/chain-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { aRecord } from '../support/trail-record.ts';

const key = 'ASIAWRITER01';
const signIn = aRecord({
  eventId: 'sign-in',
  eventName: 'ConsoleLogin',
  atMs: startedAtMs,
  region: 'us-east-1',
  principal: user('ilse'),
  named: [],
});
const records = [
  mint(key, outsider(), { sharedEventId: 'shared-1' }),
  mint(null, user('noor', { accountId: OTHER }), {
    eventId: 'twin',
    accountId: OTHER,
    sharedEventId: 'shared-1',
  }),
  signIn,
];

describe('a chain among records of files', () => {
  it('goes into the other account where its records are there too', async () => {
    const chain = await followChain(used(key), async () => records);

    expect(chain.links.map(({ label, eventId }) => [label, eventId])).toEqual([
      ['writer/job-7', used(key).eventId],
      ['noor', 'twin'],
    ]);
  });

  it('says where to ask where they are not', async () => {
    const chain = await followChain(used(key), async () => records.slice(0, 1));

    expect(chain).toMatchObject({ end: 'foreign' });
    expect(actorOf(chain).label).toBe('writer/job-7');
  });

  it('takes no session of another account for one of the same name', async () => {
    const named = [`arn:aws:sts::${HOME}:assumed-role/writer/job-7`];
    const elsewhere = mint('ASIAOTHER001', user('mallory'), { accountId: OTHER, named });

    const chain = await followChain(used(null), async () => [elsewhere]);
    expect(chain.end).toBe('not-found');
  });

  it.each([
    ['by key across accounts', used(key)],
    ['by the sign-in', used('ASIACONSOLE1', { principal: user('ilse'), channel: 'console' })],
    ['to nobody', used('ASIANOBODY01')],
    ['to whoever a name means', used(null, { principal: session('writer', 'job-7') })],
  ])('is the one that Event history gives: %s', async (_, record) => {
    const { activity } = createAccounts(records);
    const targets = [home, { accountId: OTHER, region: 'eu-west-1' }];
    const deps = { activity, targets, asker, log: createKeptLog() };

    const online = await resolveChain(deps, record, new AbortController().signal);

    expect(await followChain(record, async () => records)).toEqual(online);
  });

  it('needs of all records only those that begin a session', () => {
    expect(records.filter(beginsSession)).toEqual(records);
    expect(beginsSession(used(key))).toBe(false);
    expect(beginsSession({ ...signIn, errorMessage: untrusted('Failed') })).toBe(false);
  });
});
