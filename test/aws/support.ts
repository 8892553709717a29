import { afterEach } from 'vitest';
import { type AwsClientSettings, createAwsClients } from '../../src/aws/clients.ts';
import { createActivitySource } from '../../src/aws/cloudtrail/activity-source.ts';
import type {
  ActivityEnd,
  ActivityPage,
  ActivityRequest,
  ActivitySource,
  Asker,
  Store,
} from '../../src/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../support/kept-log.ts';

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The key of AWS's documentation, which the replay knows. */
const EXAMPLE_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';

/** The SDK finds its credentials where it always does; tests put the example key there. */
export function setExampleCredentials(): void {
  process.env['AWS_ACCESS_KEY_ID'] = EXAMPLE_KEY_ID;
  process.env['AWS_SECRET_ACCESS_KEY'] = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY';
  delete process.env['AWS_SESSION_TOKEN'];
  delete process.env['AWS_PROFILE'];
}

export async function aStore(): Promise<Store> {
  const store = await openSqliteStore({ path: ':memory:', log: createKeptLog() });
  cleanups.push(() => store.close());
  return store;
}

export interface AwsSide {
  readonly clients: ReturnType<typeof createAwsClients>;
  readonly activity: ActivitySource;
  readonly store: Store;
}

export async function anAwsSide(settings: AwsClientSettings): Promise<AwsSide> {
  setExampleCredentials();
  const store = await aStore();
  const log = createKeptLog();
  const clients = createAwsClients(settings);
  cleanups.push(() => clients.close());
  return { clients, store, activity: createActivitySource({ clients, store, log }) };
}

export async function readAll(
  pages: AsyncGenerator<ActivityPage, ActivityEnd>,
): Promise<{ readonly pages: readonly ActivityPage[]; readonly end: ActivityEnd }> {
  const seen: ActivityPage[] = [];
  for (;;) {
    const step = await pages.next();
    if (step.done) return { pages: seen, end: step.value };
    seen.push(step.value);
  }
}

/** A person who waits. */
export const asker: Asker = { userId: 'U0ANA', urgency: 'waiting' };

export function aRequest(changes: Partial<ActivityRequest> = {}): ActivityRequest {
  return {
    asker,
    target: { accountId: null, region: 'eu-west-1' },
    fromMs: Date.parse('2026-10-14T09:56:00Z'),
    toMs: Date.parse('2026-10-14T10:56:00Z'),
    attribute: null,
    recordsMax: 500,
    ...changes,
  };
}

export const neverAborted = (): AbortSignal => new AbortController().signal;
