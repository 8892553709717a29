import { describe, expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const PROD = '111122223333';
const STAGING = '444455556666';

const { read, problemsOf } = configFile();

const TWO_ACCOUNTS = `
accounts:
  - id: "${PROD}"
    name: prod
    role: arn:aws:iam::${PROD}:role/team/redthread-read-only
    externalId: a-secret-word
    regions: [eu-west-1, eu-central-1]
  - id: "${STAGING}"
    name: staging
`;

describe('the accounts of the configuration', () => {
  it('come with roles, external ids and Regions, the global one always among them', () => {
    expect(read(TWO_ACCOUNTS).accounts).toEqual([
      {
        accountId: PROD,
        name: 'prod',
        role: {
          arn: `arn:aws:iam::${PROD}:role/team/redthread-read-only`,
          externalId: 'a-secret-word',
        },
        regions: ['eu-west-1', 'eu-central-1', 'us-east-1'],
      },
      { accountId: STAGING, name: 'staging', role: null, regions: ['eu-west-1', 'us-east-1'] },
    ]);
  });

  it('need no other Region when each names its own', () => {
    const yaml = `accounts: [{ id: "${PROD}", name: prod, regions: [us-gov-east-1] }]`;
    const config = read(yaml, { AWS_REGION: '' });
    expect(config.regions).toEqual(['us-gov-east-1', 'us-gov-west-1']);
    expect(config.consoleUrl).toBe('https://console.amazonaws-us-gov.com');
    expect(() => read(`accounts: [{ id: "${PROD}", name: prod }]`, { AWS_REGION: '' })).toThrow(
      /AWS_REGION is missing/,
    );
  });

  it('are told apart by names and ids, and channels and stores may use either', () => {
    const config = read(`${TWO_ACCOUNTS}
channels:
  - { channel: C0123ABCD, accounts: [PROD, "${PROD}"] }
  - { channel: G0123ABCD, accounts: ["${STAGING}", prod] }
logs:
  - region: eu-west-1
    account: prod
    groups: [aws/cloudtrail/managementevents, "arn:aws:logs:eu-west-1:${PROD}:log-group:/trail"]
    accounts: [prod, staging]
    regions: [eu-west-1]
    holds: [management, data]
  - { region: us-east-1, groups: [trail] }
lake:
  - region: eu-west-1
    account: prod
    store: arn:aws:cloudtrail:eu-west-1:${PROD}:eventdatastore/0f2a1c9e-1234-4b5c-8d6e-abcdef012345
`);
    expect(config.channels).toEqual([
      { channelId: 'C0123ABCD', accountIds: [PROD] },
      { channelId: 'G0123ABCD', accountIds: [STAGING, PROD] },
    ]);
    expect(config.logs).toEqual([
      {
        home: { accountId: PROD, region: 'eu-west-1' },
        names: [
          'aws/cloudtrail/managementevents',
          `arn:aws:logs:eu-west-1:${PROD}:log-group:/trail`,
        ],
        accountIds: [PROD, STAGING],
        regions: ['eu-west-1'],
        holds: ['management', 'data'],
      },
      {
        home: { accountId: STAGING, region: 'us-east-1' },
        names: ['trail'],
        accountIds: null,
        regions: null,
        holds: ['management'],
      },
    ]);
    expect(config.lake).toMatchObject([
      {
        home: { accountId: PROD, region: 'eu-west-1' },
        names: ['0f2a1c9e-1234-4b5c-8d6e-abcdef012345'],
      },
    ]);
  });

  it('may be none: a log group is then in the account of the bot itself', () => {
    expect(read('logs: [{ region: eu-west-1, groups: [trail] }]')).toMatchObject({
      accounts: [],
      logs: [{ home: { accountId: null, region: 'eu-west-1' }, accountIds: null }],
    });
  });
});

describe('a mistake among the accounts', () => {
  it.each([
    ['an id that YAML read as a number', `accounts: [{ id: ${PROD}, name: prod }]`, /quotes/],
    ['a name that YAML read as a number', `accounts: [{ id: "${PROD}", name: 7 }]`, /quotes/],
    ['an id with a digit too few', 'accounts: [{ id: "11112222333", name: prod }]', /12 digits/],
    ['no name', `accounts: [{ id: "${PROD}" }]`, /^accounts\.0\.name /],
    ['a name with a space', `accounts: [{ id: "${PROD}", name: our prod }]`, /letters/],
    ['an id for a name', `accounts: [{ id: "${PROD}", name: "${STAGING}" }]`, /give it a name/],
    [
      'a user for a role',
      `accounts: [{ id: "${PROD}", name: a, role: "arn:aws:iam::${PROD}:user/x" }]`,
      /role/,
    ],
    [
      'a short external id',
      `accounts: [{ id: "${PROD}", name: a, role: "arn:aws:iam::${PROD}:role/x", externalId: "1" }]`,
      /externalId must/,
    ],
    ['a key it does not know', `accounts: [{ id: "${PROD}", name: a, rolle: x }]`, /rolle/],
    ['no accounts in the list', 'accounts: []', /^accounts /],
    [
      'a channel by its name',
      `${TWO_ACCOUNTS}channels: [{ channel: "#prod", accounts: [prod] }]`,
      /channel id/,
    ],
    [
      'a log group ARN as the console copies it',
      'logs: [{ region: eu-west-1, groups: ["arn:aws:logs:eu-west-1:111122223333:log-group:x:*"] }]',
      /log group/,
    ],
    [
      'an event category there is none of',
      'logs: [{ region: eu-west-1, groups: [x], holds: [all] }]',
      /^logs\.0\.holds\.0 /,
    ],
    ['a store by its name', 'lake: [{ region: eu-west-1, store: mine }]', /event data store/],
    ['a section there is none of', 'account: []', /account is not known here.*accounts/],
    ['a list instead of settings', '- a', /by name/],
  ])('is told by its place: %s', (_what, yaml, words) => {
    expect(problemsOf(yaml)).toEqual([expect.stringMatching(words)]);
  });

  it('is told together with all others', () => {
    const problems = problemsOf(`
accounts:
  - { id: "${PROD}", name: prod, role: "arn:aws:iam::${STAGING}:role/x" }
  - { id: "${PROD}", name: Prod, externalId: word }
  - { id: "${STAGING}", name: china, regions: [cn-north-1] }
channels:
  - { channel: C0123ABCD, accounts: [prod, sandbox] }
  - { channel: C0123ABCD, accounts: [prod] }
logs:
  - { region: eu-west-1, account: audit, groups: [x], accounts: [nobody] }
lake:
  - { region: Ireland, store: 0f2a1c9e-1234-4b5c-8d6e-abcdef012345 }
`);
    expect(problems).toEqual([
      expect.stringMatching(/^lake\.0\.region is not a Region name/),
      `accounts.0.role is a role of account ${STAGING}, not of ${PROD}`,
      'accounts.1.externalId goes with a role, and there is none',
      `accounts: ${PROD} is there twice`,
      'accounts: two are called prod: people could not tell them apart',
      expect.stringMatching(/^accounts: Prod and china have no role.*one account only/),
      expect.stringMatching(/^accounts: Regions and roles are of aws and aws-cn/),
      'channels: C0123ABCD is there twice',
      'channels.0.accounts: sandbox is not among the accounts',
      'logs.0.account: audit is not among the accounts',
      'logs.0.accounts: nobody is not among the accounts',
    ]);
  });

  it('is to ask more places at once than anybody waits for', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1'];
    const accounts = Array.from({ length: 40 }, (_, index) => ({
      id: String(100_000_000_000 + index),
      name: `a${index}`,
      role: `arn:aws:iam::${100_000_000_000 + index}:role/x`,
    }));
    expect(problemsOf(JSON.stringify({ regions, accounts }))).toEqual([
      'accounts: 240 accounts times Regions; at most 200 can be asked at once',
    ]);
  });

  it('is a log group of nobody knows which account', () => {
    const role = `arn:aws:iam::${PROD}:role/x`;
    const problems = problemsOf(`
accounts: [{ id: "${PROD}", name: prod, role: "${role}" }]
logs: [{ region: eu-west-1, groups: [trail] }]
`);
    expect(problems).toEqual([expect.stringMatching(/^logs\.0: say in which account it is/)]);
  });

  it('is not repeated by everything that names an account', () => {
    const problems = problemsOf(`
accounts: [{ id: ${PROD}, name: prod }]
channels: [{ channel: C0123ABCD, accounts: [prod] }]
`);
    expect(problems).toHaveLength(1);
  });

  it.each([
    [
      'accounts',
      Array.from({ length: 51 }, (_, i) => ({ id: String(100000000000 + i), name: `a${i}` })),
    ],
    ['regions', Array.from({ length: 11 }, () => 'eu-west-1')],
    ['logs', Array.from({ length: 21 }, () => ({ region: 'eu-west-1', groups: ['x'] }))],
  ])('is a list of %s that is too long', (name, rows) => {
    expect(problemsOf(JSON.stringify({ [name]: rows }))).toEqual([
      expect.stringMatching(new RegExp(`^${name} Too big`)),
    ]);
  });
});
