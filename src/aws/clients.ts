import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { AwsTarget } from '../ports.ts';
import { isExpiredCredentials } from './answer-trouble.ts';

/** Credentials, Region profiles and `AWS_ENDPOINT_URL` are the SDK's own business. */
export interface AwsClientSettings {
  /** Instead of AWS, for all services; absent: as the SDK finds it in the environment. */
  readonly endpoint?: string;
  /** Tries of one call, the first included. */
  readonly attemptsMax?: number;
  readonly lookupTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
}

export interface AwsClients {
  /** Runs calls on the target's client; with expired credentials once more on a fresh one. */
  withCloudTrail<T>(target: AwsTarget, call: (client: CloudTrailClient) => Promise<T>): Promise<T>;
  withCloudWatch<T>(target: AwsTarget, call: (client: CloudWatchClient) => Promise<T>): Promise<T>;
  close(): void;
}

const DEFAULTS = {
  connectionTimeoutMs: 1_000,
  // LookupEvents has been seen to take 35 s in a busy Region: https://repost.aws/questions/QU_pkYincJQBytmgwCE_CczQ
  lookupTimeoutMs: 20_000,
  requestTimeoutMs: 8_000,
  attemptsMax: 3,
  clientsMax: 50,
} as const;

export function createAwsClients(settings: AwsClientSettings = {}): AwsClients {
  const trail = createPool(
    (region) =>
      new CloudTrailClient(
        configOf(region, settings, settings.lookupTimeoutMs ?? DEFAULTS.lookupTimeoutMs),
      ),
  );
  const watch = createPool(
    (region) =>
      new CloudWatchClient(
        configOf(region, settings, settings.requestTimeoutMs ?? DEFAULTS.requestTimeoutMs),
      ),
  );
  return {
    withCloudTrail: trail.use,
    withCloudWatch: watch.use,
    close() {
      trail.clear();
      watch.clear();
    },
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

interface Destroyable {
  destroy(): void;
}

/** One client per account and Region: sockets and credentials are shared by all calls to it. */
function createPool<Client extends Destroyable>(create: (region: string) => Client) {
  const clients = new Map<string, Client>();
  const take = (target: AwsTarget): Client => {
    const key = `${target.accountId ?? 'own'} ${target.region}`;
    const client = clients.get(key) ?? create(target.region);
    clients.delete(key);
    clients.set(key, client);
    for (const [oldest, unused] of clients) {
      if (clients.size <= DEFAULTS.clientsMax) break;
      clients.delete(oldest);
      unused.destroy();
    }
    return client;
  };
  const drop = (client: Client): void => {
    for (const [key, kept] of clients) if (kept === client) clients.delete(key);
    client.destroy();
  };
  return {
    async use<T>(target: AwsTarget, call: (client: Client) => Promise<T>): Promise<T> {
      const client = take(target);
      try {
        return await call(client);
      } catch (error) {
        // The SDK does not look for new credentials when AWS says that these have expired.
        if (!isExpiredCredentials(error)) throw error;
        drop(client);
        return await call(take(target));
      }
    },
    clear() {
      for (const client of clients.values()) client.destroy();
      clients.clear();
    },
  };
}
