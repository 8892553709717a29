import { readFileSync } from 'node:fs';

/** The secrets of our own among the environment's variables. */
const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'ALARM_SIGNING_SECRET',
  'WEBHOOK_SIGNING_SECRET',
  'REDIS_URL',
  'REDIS_SENTINEL_PASSWORD',
];

/**
 * The one place that reads the process's environment. Our secrets are taken out of it, so that no
 * child process and no crash report carries them. The AWS SDK reads its own variables itself.
 */
export function takeEnvironment(): Readonly<Record<string, string | undefined>> {
  // biome-ignore lint/style/noProcessEnv: this is the one place.
  const environment = process.env;
  const copy = { ...environment };
  for (const name of SECRETS) delete environment[name];
  return copy;
}

/** AWS's own, which its SDK reads. */
const AWS_SECRETS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** The values that must be in no output, also of secrets that are in files. */
export function listSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const plain = [...SECRETS, ...AWS_SECRETS].map((name) => environment[name] ?? '');
  const inFiles = SECRETS.map((name) => readSecretFile(environment[`${name}_FILE`]));
  const all = [...plain, ...inFiles];
  return [...all, ...all.flatMap(passwordsOf)].filter((value) => value !== '');
}

/** Unreadable ones are told with the configuration. */
function readSecretFile(path: string | undefined): string {
  try {
    return path === undefined || path === '' ? '' : readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * The password in an address, as it is written there and as it is meant. Addresses of several
 * servers are not what URL takes.
 */
function passwordsOf(address: string): readonly string[] {
  const password = /^[a-z+]+:\/\/[^\s:/@]*:([^\s/]*)@/.exec(address)?.[1] ?? '';
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
