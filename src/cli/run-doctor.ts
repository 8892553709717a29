import { createAwsClients } from '../aws/clients.ts';
import { clientSettingsOf } from '../client-settings.ts';
import { type Config, checkConfig, readStoreConfig } from '../config.ts';
import { partitionOf } from '../domain/partition.ts';
import { listSecrets, takeEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../observe/logger.ts';
import { awsChecks } from './doctor/aws-checks.ts';
import { type Check, failed, notChecked, ok } from './doctor/check.ts';
import { clockChecks } from './doctor/clock-checks.ts';
import { doctorJson, doctorText, isWell } from './doctor/doctor-table.ts';
import { hideSecrets } from './doctor/hide-secrets.ts';
import { runChecks } from './doctor/run-checks.ts';
import { slackChecks } from './doctor/slack-checks.ts';
import { storeChecks } from './doctor/store-checks.ts';
import { versionChecks } from './doctor/version-checks.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { printAnswer } from './print-answer.ts';
import { readCommandLine } from './read-command-line.ts';

/** Fewer tries than the bot makes: nobody waits long for a table. */
const AWS_ATTEMPTS_MAX = 2;

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at everything the bot needs, changes nothing, and says what to do. Exit code 1 when something failed. */
export async function runDoctor(words: readonly string[]): Promise<void> {
  const { values, positionals } = readCommandLine('doctor', words, { json: { type: 'boolean' } });
  if (positionals.length > 0) {
    throw new AppError('input-invalid', 'doctor: it takes no words, only --json');
  }
  const environment = takeEnvironment();
  const rows = hideSecrets(await runChecks(checksFor(environment)), listSecrets(environment));
  printAnswer(values.json === true ? doctorJson(rows) : doctorText(rows));
  if (!isWell(rows)) process.exitCode = EXIT_CODES.failed;
}

/** Without a configuration only what needs none of it. */
export function checksFor(
  environment: Environment,
  nowMs: () => number = Date.now,
): readonly Check[] {
  const log = createLogger('silent');
  const reading = checkConfig(environment);
  const versions = versionChecks();
  if (reading.kind === 'config') {
    const { config } = reading;
    return [
      { area: 'Configuration', name: 'settings', run: async () => ok(describe(config)) },
      ...versions,
      ...storeChecks(config, log),
      ...slackChecks(config, log),
      ...awsChecks({
        config,
        clients: createAwsClients({ ...clientSettingsOf(config), attemptsMax: AWS_ATTEMPTS_MAX }),
        stsEndpoint: endpointOf(environment),
        nowMs,
      }),
      ...clockChecks(clocksOf(config, environment), nowMs),
    ];
  }
  const rest: Check['area'][] = ['Slack', 'AWS', 'Clock'];
  return [
    ...reading.problems.map(
      (problem): Check => ({
        area: 'Configuration',
        name: 'settings',
        run: async () => failed(problem, 'README.md, "Configuration", has all settings.'),
      }),
    ),
    ...versions,
    ...storeChecksWithout(environment, log),
    ...rest.map(
      (area): Check => ({
        area,
        name: 'everything',
        run: async () => notChecked('the configuration must be right first'),
      }),
    ),
  ];
}

/** The store's own settings may be right when others are not. */
function storeChecksWithout(
  environment: Environment,
  log: Parameters<typeof storeChecks>[1],
): readonly Check[] {
  try {
    return storeChecks(readStoreConfig(environment), log);
  } catch {
    return [];
  }
}

function describe({ slack, accounts, regions, redisUrl, port }: Config): string {
  const places = accounts.length === 0 ? 'its own account' : `${accounts.length} accounts`;
  const way = slack.connection.kind === 'socket' ? 'Socket Mode' : 'HTTP';
  const kept = redisUrl === null ? 'embedded store' : 'Redis';
  return `${way}, ${kept}, ${places} in ${regions.join(', ')}, ${port === null ? 'no port' : `port ${port}`}`;
}

function endpointOf(environment: Environment): string | null {
  return environment['AWS_ENDPOINT_URL_STS'] ?? environment['AWS_ENDPOINT_URL'] ?? null;
}

function clocksOf({ slack, regions: [region = ''] }: Config, environment: Environment) {
  const sts = endpointOf(environment) ?? `https://sts.${region}.${partitionOf(region).hostSuffix}/`;
  return [
    { name: 'Slack', url: `${slack.apiUrl}api.test` },
    { name: 'AWS', url: sts },
  ];
}
