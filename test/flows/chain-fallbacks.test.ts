import { describe, expect, it } from 'vitest';
import { actorOf } from '../../src/domain/trail/chain.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import {
  atMs,
  follow,
  HOME,
  mint,
  OTHER,
  outsider,
  session,
  startedAtMs,
  used,
  user,
} from '../support/chain-builders.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';

const writerArn = `arn:aws:sts::${HOME}:assumed-role/writer/job-7`;
const key = 'ASIAWRITER01';

describe('a session whose key leads nowhere', () => {
  const notIndexed = { withoutIndexedResources: new Set([`mint-${key}`, 'mint-null']) };

  it('is found among the calls of the second in which it began, by the key it was given', async () => {
    const minted = mint(key, user('ilse'), { atMs: startedAtMs + 2_000 });

    const { chain, labels, requests } = await follow(used(key), [minted], notIndexed);

    expect(labels).toEqual(['writer/job-7', 'ilse']);
    expect(actorOf(chain).confidence).toBe('high');
    expect(requests.at(-1)).toMatchObject({
      attribute: { key: 'EventSource', value: 'sts.amazonaws.com' },
      fromMs: startedAtMs - 5_000,
      toMs: startedAtMs + 5_000,
    });
  });

  it('is not taken for another session of that second', async () => {
    const other = mint('ASIAOTHER001', user('mallory'), { named: [writerArn] });

    const { chain } = await follow(used(key), [other], notIndexed);

    expect(chain.end).toBe('not-found');
  });

  it('is not looked for at all where its record does not say when it began', async () => {
    const { chain, requests } = await follow(used(key, { sessionStartedAtMs: null }), []);

    expect(chain.end).toBe('not-found');
    expect(new Set(requests.map(({ attribute }) => attribute?.key))).toEqual(
      new Set(['ResourceName']),
    );
  });
});

describe('a session without a key', () => {
  const minted = mint('ASIAUNKNOWN1', user('ilse'), { named: [writerArn] });

  it('is known by role and name where one call alone fits, and never for sure', async () => {
    const { chain } = await follow(used(null), [minted]);

    expect(actorOf(chain)).toMatchObject({
      label: 'ilse',
      confidence: 'medium',
      reason: 'followed back by session name and time: an IAM user',
    });
    expect(chain.links[1]).toMatchObject({ by: 'name' });
  });

  it('stays doubtful however sure the next step is', async () => {
    const jump = mint('ASIAUNKNOWN1', session('jump', 'laptop'), {
      named: [writerArn],
      accessKeyId: 'ASIAJUMP0001',
    });
    const origin = mint('ASIAJUMP0001', user('ilse'), { atMs: startedAtMs - 60_000 });

    const { chain, labels } = await follow(used(null), [jump, origin]);

    expect(labels).toEqual(['writer/job-7', 'jump/laptop', 'ilse']);
    expect(actorOf(chain).confidence).toBe('medium');
  });

  it('is nobody’s where two calls fit', async () => {
    const other = mint('ASIAUNKNOWN2', user('noor'), { named: [writerArn] });

    const { chain } = await follow(used(null), [minted, other]);

    expect(chain).toMatchObject({ end: 'not-found', links: [{ label: 'writer/job-7' }] });
  });

  it('is nobody’s where the second held more calls than were read', async () => {
    const many = Array.from({ length: 250 }, (_, index) => mint(`ASIAMANY0${index}`, user('bot')));

    const { chain } = await follow(used(null), [{ ...minted, atMs: startedAtMs + 1_000 }, ...many]);

    expect(chain.end).toBe('not-found');
  });

  it('is known by the role and the name that were asked for where STS did not answer with them', async () => {
    const asked = mint('ASIAUNKNOWN1', user('ilse'), {
      named: [`arn:aws:iam::${HOME}:role/team/writer`],
      details: [{ label: 'session', value: untrusted('job-7') }],
    });

    expect((await follow(used(null), [asked])).labels).toEqual(['writer/job-7', 'ilse']);
  });

  it('is found when it is a federation token', async () => {
    const federated = aPrincipal({
      label: untrusted('Bob (federated by ilse)'),
      kind: 'unknown',
      confidence: 'low',
      roleName: null,
      sessionName: untrusted('Bob'),
    });
    const token = mint('ASIAUNKNOWN1', user('ilse'), {
      eventName: 'GetFederationToken',
      named: [`arn:aws:sts::${HOME}:federated-user/Bob`],
    });

    expect((await follow(used(null, { principal: federated }), [token])).labels).toEqual([
      'Bob (federated by ilse)',
      'ilse',
    ]);
  });
});

