import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx', import.meta.url),
);
/** Of the stop that caused the incident. */
const GUILTY = '61a5e29f-1180-46e1-b308-729fd62ac61c';

type Fields = Readonly<{ [field: string]: unknown }>;

/** Made up, and put together here so that no scanner takes them for real. */
const SECRETS = {
  keyId: `AKIA${'CANARY77'}${'QWERTYUP'}`,
  secretKey: ['zJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYCANARYKEYS'].join('/'),
  sessionToken: `IQoJb3JpZ2lu${'X2VjEJr9aB8cCanary'.repeat(12)}`,
  botToken: ['xoxb', '17653672481', '19874698323', 'CanaryTuE8sk7oOHcBrzqgy'].join('-'),
  appToken: ['xapp', '1', 'A0CANARY789', '1234567890', 'canary'].join('-'),
  privateKey: '-----BEGIN RSA PRIVATE KEY-----\nMIICanaryIBAAKCAQ\n-----END RSA PRIVATE KEY-----',
  password: 'canary-horse-battery',
  parameter: 'canary-parameter-value',
  variable: 'canary-lambda-variable',
  userData: 'canary-user-data',
  tag: 'canary-tag-value',
} as const;

/** What must be found nowhere: pieces of each, since a cut secret is one still. */
export const CANARIES = [
  SECRETS.keyId,
  SECRETS.secretKey.slice(0, 24),
  SECRETS.sessionToken.slice(0, 40),
  SECRETS.botToken.slice(0, 30),
  SECRETS.appToken,
  'MIICanaryIBAAKCAQ',
  SECRETS.password,
  SECRETS.parameter,
  SECRETS.variable,
  SECRETS.userData,
  Buffer.from(SECRETS.userData).toString('base64'),
  SECRETS.tag,
] as const;

const IN_WORDS = [
  SECRETS.botToken,
  SECRETS.appToken,
  SECRETS.sessionToken,
  SECRETS.secretKey,
  SECRETS.keyId,
  SECRETS.privateKey,
  `password=${SECRETS.password}`,
];

/** Where callers and services put what they should not. */
function withSecrets(record: Fields, word: string): Fields {
  const asked = (record['requestParameters'] ?? {}) as Fields;
  return {
    ...record,
    userAgent: `deploy/1.0 ${word}`,
    requestParameters: {
      ...asked,
      masterUserPassword: SECRETS.password,
      value: SECRETS.parameter,
      parameterValue: SECRETS.parameter,
      environment: { variables: { DATABASE: SECRETS.variable, TOKEN: SECRETS.botToken } },
      userData: Buffer.from(SECRETS.userData).toString('base64'),
      tagSet: { items: [{ key: 'contact', value: SECRETS.tag }] },
      description: `see ${word}`,
    },
    responseElements: {
      ...((record['responseElements'] ?? {}) as Fields),
      secretString: SECRETS.password,
      credentials: { secretAccessKey: SECRETS.secretKey, sessionToken: SECRETS.sessionToken },
    },
    additionalEventData: { note: word },
  };
}

/** Calls by others at the moment of the cause, each with a secret where an attacker chooses words. */
function denied(record: Fields, word: string, index: number): Fields {
  return {
    ...withSecrets(record, word),
    eventID: `0ca4a27e-0000-4000-8000-${String(index).padStart(12, '0')}`,
    errorCode: 'AccessDenied',
    errorMessage: `refused with ${word} for ${word}`,
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROACANARYEXAMPLE:${word}`,
      arn: `arn:aws:sts::111122223333:assumed-role/deployer/${word}`,
      accountId: '111122223333',
      // An id in its own place is no secret: sessions are followed by it.
      accessKeyId: 'ASIAEXAMPLEEXAMPLE44',
    },
  };
}

/** The demo incident with secrets in every record and in its alarms. The caller removes it. */
export async function makeCanaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-canaries-'));
  await cp(FOLDER, folder, { recursive: true });
  const path = join(folder, 'events.jsonl');
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Fields);
  const guilty = records.find((record) => record['eventID'] === GUILTY) ?? {};
  const planted = [
    ...records.map((record, at) => withSecrets(record, IN_WORDS[at % IN_WORDS.length] ?? '')),
    ...IN_WORDS.map((word, index) => denied(guilty, word, index)),
  ];
  await writeFile(path, planted.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await plantInAlarms(join(folder, 'alarms.json'));
  return folder;
}

async function plantInAlarms(path: string): Promise<void> {
  const saved = JSON.parse(await readFile(path, 'utf8')) as { MetricAlarms: readonly Fields[] };
  const MetricAlarms = saved.MetricAlarms.map((alarm) => ({
    ...alarm,
    AlarmDescription: `${String(alarm['AlarmDescription'])} ${IN_WORDS.join(' ')}`,
    StateReason: `${String(alarm['StateReason'])} ${IN_WORDS.join(' ')}`,
  }));
  await writeFile(path, JSON.stringify({ ...saved, MetricAlarms }));
}
