import type { Principal, TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { resolveChain } from '../../src/flows/resolve-chain.ts';
import type { ActivityRequest, AwsTarget, MintMemory } from '../../src/ports.ts';
import { createKeptLog } from './kept-log.ts';
import { createMemoryActivity, type MemoryActivityOptions } from './memory-activity.ts';
import { aPrincipal, aRecord } from './trail-record.ts';

export const HOME = '111122223333';
export const OTHER = '444455556666';
export const home: AwsTarget = { accountId: HOME, region: 'eu-west-1' };
export const atMs = Date.parse('2026-03-10T10:00:00Z');
export const startedAtMs = atMs - 600_000;
export const minutesBefore = (minutes: number): number => atMs - minutes * 60_000;
export const asker = { userId: 'U0ANA', urgency: 'waiting' } as const;

/** A role session whose name says nothing. */
export const session = (role: string, name: string): Principal =>
  aPrincipal({
    label: untrusted(`${role}/${name}`),
    kind: 'unknown',
    confidence: 'low',
    reason: 'a role session whose name does not say who is behind it',
    roleName: untrusted(role),
    sessionName: untrusted(name),
  });

export const user = (name: string, changes: Partial<Principal> = {}): Principal =>
  aPrincipal({
    label: untrusted(name),
    reason: 'an IAM user',
    userName: untrusted(name),
    roleName: null,
    sessionName: null,
    ...changes,
  });

/** A caller whom only another account's trail names. */
export const outsider = (accountId = OTHER, id = 'AIDAEXAMPLEEXAMPLE01'): Principal =>
  aPrincipal({
    label: untrusted(`another account (${accountId}): ${id}`),
    kind: 'unknown',
    confidence: 'low',
    accountId,
    roleName: null,
    sessionName: null,
  });

/** A call that issued `key`, ten minutes before it was used. */
export const mint = (
  key: string | null,
  principal: Principal,
  changes: Partial<TrailRecord> & { readonly named?: readonly string[] } = {},
): TrailRecord =>
  aRecord({
    eventId: `mint-${key}`,
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    atMs: startedAtMs,
    accessKeyId: null,
    mintedAccessKeyId: key,
    principal,
    named: [],
    ...changes,
  });

/** The call in question, by the role session writer/job-7. */
export const used = (key: string | null, changes: Partial<TrailRecord> = {}): TrailRecord =>
  aRecord({
    accessKeyId: key,
    atMs,
    principal: session('writer', 'job-7'),
    sessionStartedAtMs: startedAtMs,
    ...changes,
  });

export interface FollowOptions extends Omit<MemoryActivityOptions, 'records'> {
  readonly targets?: readonly AwsTarget[];
  readonly accountNames?: ReadonlyMap<string, string>;
  readonly mints?: MintMemory;
  readonly signal?: AbortSignal;
}

/** Follows a call among records of several accounts, each seen only by whoever asks that account. */
export async function follow(
  record: TrailRecord,
  records: readonly TrailRecord[],
  { targets = [home], signal, ...options }: FollowOptions = {},
) {
  const { activity, requests } = createAccounts(records, options);
  const deps = { ...options, activity, targets, asker, log: createKeptLog() };
  const chain = await resolveChain(deps, record, signal ?? new AbortController().signal);
  return { chain, requests, labels: chain.links.map(({ label }) => label) };
}

/** Event history of several accounts. */
export function createAccounts(
  records: readonly TrailRecord[],
  options: Omit<MemoryActivityOptions, 'records'> = {},
) {
  const byAccount = Map.groupBy(records, ({ accountId }) => accountId);
  const none = createMemoryActivity({ ...options, records: [] });
  const accounts = new Map(
    [...byAccount].map(([id, own]) => [id, createMemoryActivity({ ...options, records: own })]),
  );
  const requests: ActivityRequest[] = [];
  const activity: Omit<typeof none, 'requests'> = {
    ...none,
    readPages(request, signal) {
      requests.push(request);
      const account = accounts.get(request.target.accountId ?? HOME) ?? none;
      return account.readPages(request, signal);
    },
  };
  return { activity, requests };
}
