import { describe, expect, it } from 'vitest';
import type { TrailAnswer } from '../../src/domain/trail/answer.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { WHO_ASSUMED_LIMITS, whoAssumed } from '../../src/flows/who-assumed.ts';
import {
  asker,
  atMs,
  createAccounts,
  HOME,
  home,
  mint,
  minutesBefore,
  OTHER,
  outsider,
  session,
  used,
  user,
} from '../support/chain-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import type { MemoryActivityOptions } from '../support/memory-activity.ts';
import { aPrincipal } from '../support/trail-record.ts';

const roleArn = `arn:aws:iam::${HOME}:role/team/writer`;
const github = aPrincipal({
  label: untrusted('repo:northwind/pricing:ref:refs/heads/main'),
  kind: 'automation',
  roleName: null,
  sessionName: null,
  userName: untrusted('repo:northwind/pricing:ref:refs/heads/main'),
});

/** A call that began a session of the role in question, so many minutes ago. */
const began = (minutes: number, by: TrailRecord['principal'], changes: Partial<TrailRecord> = {}) =>
  mint(`ASIAWRITER${String(minutes).padStart(2, '0')}`, by, {
    eventId: `began-${minutes}`,
    atMs: minutesBefore(minutes),
    named: [roleArn],
    ...changes,
  });

async function ask(
  records: readonly TrailRecord[],
  question: Partial<Parameters<typeof whoAssumed>[1]> = {},
  options: Omit<MemoryActivityOptions, 'records'> = {},
) {
  const { activity, requests } = createAccounts(records, options);
  const deps = {
    activity,
    targets: [home],
    asker,
    log: createKeptLog(),
    clock: { nowMs: () => atMs },
    gaps: ['data events'],
    accountNames: new Map([[HOME, 'shop']]),
  };
  const about = { record: used('ASIAWRITER10'), nowMs: atMs, ...question };
  const answer = await whoAssumed(deps, about, new AbortController().signal);
  return { answer: answer as TrailAnswer, requests };
}

