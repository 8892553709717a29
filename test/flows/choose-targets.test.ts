import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import { accountNamesOf, chooseTargets } from '../../src/flows/choose-targets.ts';
import { type Installation, scopeOfChannel } from '../../src/flows/scope.ts';
import type { TrailScope } from '../../src/ports.ts';

const PROD = '111122223333';
const STAGING = '444455556666';
const AUDIT = '777788889999';
const HOME = 'C0HOME';
const NARROW = 'C0NARROW';

const INSTALLATION: Installation = {
  regions: ['eu-west-1', 'us-east-1'],
  accounts: [
    { accountId: PROD, name: 'prod', role: null, regions: ['eu-west-1', 'us-east-1'] },
    { accountId: STAGING, name: 'staging', role: null, regions: ['eu-central-1', 'us-east-1'] },
    { accountId: AUDIT, name: 'Audit.2', role: null, regions: ['us-east-1'] },
  ],
  channels: [{ channelId: NARROW, accountIds: [PROD, AUDIT] }],
};

function understood(question: string, scope: TrailScope): TrailQuery {
  const parsed = parseQuery(question, {
    timeZone: 'UTC',
    nowMs: Date.parse('2026-03-10T12:00:00Z'),
    meaning: 'past',
    lookbackMaxMs: null,
    accounts: accountNamesOf(scope),
  });
  expect(parsed).toMatchObject({ kind: 'query' });
  return (parsed as { query: TrailQuery }).query;
}

function choose(question: string, channelId = HOME, installation = INSTALLATION) {
  const scope = scopeOfChannel(installation, channelId);
  const choice = chooseTargets(scope, understood(question, scope));
  return choice.kind === 'refused'
    ? choice.sentence
    : choice.targets.map(({ accountId, region }) => `${accountId} ${region}`);
}

const prod = [`${PROD} eu-west-1`, `${PROD} us-east-1`];
const staging = [`${STAGING} eu-central-1`, `${STAGING} us-east-1`];
const audit = [`${AUDIT} us-east-1`];

describe('the places a question is put to', () => {
  it('are all accounts in the Regions of each', () => {
    expect(choose('who stopped i-0abc')).toEqual([...prod, ...staging, ...audit]);
  });

  it.each([
    ['account:staging', staging],
    ['account:STAGING', staging],
    [`account:${STAGING}`, staging],
    ['who stopped i-0abc in staging', staging],
    [`who stopped i-0abc in ${STAGING}`, staging],
    ['account:prod account:audit.2', [...prod, ...audit]],
    ['who deleted things -account:staging', [...prod, ...audit]],
    ['who deleted things -staging', [...prod, ...audit]],
  ])('are those of the accounts that are named: %s', (question, places) => {
    expect(choose(question)).toEqual(places);
  });

  it('may be any Region, in every account that is asked', () => {
    expect(choose('account:prod region:ap-south-1')).toEqual([`${PROD} ap-south-1`]);
    expect(choose('who did it region:us-east-1')).toEqual(
      [PROD, STAGING, AUDIT].map((id) => `${id} us-east-1`),
    );
  });

  it('always include where the partition records global services', () => {
    const china = { ...INSTALLATION, accounts: [], regions: ['cn-northwest-1'] };
    expect(choose('who did it', HOME, china)).toEqual(['null cn-northwest-1', 'null cn-north-1']);
  });

  it('are refused for an account that nobody configured, with those that can be asked', () => {
    expect(choose('account:sandbox')).toBe(
      'No account sandbox is configured; this channel can ask about prod, staging, Audit.2.',
    );
    expect(choose('account:999988887777')).toMatch(/^No account 999988887777 is configured/);
  });

  it('are not named when there are more accounts than anybody reads', () => {
    const accounts = Array.from({ length: 30 }, (_, index) => ({
      accountId: String(100_000_000_000 + index),
      name: `team-${index}`,
      role: null,
      regions: ['us-east-1'],
    }));
    expect(choose('account:nope', HOME, { ...INSTALLATION, accounts })).toMatch(/ and 20 more\.$/);
  });
});

describe('a channel', () => {
  it('that is listed asks about its accounts only', () => {
    expect(choose('who did it', NARROW)).toEqual([...prod, ...audit]);
  });

  it('is told that an account is not for it, and which are', () => {
    const sentence =
      'The account staging cannot be asked about from this channel, which can ask about prod, Audit.2.';
    expect(choose('account:staging', NARROW)).toBe(sentence);
    expect(choose(`who stopped i-0abc in ${STAGING}`, NARROW)).toBe(sentence);
  });

  it('asks nothing when all its accounts are excluded', () => {
    expect(choose('who did it -prod -audit.2', NARROW)).toBe('No account is left to look in.');
  });

  it('about services that are recorded in the global Region alone asks only there', () => {
    const own = { ...INSTALLATION, accounts: [] };
    expect(choose('source:iam is:write', HOME, own)).toEqual(['null us-east-1']);
    expect(choose('source:iam source:ec2', HOME, own)).toContain('null eu-west-1');
    expect(choose('source:route53resolver', HOME, own)).toContain('null eu-west-1');
    expect(choose('source:iam region:eu-west-1', HOME, own)).toEqual(['null eu-west-1']);
  });

  it('of an installation without accounts asks the own one, which has to be the one that is named', () => {
    const own = { ...INSTALLATION, accounts: [] };
    const places = ['null eu-west-1', 'null us-east-1'];
    expect(choose('who did it', NARROW, own)).toEqual(places);
    expect(choose(`account:${PROD}`, HOME, own)).toEqual([
      `${PROD} eu-west-1`,
      `${PROD} us-east-1`,
    ]);
  });
});

describe("an account's name in a question", () => {
  const scope = scopeOfChannel(INSTALLATION, HOME);
  const conditions = (question: string) => understood(question, scope).conditions;

  it('stands for its id', () => {
    expect(conditions('who stopped i-0abc prod')).toContainEqual({
      key: 'account',
      value: PROD,
      negated: false,
    });
  });

  it.each([
    ['"prod"', 'name'],
    ['resource:prod', 'resource'],
    ['by prod', 'user'],
    ['user:prod', 'user'],
  ])('is nothing but a name in %s', (question, key) => {
    expect(conditions(question)).toEqual([{ key, value: 'prod', negated: false }]);
  });

  it('is needed where there are none: an account is then its 12 digits', () => {
    const parsed = parseQuery('account:prod', {
      timeZone: 'UTC',
      nowMs: 0,
      meaning: 'past',
      lookbackMaxMs: null,
    });
    expect(parsed).toMatchObject({ kind: 'error', sentence: 'An account has 12 digits.' });
  });
});
