import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const SECRET = 'a secret of more than 16 characters';
const SIGNED = { WEBHOOK_SIGNING_SECRET: SECRET };

const { folder, read, problemsOf } = configFile(SIGNED);

describe('the webhooks of the configuration', () => {
  it('hear of everything, or of what they ask for', () => {
    const { webhooks } = read(`
webhooks:
  - url: https://wiki.example.com/hooks/redthread?space=ops
  - { url: "http://127.0.0.1:8080/tickets", events: [opened, closed], channels: [C0123ABCD] }
`);
    const key = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(webhooks).toEqual({
      signingSecret: SECRET,
      targets: [
        {
          key,
          url: 'https://wiki.example.com/hooks/redthread?space=ops',
          events: ['opened', 'closed', 'reopened', 'document-edited', 'document'],
          channelIds: null,
        },
        {
          key,
          url: 'http://127.0.0.1:8080/tickets',
          events: ['opened', 'closed'],
          channelIds: ['C0123ABCD'],
        },
      ],
    });
  });

  it('take their secret from a file as well', () => {
    const path = join(folder, 'secret');
    writeFileSync(path, `${SECRET}\n`);
    const yaml = 'webhooks: [{ url: https://wiki.example.com/ }]';
    expect(read(yaml, { WEBHOOK_SIGNING_SECRET_FILE: path }).webhooks?.signingSecret).toBe(SECRET);
  });

  it('may be absent', () => {
    expect(read('regions: [eu-west-1]', {}).webhooks).toBeNull();
    expect(read('webhooks: []', {}).webhooks).toBeNull();
  });

  const safe = /^webhooks\.0\.url must begin with https:\/\//;
  const noCredentials = /^webhooks\.0\.url must hold no user name and password/;
  it.each([
    ['http', '[{ url: http://wiki.example.com/ }]', [safe]],
    ['a host that only looks local', '[{ url: http://localhost.example.com/ }]', [safe]],
    ['another protocol', '[{ url: "ftp://wiki.example.com/" }]', [safe]],
    ['a name', '[{ url: https://ana@wiki.example.com/ }]', [noCredentials]],
    ['a password', '[{ url: "https://:hunter2@wiki.example.com/" }]', [noCredentials]],
    ['no address', '[{ url: wiki }]', [/^webhooks\.0\.url is not an address like https/]],
    ['nothing', '[{}]', [/^webhooks\.0\.url must be the address to post to/]],
    [
      'unknown events and channels',
      '[{ url: https://a.example/, events: [merged], channels: [general] }]',
      [
        /^webhooks\.0\.events\.0 must be opened, closed, reopened, document-edited, document/,
        /^webhooks\.0\.channels\.0 is not a channel id/,
      ],
    ],
    [
      'empty lists',
      '[{ url: https://a.example/, events: [], channels: [] }]',
      [/^webhooks\.0\.events is empty/, /^webhooks\.0\.channels is empty/],
    ],
    ['no list', '{ url: https://a.example/ }', [/^webhooks must be a list/]],
    [
      'the same twice',
      '[{ url: https://a.example }, { url: https://A.example/ }]',
      [/^webhooks\.1: has the same url as webhooks\.0/],
    ],
    [
      'too many',
      JSON.stringify(Array.from({ length: 11 }, (_, n) => ({ url: `https://a.example/${n}` }))),
      [/^webhooks has more than 10/],
    ],
  ])('are refused with %s, without the address', (_what, list, expected) => {
    const problems = problemsOf(`webhooks: ${list}`);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
    expect(problems.join()).not.toMatch(/\.example|hunter2/);
  });

  it('need a secret, and the secret needs them', () => {
    const yaml = 'webhooks: [{ url: https://wiki.example.com/ }]';
    expect(problemsOf(yaml, {})).toEqual([
      'webhooks: WEBHOOK_SIGNING_SECRET is missing: what is sent is signed with it',
    ]);
    expect(problemsOf(yaml, { WEBHOOK_SIGNING_SECRET: 'short' })).toEqual([
      'WEBHOOK_SIGNING_SECRET is too short to be a signing secret',
    ]);
    expect(problemsOf('regions: [eu-west-1]', SIGNED)).toEqual([
      'WEBHOOK_SIGNING_SECRET is set, but there is no section webhooks: it says where to send what',
    ]);
  });
});