describe('who assumed the role behind a call', () => {
  it('is told newest first, counted by who it was', async () => {
    const { answer } = await ask([
      began(10, user('ana')),
      ...[20, 30, 40].map((minutes) => began(minutes, github)),
      began(50, user('ana')),
    ]);

    expect(answer.lead).toMatchObject({ who: { label: 'ana' }, record: { eventId: 'began-10' } });
    expect(answer.records.map(({ eventId }) => eventId)).toEqual([
      'began-10',
      'began-20',
      'began-30',
      'began-40',
      'began-50',
    ]);
    expect(answer.assumedBy).toMatchObject([
      { label: github.label, kind: 'automation', sessionCount: 3, lastAtMs: minutesBefore(20) },
      { label: 'ana', kind: 'human', sessionCount: 2, lastEventId: 'began-10' },
    ]);
  });

  it('is looked up under the ARN that the issuing call has, path and all, in 24 hours', async () => {
    const { requests } = await ask([began(10, user('ana'))]);

    const byRole = requests.filter(({ attribute }) => attribute?.value === roleArn);
    expect(byRole.map(({ target }) => target.region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(byRole[0]).toMatchObject({ fromMs: atMs - WHO_ASSUMED_LIMITS.windowMs, toMs: atMs });
  });

  it('is looked up under the plain ARN, then by name, where the issuing call is not found', async () => {
    const record = used('ASIAUNKNOWN1');

    const { answer, requests } = await ask([began(10, user('ana'))], { record });

    const values = requests.map(({ attribute }) => attribute?.value);
    expect(values.slice(-8)).toEqual([
      `arn:aws:iam::${HOME}:role/writer`,
      `arn:aws:iam::${HOME}:role/writer`,
      'AssumeRole',
      'AssumeRoleWithSAML',
      'AssumeRoleWithWebIdentity',
      'AssumeRole',
      'AssumeRoleWithSAML',
      'AssumeRoleWithWebIdentity',
    ]);
    expect(answer.assumedBy).toMatchObject([{ label: 'ana', sessionCount: 1 }]);
  });

  it('is nobody where nobody is found, and says what was checked', async () => {
    const { answer } = await ask([]);

    expect(answer).toMatchObject({ lead: null, assumedBy: [] });
    expect(answer.notFound).toContain('No call that matches was found');
  });

  it('is asked of the assumed role where the call itself assumed one', async () => {
    const record = began(5, session('jump', 'laptop'));

    const { requests } = await ask([record], { record });

    expect(requests[0]?.attribute).toEqual({ key: 'ResourceName', value: roleArn });
  });

  it('follows the callers back who are not known yet, and counts by who they are', async () => {
    const jump = session('jump', 'laptop');
    const keys = { accessKeyId: 'ASIAJUMP0001' };
    const origin = mint('ASIAJUMP0001', user('ilse'), { atMs: minutesBefore(60) });

    const { answer } = await ask([
      began(10, jump, keys),
      began(20, jump, keys),
      began(30, jump, { accessKeyId: 'ASIAJUMP0002' }),
      origin,
    ]);

    expect(answer.lead?.who.label).toBe('ilse');
    expect(answer.chain?.links.map(({ label }) => label)).toEqual(['jump/laptop', 'ilse']);
    expect(answer.assumedBy).toMatchObject([
      { label: 'ilse', sessionCount: 2 },
      { label: 'jump/laptop', sessionCount: 1 },
    ]);
  });

  it('follows a few callers only', async () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      began(10 + index, session('jump', `s${index}`), { accessKeyId: `ASIAJUMP000${index}` }),
    );

    const { requests } = await ask(many);

    const followed = requests.filter(({ attribute }) => attribute?.value.startsWith('ASIAJUMP'));
    expect(new Set(followed.map(({ attribute }) => attribute?.value)).size).toBe(
      WHO_ASSUMED_LIMITS.chainsMax,
    );
  });

  it('shows attempts that were refused as attempts', async () => {
    const refused = began(10, user('eve'), {
      errorCode: untrusted('AccessDenied'),
      mintedAccessKeyId: null,
    });

    const { answer } = await ask([refused, began(20, user('ana'))], {
      record: used('ASIAWRITER20'),
    });

    expect(answer.lead?.who.label).toBe('ana');
    expect(answer.attempts).toMatchObject([{ records: [{ eventId: 'began-10' }] }]);
    expect(answer.assumedBy).toMatchObject([{ label: 'ana', sessionCount: 1 }]);
  });

  it('counts no call that only names the role', async () => {
    const policy = { eventId: 'policy', eventName: 'UpdateAssumeRolePolicy' } as const;

    const { answer } = await ask([
      began(10, user('ana')),
      began(5, user('eve'), { ...policy, mintedAccessKeyId: null }),
    ]);

    expect(answer.assumedBy).toMatchObject([{ label: 'ana', sessionCount: 1 }]);
    expect(answer.records).toHaveLength(1);
  });

  it('says which Region could not be asked', async () => {
    const { answer } = await ask([], {}, { troubles: { 'us-east-1': 'denied' } });

    expect(answer.coverage.targets).toMatchObject([
      { region: 'eu-west-1', outcome: 'nothing', accountName: 'shop' },
      { region: 'us-east-1', outcome: 'denied', explanation: 'us-east-1 said no.' },
    ]);
  });

  it('counts what was found before what could not be read', async () => {
    const { answer } = await ask([began(10, user('ana'), { region: 'us-east-1' })], {
      record: used('ASIAUNKNOWN1', { region: 'us-east-1' }),
    });

    expect(answer.coverage.targets).toMatchObject([
      { region: 'us-east-1', outcome: 'found', count: 1 },
      { region: 'eu-west-1', outcome: 'nothing', count: 0 },
    ]);
  });

  it('asks nothing where the role’s account is out of reach, and says that', async () => {
    const record = used(null, { accountId: OTHER, principal: outsider(OTHER) });

    expect((await ask([], { record })).answer).toBeNull();
    const foreign = used('ASIAFOREIGN1', {
      accountId: OTHER,
      principal: { ...session('remote', 'job'), accountId: OTHER },
    });
    const { answer, requests } = await ask([], { record: foreign });

    expect(requests).toEqual([]);
    expect(answer.notFound).toContain('Nothing could be checked');
  });

  it('is no question where no role is behind the call', async () => {
    const record = used('AKIAILSE0001', { principal: user('ilse') });

    expect((await ask([], { record })).answer).toBeNull();
  });
});
