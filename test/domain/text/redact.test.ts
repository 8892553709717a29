import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACTED, redactSecrets } from '../../../src/domain/text/redact.ts';

// Made up, or from AWS's documentation; put together here so that no scanner takes them for real.
const SECRETS = [
  ['a session token', `IQoJb3JpZ2lu${'X2VjEB4aCXVzLWVhc3QtMSJH'.repeat(8)}==`],
  ['an older session token', `FwoGZXIvYXdz${'EBYaDKmJ0Pq7'.repeat(6)}`],
  ['a secret key of AWS', ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')],
  [
    'a JWT',
    ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N'].join('.'),
  ],
  [
    'a private key',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQ\n-----END RSA PRIVATE KEY-----',
  ],
  ['a private key cut short', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq'],
  ['a Slack token', ['xoxb', '17653672481', '19874698323', 'pdFZKVeTuE8sk7oOHcBrzqgy'].join('-')],
  ['an app token of Slack', ['xapp', '1', 'A0123456789', '1234567890'].join('-')],
  ['a webhook of Slack', 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXX'],
  ['a token of GitHub', `ghp_${'16C7e42F292c6912E7710c838347Ae178B4a'}`],
  ['a fine-grained token of GitHub', `github_pat_${'11ABCDEFG0abcdefghijkl_mnopqr'}`],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE\n-----END CERTIFICATE-----'],
  ['a session token of a federated user', `FQoGZXIvYXdz${'EBYaDKmJ0Pq7'.repeat(3)}`],
  ['a short session token', 'FQoDYXdzEJr1K7LA2x9PQm4='],
  ['a JWT without a signature', ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0'].join('.')],
  ['a token of a Slack user in capitals', ['XOXP', '17653672481', '19874698323'].join('-')],
  ...(
    ['gho_', 'ghs_', 'glpat-', 'npm_', 'pypi-', 'sk-', 'sk_live_', 'rk_test_', 'hf_'] as const
  ).map((start) => [`a token with ${start}`, `${start}${'q'.repeat(18)}`] as const),
  ['a token of DigitalOcean', `dop_v1_${'a1'.repeat(10)}`],
  ['a key of Google', `AIza${'Sy-x_'.repeat(7)}`],
  ['a long token in many pieces', Array.from({ length: 12 }, () => 'aBc7').join('-')],
  ['a random word of 32 characters', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF'],
  ['a long token in base64url', 'mTSQV0-q3fXhJ7_kPz9LwRnYb2vTgD4sAeUc8MiHo1yKxNjB6dZ_tWlFrCpQ-aEv'],
] as const;

const NAMED = [
  ...['password', 'Passwd', 'pwd', 'passphrase', 'db_password', 'MASTER-PASSWORD'],
  ...[
    'secret',
    'secretKey',
    'secretAccessKey',
    'clientSecret',
    'client_secret',
    'client-secret',
    'AWS_SECRET_ACCESS_KEY',
  ],
  ...['token', 'auth_token', 'sessionToken', 'access-token', 'refresh_token', 'id_token'],
  ...['X-Amz-Security-Token', 'bearerToken', 'api-key', 'apiKey', 'api_key', 'private_key'],
  ...['privateKey', 'Authorization', 'X-Amz-Signature', 'X-Amz-Credential'],
];

describe('taking secrets out of a text', () => {
  it.each(SECRETS)('takes out %s wherever it stands', (_name, secret) => {
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (before, after) => {
        const kept = redactSecrets(`${before} ${secret} ${after}`);

        expect(kept).toContain(REDACTED);
        expect(kept).not.toContain(secret);
        expect(kept).not.toContain(secret.slice(8, 24));
        expect(kept.startsWith(before)).toBe(true);
      }),
    );
  });

  it.each(NAMED)('takes out what is said to be a %s', (name) => {
    expect(redactSecrets(`${name}=hunter2horse&a=b`)).toBe(`${name}=${REDACTED}&a=b`);
    expect(redactSecrets(`{"${name}": "hunter2horse"}`)).toBe(`{"${name}": "${REDACTED}"}`);
    expect(redactSecrets(`{'${name}':'hunter2horse'}`)).toBe(`{'${name}':'${REDACTED}'}`);
    expect(redactSecrets(`${name}: hunter2horse, a: b`)).toBe(`${name}: ${REDACTED}, a: b`);
    expect(redactSecrets(`${name} = hunter2horse\na`)).toBe(`${name} = ${REDACTED}\na`);
    expect(redactSecrets(`[${name}=hunter2horse]`)).toBe(`[${name}=${REDACTED}]`);
  });

  it.each([
    ['Authorization: Bearer hunter2horse', `Authorization: ${REDACTED}`],
    ['authorization=Basic  hunter2horse; a', `authorization=${REDACTED}; a`],
    ['{"password": "correct horse battery", "a": 1}', `{"password": "${REDACTED}", "a": 1}`],
    ["password='correct horse' a", `password='${REDACTED}' a`],
    [
      'Encoded authorization failure message: 4GIOHlTkIaWHQD-0Q_m6 (a)',
      `Encoded authorization failure message: ${REDACTED} (a)`,
    ],
    ['a -----BEGIN EC PRIVATE KEY-----\nMIIE\n-----END EC PRIVATE KEY----- b', `a ${REDACTED} b`],
    ['a FQoDYXdzEJr1K7LA2x9PQm4= b', `a ${REDACTED} b`],
    ['a eyJhbGciOiJub25lIn0.eyJzdWIiOiIx.c2ln b', `a ${REDACTED} b`],
    ['to https://hooks.slack.com/services/T0/B-0/x_y now', `to ${REDACTED} now`],
  ])('takes of %j the secret and nothing else', (text, kept) => {
    expect(redactSecrets(text)).toBe(kept);
  });

  it('takes user and password out of an address and keeps the host', () => {
    expect(redactSecrets('postgres://app:hunter2@db.internal:5432/shop')).toBe(
      'postgres://[redacted]@db.internal:5432/shop',
    );
    expect(redactSecrets('REDIS://:hunter2@cache and amqp+s-1.x://a:b@mq')).toBe(
      'REDIS://[redacted]@cache and amqp+s-1.x://[redacted]@mq',
    );
    expect(redactSecrets('https://host/a:b@c and https://a@host')).toBe(
      'https://host/a:b@c and https://a@host',
    );
  });

  it('shortens access key ids so that they can still be told apart', () => {
    expect(redactSecrets('AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLZ')).toBe(
      'AKIA…MPLE and ASIA…MPLZ',
    );
    expect(redactSecrets('AKIASHORT77 xAKIAIOSFODNN7EXAMPLE AROAIOSFODNN7EXAMPLE')).toBe(
      'AKIASHORT77 xAKIAIOSFODNN7EXAMPLE AROAIOSFODNN7EXAMPLE',
    );
  });

  it('takes out nearly every secret key that chance can make', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const key = fc
      .array(fc.constantFrom(...alphabet), { minLength: 40, maxLength: 40 })
      .map((characters) => characters.join(''));
    const keys = fc.sample(key, { numRuns: 2_000, seed: 7 });

    const missed = keys.filter((secret) => redactSecrets(`key ${secret}.`).includes(secret));

    expect(missed.length).toBeLessThan(20);
  });

  it.each([
    'HIDDEN_DUE_TO_SECURITY_REASONS',
    '<sensitiveDataRemoved>',
    'Value hidden due to security reasons.',
    'password=HIDDEN_DUE_TO_SECURITY_REASONS',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/checkout/database-2aONLk',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1b74cd717d47002b',
    'arn:aws:kafka:us-east-1:111122223333:topic/IamAuthCluster/3ebafd8e-dae9-440d-85db-4ef52679674d-1',
    'stack/MyProductionStackForCheckout/abc12345-1234-1234-1234-123456789012',
    'LogHub-Pipe-3a2ac-CWtoOpenSearchStackcwDataStream22A58C70-plrsK4s3GlGG',
    'Application-TaskIamRole-C20GBLBRLBXE/d060be4ac3244e05aca4e067bfe241f8',
    'AWSServiceRoleForAmazonElasticContainerRegistryReplication',
    'aws-sdk-go-v2/1.30.3 ua/2.0 os/linux lang/go#1.22.5 exec-env/AWS_Lambda_nodejs22.x',
    'app/checkout-prod/50dc6c495c0c9188',
    'password reset asked for by ana',
    'password',
    'token: ',
    'passwordless=no, tokens=3, signatures: 2',
    'xoxb-1234567',
    'desk-chairs-and-other-furniture',
    'eyJhbGciOiJub25lIn0 alone',
    'eyJhbGciOi.abcd',
    '{"password": "HIDDEN_DUE_TO_SECURITY_REASONS", "secret":"<sensitiveDataRemoved>"}',
    'token: Value hidden due to security reasons.',
    'arn:aws:lambda:eu-west-1:111122223333:function:CheckoutPaymentAuthorisationHandlerForEurope',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('leaves %s as it is', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('is quick on hostile input of any kind', () => {
    const texts = ['a'.repeat(1_000_000), 'password='.repeat(100_000), '://:'.repeat(200_000)];

    for (const text of texts) expect(redactSecrets(text).length).toBeLessThan(300_000);
  });

  it('reads no more than it shows of a text without end', () => {
    expect(redactSecrets('a b'.repeat(10_000))).toHaveLength(20_000);
  });

  it('changes nothing when it is run again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...SECRETS.map(([, secret]) => secret)))),
        (parts) => {
          const once = redactSecrets(parts.join(' '));

          expect(redactSecrets(once)).toBe(once);
        },
      ),
    );
  });
});
