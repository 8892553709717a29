import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Asker, AwsCallWatch, AwsTarget } from '../ports.ts';
import { createClientPool } from './client-pool.ts';
import { limitAnswers } from './limit-answers.ts';
import { createRoleCredentials, type RoleSettings, sessionNameOf } from './role-credentials.ts';
import { type CallWatcher, watchCalls } from './watch-calls.ts';

/** The bot's own credentials, Region profiles and `AWS_ENDPOINT_URL` are the SDK's own business. */
export interface AwsClientSettings {
  /** Instead of AWS, for all services; absent: as the SDK finds it in the environment. */
  readonly endpoint?: string;
  /** Tries of one call, the first included. */
  readonly attemptsMax?: number;
  readonly lookupTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  /** Of one answer; what is longer is given up. */
  readonly answerBytesMax?: number;
  /** Longer than SQS may hold an answer back. */
  readonly queueTimeoutMs?: number;
  /** By account: whom the bot becomes there. Any other account is that of its own credentials. */
  readonly roles?: ReadonlyMap<string, RoleSettings>;
  /** Where roles are assumed; absent: in the Region that is asked first. */
  readonly homeRegion?: string;
  readonly watch?: AwsCallWatch;
}

/** Where a call goes, and for whom: a role's session carries the name of who asks. */
export interface AwsPlace {
  readonly target: AwsTarget;
  readonly asker: Asker;
}

type WithClient<Client> = <T>(place: AwsPlace, call: (client: Client) => Promise<T>) => Promise<T>;

/** Each runs calls on the place's client; with expired credentials once more with fresh ones. */
export interface AwsClients {
  /** Event history, and CloudTrail Lake. */
  readonly withCloudTrail: WithClient<CloudTrailClient>;
  readonly withCloudWatch: WithClient<CloudWatchClient>;
  readonly withLogs: WithClient<CloudWatchLogsClient>;
  readonly withQueue: WithClient<SQSClient>;
  close(): void;
}

const DEFAULTS = {
  connectionTimeoutMs: 1_000,
  // LookupEvents has been seen to take 35 s in a busy Region: https://repost.aws/questions/QU_pkYincJQBytmgwCE_CczQ
  lookupTimeoutMs: 20_000,
  requestTimeoutMs: 8_000,
  queueTimeoutMs: 26_000,
  attemptsMax: 3,
  clientsMax: 100,
  // A question waits for its role before the first call: two tries of this, then the target is told.
  roleTimeoutMs: 5_000,
  roleAttemptsMax: 2,
  /** Accounts times people who asked lately. */
  sessionsMax: 200,
} as const;

export function createAwsClients(settings: AwsClientSettings = {}): AwsClients {
  const sessions = createSessions(settings);
  const requestTimeoutMs = settings.requestTimeoutMs ?? DEFAULTS.requestTimeoutMs;
  const lookupTimeoutMs = settings.lookupTimeoutMs ?? DEFAULTS.lookupTimeoutMs;
  const poolOf = <Client extends { destroy(): void }>(
    timeoutMs: number,
    create: (config: ClientConfig) => Client,
  ) =>
    createClientPool<AwsPlace, Client>({
      clientsMax: DEFAULTS.clientsMax,
      keyOf: (place) => `${sessions.keyOf(place)} ${place.target.region}`,
      create: (place) =>
        create({
          ...configOf(place.target.region, settings, timeoutMs),
          ...sessions.credentialsFor(place),
        }),
      onExpired: sessions.forget,
    });
  const watched = <Client extends { middlewareStack: { use(watcher: CallWatcher): void } }>(
    service: string,
    client: Client,
  ): Client => {
    const { watch: calls } = settings;
    client.middlewareStack.use(limitAnswers(settings.answerBytesMax));
    if (calls !== undefined) client.middlewareStack.use(watchCalls(service, calls));
    return client;
  };
  const trail = poolOf(lookupTimeoutMs, (config) =>
    watched('cloudtrail', new CloudTrailClient(config)),
  );
  const watch = poolOf(requestTimeoutMs, (config) =>
    watched('cloudwatch', new CloudWatchClient(config)),
  );
  const logs = poolOf(requestTimeoutMs, (config) =>
    watched('logs', new CloudWatchLogsClient(config)),
  );
  const queues = poolOf(
    settings.queueTimeoutMs ?? DEFAULTS.queueTimeoutMs,
    // Signed requests go to AWS or to the configured endpoint, never to where a queue's URL points.
    (config) => watched('sqs', new SQSClient({ ...config, useQueueUrlAsEndpoint: false })),
  );
  return {
    withCloudTrail: trail.use,
    withCloudWatch: watch.use,
    withLogs: logs.use,
    withQueue: queues.use,
    close() {
      for (const pool of [trail, watch, logs, queues]) pool.clear();
    },
  };
}

type Credentials = ReturnType<typeof createRoleCredentials>;
type ClientConfig = ReturnType<typeof configOf> & { readonly credentials?: Credentials };

/** Role sessions, one for each account and person, shared by all Regions and services. */
function createSessions(settings: AwsClientSettings) {
  const kept = new Map<string, Credentials>();
  const roleOf = ({ target }: AwsPlace) => settings.roles?.get(target.accountId ?? '') ?? null;
  const keyOf = (place: AwsPlace): string => {
    const account = place.target.accountId ?? 'own';
    return roleOf(place) === null ? account : `${account} ${sessionNameOf(place.asker)}`;
  };
  const create = (role: RoleSettings, { target, asker }: AwsPlace): Credentials => {
    const region = settings.homeRegion ?? target.region;
    const config = configOf(region, settings, settings.requestTimeoutMs ?? DEFAULTS.roleTimeoutMs);
    const maxAttempts = Math.min(config.maxAttempts, DEFAULTS.roleAttemptsMax);
    const { watch } = settings;
    return createRoleCredentials(role, sessionNameOf(asker), { ...config, maxAttempts }, watch);
  };
  return {
    keyOf,
    credentialsFor(place: AwsPlace): { readonly credentials?: Credentials } {
      const role = roleOf(place);
      if (role === null) return {};
      const key = keyOf(place);
      const credentials = kept.get(key) ?? create(role, place);
      kept.delete(key);
      kept.set(key, credentials);
      for (const oldest of kept.keys()) {
        if (kept.size <= DEFAULTS.sessionsMax) break;
        kept.delete(oldest);
      }
      return { credentials };
    },
    forget: (place: AwsPlace): void => void kept.delete(keyOf(place)),
  };
}

/** Adaptive retries would hide their time from the people who wait: standard ones, few. */
function configOf(region: string, settings: AwsClientSettings, timeoutMs: number) {
  return {
    region,
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    retryMode: 'standard',
    maxAttempts: settings.attemptsMax ?? DEFAULTS.attemptsMax,
    requestHandler: {
      connectionTimeout: DEFAULTS.connectionTimeoutMs,
      requestTimeout: timeoutMs,
      // Without this the SDK only warns, and a call to a silent server never ends.
      throwOnRequestTimeout: true,
      // Catches a body that stalls after its headers.
      socketTimeout: timeoutMs,
    },
  };
}