describe('a person in the console', () => {
  const ilse = user('ilse', { confidence: 'high', reason: 'an IAM user in the AWS console' });
  const inConsole = used('ASIACONSOLE1', { principal: ilse, channel: 'console' });
  const signIn = aRecord({
    eventId: 'sign-in',
    eventName: 'ConsoleLogin',
    eventSource: 'signin.amazonaws.com',
    atMs: startedAtMs - 20_000,
    region: 'eu-north-1',
    accessKeyId: null,
    principal: { ...ilse, mfa: false },
    channel: 'console',
    named: [],
  });

  it('is shown with the sign-in, its place and whether there was a second factor', async () => {
    const { chain, requests } = await follow(inConsole, [signIn]);

    expect(chain).toMatchObject({
      end: 'origin',
      links: [
        { label: 'ilse', by: null },
        { label: 'ilse', by: 'sign-in', eventId: 'sign-in', region: 'eu-north-1', mfa: false },
      ],
    });
    expect(actorOf(chain).reason).toBe('an IAM user in the AWS console');
    expect(requests.map(({ target }) => target.region).sort()).toEqual([
      'ap-southeast-2',
      'eu-north-1',
      'eu-west-1',
      'us-east-1',
      'us-east-2',
    ]);
  });

  it('is shown with the sign-in as root too', async () => {
    const root = { userName: null, roleName: null, sessionName: null } as const;
    const principal = aPrincipal({ ...root, label: untrusted(`root of ${HOME}`) });
    const someone = aPrincipal({ ...root, label: untrusted('ana@example.com') });

    const { chain } = await follow({ ...inConsole, principal }, [
      { ...signIn, eventId: 'z-another', principal: someone },
      { ...signIn, principal },
    ]);

    expect(chain.links.at(-1)).toMatchObject({ by: 'sign-in', eventId: 'sign-in' });
  });

  it('is who the record says where no sign-in is found, or where it may not be looked for', async () => {
    const other = { ...signIn, principal: user('noor') };
    const failed = { ...signIn, errorMessage: untrusted('Failed authentication') };
    const troubles = { 'us-east-2': 'denied' } as const;

    const { chain } = await follow(inConsole, [other, failed], { troubles });

    expect(chain).toMatchObject({ end: 'origin', sentence: null });
    expect(chain.links).toHaveLength(1);
  });

  it('is known by the switch of roles where the role was taken from another account', async () => {
    const record = used(key, { channel: 'console' });
    const assumed = mint(key, outsider());
    const switched = aRecord({
      eventId: 'switch',
      eventName: 'SwitchRole',
      eventSource: 'signin.amazonaws.com',
      atMs: startedAtMs + 1_000,
      region: 'us-east-1',
      principal: session('writer', 'job-7'),
      named: [`arn:aws:iam::${OTHER}:user/staff/ilse`],
    });

    const { chain, labels } = await follow(record, [assumed, switched]);

    expect(labels.at(-1)).toBe('ilse');
    expect(actorOf(chain)).toMatchObject({
      kind: 'human',
      confidence: 'high',
      reason: 'followed back to the role switch in the console: an IAM user in the AWS console',
    });
    expect(chain.end).toBe('origin');
  });

  it('is not taken for whoever switched to another role or session', async () => {
    const switched = aRecord({
      eventId: 'switch',
      eventName: 'SwitchRole',
      atMs: startedAtMs,
      region: 'us-east-1',
      principal: session('writer', 'job-8'),
      named: [`arn:aws:iam::${OTHER}:user/ilse`],
    });

    const { chain } = await follow(used(key, { channel: 'console' }), [
      mint(key, outsider()),
      switched,
    ]);

    expect(chain.end).toBe('foreign');
  });

  it('is not called unchecked for a sign-in Region that may not be asked', async () => {
    const troubles = { 'us-east-2': 'denied' } as const;

    const { chain } = await follow(used(key, { channel: 'console' }), [], { troubles });

    expect(chain.end).toBe('not-found');
  });

  it('is not looked for where Identity Center names its user', async () => {
    const { chain, requests } = await follow(
      used('ASIASSO00001', { principal: aPrincipal(), channel: 'console', atMs }),
      [],
    );

    expect(chain).toMatchObject({ end: 'origin', sentence: null });
    expect(requests.every(({ attribute }) => attribute?.value === 'ASIASSO00001')).toBe(true);
  });
});
