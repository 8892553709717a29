import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** Where Slack is reached: an outgoing socket (default) or HTTP requests from Slack. */
export type SlackConnection =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string };

export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    readonly connection: SlackConnection;
  };
  readonly redisUrl: string | null;
  readonly dataDirectory: string;
  /** Regions to look in; us-east-1 is always among them, because global services log there. */
  readonly regions: readonly string[];
  readonly port: number | null;
  readonly logLevel: string;
}

export const SLACK_API_URL = 'https://slack.com/api/';
const GLOBAL_SERVICES_REGION = 'us-east-1';
const REGIONS_MAX = 10;

const regionName = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not a Region name like eu-west-1');

/** The YAML file at REDTHREAD_CONFIG: what is a list or a tree. */
const configFile = z.strictObject({
  regions: z.array(regionName).min(1).max(REGIONS_MAX).optional(),
});

const loopback = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;
const apiUrl = z
  .string()
  .refine((url) => url === SLACK_API_URL || loopback.test(url), {
    error: 'must be absent (Slack itself) or a loopback address of a local workspace',
  })
  .default(SLACK_API_URL);
const environmentSchema = z.object({
  SLACK_BOT_TOKEN: z
    .string({ error: 'is missing: the bot token from "OAuth & Permissions", xoxb-…' })
    .regex(/^xoxb-/, 'must start with xoxb- (the bot token, not the app or user token)'),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'must start with xapp- (an app-level token with connections:write)')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'is too short to be a signing secret').optional(),
  SLACK_API_URL: apiUrl,
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')
    .optional(),
  REDTHREAD_DATA: z.string().min(1).default('./data'),
  REDTHREAD_CONFIG: z.string().min(1).optional(),
  AWS_REGION: regionName.optional(),
  AWS_DEFAULT_REGION: regionName.optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks everything at once.
 * @throws AppError `configuration-invalid` whose message lists every problem and what to do.
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const withFiles = readSecretFiles(environment, problems);
  const parsed = environmentSchema.safeParse(withFiles);
  if (!parsed.success) problems.push(...parsed.error.issues.map(problemOf));
  const values = parsed.data;
  const connection = values === undefined ? null : chooseConnection(values, problems);
  const regions = values === undefined ? null : chooseRegions(values, problems);
  if (problems.length > 0 || values === undefined || connection === null || regions === null) {
    throw new AppError('configuration-invalid', report(problems));
  }
  return {
    slack: { botToken: values.SLACK_BOT_TOKEN, apiUrl: values.SLACK_API_URL, connection },
    redisUrl: values.REDIS_URL ?? null,
    dataDirectory: values.REDTHREAD_DATA,
    regions,
    port: values.PORT ?? null,
    logLevel: values.LOG_LEVEL,
  };
}

/** Only what `export` and other commands without Slack need. */
export function readStoreConfig(
  environment: Environment,
): Pick<Config, 'redisUrl' | 'dataDirectory' | 'logLevel'> {
  const problems: string[] = [];
  const schema = environmentSchema.pick({ REDIS_URL: true, REDTHREAD_DATA: true, LOG_LEVEL: true });
  const parsed = schema.safeParse(readSecretFiles(environment, problems));
  if (!parsed.success) problems.push(...parsed.error.issues.map(problemOf));
  if (problems.length > 0 || parsed.data === undefined) {
    throw new AppError('configuration-invalid', report(problems));
  }
  const { REDIS_URL, REDTHREAD_DATA, LOG_LEVEL } = parsed.data;
  return { redisUrl: REDIS_URL ?? null, dataDirectory: REDTHREAD_DATA, logLevel: LOG_LEVEL };
}

/** `NAME_FILE` names a file that holds the value of NAME, as secret managers mount them. */
function readSecretFiles(environment: Environment, problems: string[]): Environment {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(environmentSchema.shape)) {
    const plain = environment[name];
    const file = environment[`${name}_FILE`];
    values[name] = plain === '' ? undefined : plain;
    if (file === undefined || file === '') continue;
    if (values[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      problems.push(`${name}_FILE cannot be read: ${String((error as Error).message)}`);
    }
  }
  return values;
}

function chooseConnection(
  values: z.infer<typeof environmentSchema>,
  problems: string[],
): SlackConnection | null {
  if (values.SLACK_APP_TOKEN !== undefined) {
    return { kind: 'socket', appToken: values.SLACK_APP_TOKEN };
  }
  if (values.SLACK_SIGNING_SECRET !== undefined) {
    return { kind: 'http', signingSecret: values.SLACK_SIGNING_SECRET };
  }
  problems.push(
    'SLACK_APP_TOKEN is missing: an app-level token xapp-… for Socket Mode (or set SLACK_SIGNING_SECRET to receive HTTP requests instead)',
  );
  return null;
}

function chooseRegions(
  values: z.infer<typeof environmentSchema>,
  problems: string[],
): readonly string[] | null {
  const own = values.AWS_REGION ?? values.AWS_DEFAULT_REGION;
  const listed =
    values.REDTHREAD_CONFIG === undefined
      ? undefined
      : readRegions(values.REDTHREAD_CONFIG, problems);
  const chosen = listed ?? (own === undefined ? [] : [own]);
  if (chosen.length === 0) {
    problems.push(
      'AWS_REGION is missing: the Region your systems run in, for example eu-west-1 (or list several under "regions" in the file REDTHREAD_CONFIG names)',
    );
    return null;
  }
  return [...new Set([...chosen, GLOBAL_SERVICES_REGION])];
}

function readRegions(path: string, problems: string[]): readonly string[] | undefined {
  try {
    const parsed = configFile.safeParse(parseYaml(readFileSync(path, 'utf8')) ?? {});
    if (parsed.success) return parsed.data.regions;
    problems.push(...parsed.error.issues.map((issue) => `${path}: ${problemOf(issue)}`));
  } catch (error) {
    problems.push(`REDTHREAD_CONFIG ${path} cannot be read: ${String((error as Error).message)}`);
  }
  return undefined;
}

function problemOf(issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  return `${issue.path.map(String).join('.')} ${issue.message}`;
}

function report(problems: readonly string[]): string {
  const lines = problems.map((problem) => `  - ${problem}`);
  return [
    `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
    ...lines,
  ].join('\n');
}
