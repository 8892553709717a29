/** The secrets of our own among the environment's variables. */
const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'ALARM_SIGNING_SECRET',
  'WEBHOOK_SIGNING_SECRET',
  'REDIS_URL',
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
