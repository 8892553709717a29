import { describe, expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const PROD = '111122223333';
const URL_OF_QUEUE = `https://sqs.eu-west-1.amazonaws.com/${PROD}/redthread-alarms`;
const SECRET = 'a secret of more than 16 characters';

const { read, problemsOf } = configFile();

describe('the alarms of the configuration', () => {
  it('come with queues, rules in their order, and a default', () => {
    const { alarms } = read(`
accounts:
  - { id: "${PROD}", name: prod, role: "arn:aws:iam::${PROD}:role/redthread" }
alarms:
  queues:
    - url: ${URL_OF_QUEUE}
    - { name: other, region: us-east-1, account: prod }
  rules:
    - { alarm: "*-test", ignore: true }
    - { alarm: "checkout-*", account: prod, region: eu-west-1, channel: C0CHECKOUT, severity: sev1 }
    - { account: "444455556666", severity: sev2 }
  channel: C0DEFAULT
`);
    expect(alarms).toEqual({
      queues: [
        {
          target: { accountId: null, region: 'eu-west-1' },
          url: URL_OF_QUEUE,
          name: 'redthread-alarms',
        },
        { target: { accountId: PROD, region: 'us-east-1' }, url: null, name: 'other' },
      ],
      rules: [
        { pattern: '*-test', accountId: null, region: null, route: { kind: 'ignore' } },
        {
          pattern: 'checkout-*',
          accountId: PROD,
          region: 'eu-west-1',
          route: { kind: 'open', channelId: 'C0CHECKOUT', severity: 'sev1' },
        },
        {
          pattern: '*',
          accountId: '444455556666',
          region: null,
          route: { kind: 'open', channelId: 'C0DEFAULT', severity: 'sev2' },
        },
      ],
      fallback: { kind: 'open', channelId: 'C0DEFAULT', severity: 'sev3' },
      signingSecret: null,
      togetherMs: 600_000,
      topics: null,
    });
  });

  it('may be limited to certain topics, which have to be topics', () => {
    const topic = `arn:aws:sns:eu-west-1:${PROD}:alarms`;
    const alarms = (topics: string) =>
      `alarms: { queues: [{ url: ${URL_OF_QUEUE} }], channel: C0DEFAULT, topics: [${topics}] }`;
    expect(read(alarms(topic)).alarms?.topics).toEqual([topic]);
    expect(problemsOf(alarms('https://sns.example')).join()).toContain(
      'is not a topic, arn:aws:sns:',
    );
    expect(problemsOf(alarms('')).join()).toContain('is empty: leave it out');
  });

  it('that fire within ten minutes belong together, unless it says otherwise', () => {
    const togetherOf = (words: string) =>
      read(`alarms: { queues: [{ url: ${URL_OF_QUEUE} }], channel: C0DEFAULT${words} }`).alarms
        ?.togetherMs;
    expect([togetherOf(''), togetherOf(', together: 2.5'), togetherOf(', together: off')]).toEqual([
      600_000, 150_000, 0,
    ]);
  });

  it('may be absent, and may arrive over HTTP alone', () => {
    expect(read('regions: [eu-west-1]').alarms).toBeNull();
    const environment = { ALARM_SIGNING_SECRET: SECRET, PORT: '8080' };
    expect(read('alarms: { channel: C0DEFAULT }', environment).alarms).toMatchObject({
      queues: [],
      signingSecret: SECRET,
    });
  });

  it.each([
    ['no way in', 'alarms: { channel: C0DEFAULT }', [/^alarms: no alarm can arrive: list queues/]],
    [
      'no channel at all',
      `alarms: { queues: [{ url: ${URL_OF_QUEUE} }], rules: [{ alarm: x, ignore: true }] }`,
      [/^alarms: no alarm leads to a channel/],
    ],
    [
      'a rule that leads nowhere',
      `alarms: { queues: [{ url: ${URL_OF_QUEUE} }], rules: [{ alarm: x }, { channel: C0DEFAULT }] }`,
      [/^alarms\.rules\.0: say to which channel, or "ignore: true"/],
    ],
    [
      'a rule that ignores into a channel',
      `alarms: { queues: [{ url: ${URL_OF_QUEUE} }], channel: C0DEFAULT, rules: [{ ignore: true, channel: C0OTHER }] }`,
      [/^alarms\.rules\.0: what is ignored goes to no channel/],
    ],
    [
      'alarms that belong together for longer than an hour',
      `alarms: { queues: [{ url: ${URL_OF_QUEUE} }], channel: C0DEFAULT, together: 90 }`,
      [/^alarms\.together must be a number of minutes, 60 at most, or off/],
    ],
    [
      'queues that cannot be found',
      `alarms: { channel: C0DEFAULT, queues: [{ name: alarms }, { region: eu-west-1 }, { url: ${URL_OF_QUEUE}, region: us-east-1 }, { name: a, region: eu-west-1, account: prod }] }`,
      [
        /^alarms\.queues\.0: say in which region it is/,
        /^alarms\.queues\.1: give its url, or its name and region/,
        /^alarms\.queues\.2: its url is in eu-west-1, not in us-east-1/,
        /^alarms\.queues\.3\.account: prod is not among the accounts/,
      ],
    ],
    [
      'a queue that is there twice',
      `alarms: { channel: C0DEFAULT, queues: [{ url: ${URL_OF_QUEUE} }, { url: ${URL_OF_QUEUE} }] }`,
      [/^alarms\.queues: .*redthread-alarms is there twice/],
    ],
    [
      'a URL of somebody else, and words that do not belong there',
      'alarms: { channel: general, severity: bad, queues: [{ url: "https://evil.example/111122223333/q" }] }',
      [
        /^alarms\.queues\.0\.url is not the URL of a queue/,
        /^alarms\.channel is not a channel id/,
        /^alarms\.severity must be sev1, sev2, sev3 or sev4/,
      ],
    ],
  ])('are refused with %s', (_what, yaml, expected) => {
    const problems = problemsOf(yaml);
    expect(problems).toHaveLength(expected.length);
    for (const pattern of expected) {
      expect(problems.filter((line) => pattern.test(line))).toHaveLength(1);
    }
  });

  it('need more than a secret', () => {
    const alone = { ALARM_SIGNING_SECRET: SECRET };
    expect(problemsOf('regions: [eu-west-1]', alone)).toEqual([
      'ALARM_SIGNING_SECRET is set, but nothing listens: set PORT as well',
      'ALARM_SIGNING_SECRET is set, but there is no section alarms: it says which alarm goes to which channel',
    ]);
    expect(problemsOf('regions: [eu-west-1]', { ALARM_SIGNING_SECRET: 'short' })).toEqual([
      'ALARM_SIGNING_SECRET is too short to be a signing secret',
    ]);
  });
});
