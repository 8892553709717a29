import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { settleAccess } from './config/access-schema.ts';
import { apiUrl, SLACK_API_URL } from './config/api-url.ts';
import { settleApproval } from './config/approval-schema.ts';
import { BIND_HOST, bindHost } from './config/bind-host.ts';
import { chooseRegions } from './config/choose-regions.ts';
import { markCredentials } from './config/credentials-mark.ts';
import { settleNudges } from './config/nudges-schema.ts';
import { settlePlaybooksFolder } from './config/playbooks-folder.ts';
import { readConfigFile, regionName } from './config/read-config-file.ts';
import { checkRedis, redisUrl } from './config/redis-url.ts';
import { report } from './config/report-problems.ts';
import { type Retention, settleRetention } from './config/retention-schema.ts';
import { type AccountsConfig, settleAccounts } from './config/settle-accounts.ts';
import { type AlarmsConfig, settleAlarms } from './config/settle-alarms.ts';
import { settleWebhooks, type WebhooksConfig } from './config/webhooks-schema.ts';
import type { AccessPolicy } from './domain/access/decide-access.ts';
import type { ApprovalPolicy } from './domain/incident/approval.ts';
import type { NudgeSettings } from './domain/incident/nudging.ts';
import { partitionOf, withGlobalRegions } from './domain/partition.ts';
import { AppError } from './errors.ts';

/** Where Slack is reached: an outgoing socket (default) or HTTP requests from Slack. */
export type SlackConnection =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string };

export interface Config extends AccountsConfig {
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    readonly connection: SlackConnection;
  };
  /** The team's own playbooks; null: only those that are shipped. */
  readonly playbooksFolder: string | null;
  /** Null: alarms open nothing here. */
  readonly alarms: AlarmsConfig | null;
  /** One server, sentinels or a Cluster. */
  readonly redisUrl: string | null;
  /** Null: the sentinels ask for none. */
  readonly redisSentinelPassword: string | null;
  /** How many replicas must have what people do before they are told that it is recorded. */
  readonly redisReplicas: number;
  readonly dataDirectory: string;
  /** Regions to look in; the partition's Region for global services is always among them. */
  readonly regions: readonly string[];
  /** The AWS console of the partition that the Regions are in; links on cards go there. */
  readonly consoleUrl: string;
  /** Another one when the bot asks AWS as somebody else, or asks another AWS. */
  readonly credentialsMark: string;
  readonly port: number | null;
  readonly bindHost: string;
  readonly logLevel: string;
  /** How long the alarms must stay OK after a fix. */
  readonly watchMs: number;
  /** When people are reminded of an incident in which nobody does anything. */
  readonly nudges: NudgeSettings;
  /** Whether what the whole channel has to know is shown there, and not only in the thread. */
  readonly broadcasts: boolean;
  readonly approval: ApprovalPolicy;
  /** Where the bot works, and for whom. */
  readonly access: AccessPolicy;
  /** How long incidents and the audit log are kept. */
  readonly retention: Retention;
  /** Null: nobody outside hears of incidents. */
  readonly webhooks: WebhooksConfig | null;
}

const DATA_DIRECTORY = './data';
/** Longer than most alarms take to go off again. */
const WATCH_MINUTES = 15;

const environmentSchema = z.object({
  SLACK_BOT_TOKEN: z
    .string({ error: 'is missing: the bot token from "OAuth & Permissions", xoxb-…' })
    .regex(/^xoxb-/, 'must start with xoxb- (the bot token, not the app or user token)'),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'must start with xapp- (an app-level token with connections:write)')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'is too short to be a signing secret').optional(),
  ALARM_SIGNING_SECRET: z.string().min(16, 'is too short to be a signing secret').optional(),
  WEBHOOK_SIGNING_SECRET: z.string().min(16, 'is too short to be a signing secret').optional(),
  SLACK_API_URL: apiUrl,
  REDIS_URL: redisUrl.optional(),
  REDIS_SENTINEL_PASSWORD: z.string().min(1).optional(),
  REDIS_REPLICAS: z.coerce
    .number({ error: 'is not a number of replicas' })
    .int('is not a whole number of replicas')
    .min(0, 'is not a number of replicas')
    .max(5, 'is more than the 5 that are known to be enough')
    .optional(),
  REDTHREAD_DATA: z.string().min(1).optional(),
  REDTHREAD_CONFIG: z.string().min(1).optional(),
  AWS_REGION: regionName.optional(),
  AWS_DEFAULT_REGION: regionName.optional(),
  PORT: z.coerce.number({ error: 'is not a port number' }).int().min(0).max(65_535).optional(),
  BIND_HOST: bindHost,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
});

type Values = Partial<z.infer<typeof environmentSchema>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks everything at once.
 * @throws AppError `configuration-invalid` whose message lists every problem and what to do.
 */
export function readConfig(environment: Environment): Config {
  const reading = checkConfig(environment);
  if (reading.kind === 'config') return reading.config;
  throw new AppError('configuration-invalid', report(reading.problems));
}

export type ConfigReading =
  | { readonly kind: 'config'; readonly config: Config }
  /** Each a sentence about what is wrong and what to do. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

export function checkConfig(environment: Environment): ConfigReading {
  const problems: string[] = [];
  const values = readValues(environment, environmentSchema, problems);
  checkRedis(values, problems);
  const connection = chooseConnection(values, problems);
  const places = readPlaces(values, problems);
  const botToken = values.SLACK_BOT_TOKEN;
  if (problems.length > 0 || connection === null || places === null || botToken === undefined) {
    return { kind: 'problems', problems };
  }
  const config: Config = {
    slack: { botToken, apiUrl: values.SLACK_API_URL ?? SLACK_API_URL, connection },
    ...storeSettings(values),
    ...places,
    credentialsMark: markCredentials(environment),
    port: values.PORT ?? null,
    bindHost: values.BIND_HOST ?? BIND_HOST,
  };
  return { kind: 'config', config };
}

/** Only what `export` and other commands without Slack need. */
export function readStoreConfig(environment: Environment): StoreSettings {
  const problems: string[] = [];
  const schema = environmentSchema.pick({
    REDIS_URL: true,
    REDIS_SENTINEL_PASSWORD: true,
    REDIS_REPLICAS: true,
    REDTHREAD_DATA: true,
    LOG_LEVEL: true,
  });
  const values = readValues(environment, schema, problems);
  checkRedis(values, problems);
  if (problems.length > 0) throw new AppError('configuration-invalid', report(problems));
  return storeSettings(values);
}

export type StoreSettings = Pick<
  Config,
  'redisUrl' | 'redisSentinelPassword' | 'redisReplicas' | 'dataDirectory' | 'logLevel'
>;

function storeSettings(values: Values): StoreSettings {
  return {
    redisUrl: values.REDIS_URL ?? null,
    redisSentinelPassword: values.REDIS_SENTINEL_PASSWORD ?? null,
    redisReplicas: values.REDIS_REPLICAS ?? 0,
    dataDirectory: values.REDTHREAD_DATA ?? DATA_DIRECTORY,
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}

/** Each setting by itself, so that one bad one does not hide the others. Bad ones are left out. */
function readValues(environment: Environment, schema: z.ZodObject, problems: string[]): Values {
  const texts = readSecretFiles(environment, problems);
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const parsed = z.safeParse(field, texts[name]);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(...parsed.error.issues.map((issue) => `${name} ${issue.message}`));
  }
  return values;
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

function chooseConnection(values: Values, problems: string[]): SlackConnection | null {
  if (values.SLACK_APP_TOKEN !== undefined) {
    return { kind: 'socket', appToken: values.SLACK_APP_TOKEN };
  }
  if (values.SLACK_SIGNING_SECRET !== undefined) {
    return { kind: 'http', signingSecret: values.SLACK_SIGNING_SECRET };
  }
  if (problems.some((problem) => /^SLACK_(APP_TOKEN|SIGNING_SECRET)/.test(problem))) return null;
  problems.push(
    'SLACK_APP_TOKEN is missing: an app-level token xapp-… for Socket Mode (or set SLACK_SIGNING_SECRET to receive HTTP requests instead)',
  );
  return null;
}

type Places = AccountsConfig &
  Pick<
    Config,
    | 'alarms'
    | 'regions'
    | 'consoleUrl'
    | 'playbooksFolder'
    | 'watchMs'
    | 'nudges'
    | 'broadcasts'
    | 'approval'
    | 'access'
    | 'retention'
    | 'webhooks'
  >;

/** Where to look: the file's lists, or the SDK's own Region when there is none. */
function readPlaces(values: Values, problems: string[]): Places | null {
  const path = values.REDTHREAD_CONFIG;
  const reading =
    path === undefined ? { file: {}, unreadable: [] } : readConfigFile(path, problems);
  const regions = chooseRegions(values.AWS_REGION ?? values.AWS_DEFAULT_REGION, reading, problems);
  const complain = (problem: string) =>
    problems.push(path === undefined ? problem : `${path}: ${problem}`);
  const accounts = settleAccounts({ ...reading, regions, complain });
  const playbooksFolder = settlePlaybooksFolder(path, reading.file, problems);
  const alarms = settleAlarms({
    ...reading,
    regions,
    complain,
    signingSecret: values.ALARM_SIGNING_SECRET ?? null,
    listens: values.PORT !== undefined || values.SLACK_APP_TOKEN === undefined,
  });
  const webhooks = settleWebhooks({
    section: reading.file.webhooks,
    signingSecret: values.WEBHOOK_SIGNING_SECRET ?? null,
    isSaid:
      reading.unreadable.includes('webhooks') ||
      problems.some((problem) => problem.startsWith('WEBHOOK_SIGNING_SECRET')),
    complain,
  });
  const [home] = regions;
  if (home === undefined) return null;
  return {
    ...accounts,
    alarms,
    webhooks,
    playbooksFolder,
    nudges: settleNudges(reading.file.nudges),
    broadcasts: reading.file.broadcast !== 'off' && reading.file.broadcast !== false,
    approval: settleApproval(reading.file.approval),
    retention: settleRetention(reading.file.retention),
    access: settleAccess(reading.file.access, channelsOf(alarms), complain),
    watchMs: (reading.file.watch?.minutes ?? WATCH_MINUTES) * 60_000,
    regions: withGlobalRegions(regions),
    consoleUrl: partitionOf(home).consoleUrl,
  };
}

/** Where alarms open incidents. */
function channelsOf(alarms: AlarmsConfig | null): readonly string[] {
  const routes =
    alarms === null ? [] : [...alarms.rules.map(({ route }) => route), alarms.fallback];
  return routes.flatMap((route) => (route?.kind === 'open' ? [route.channelId] : []));
}
