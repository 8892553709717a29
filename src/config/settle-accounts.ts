import { partitionOf, withGlobalRegions } from '../domain/partition.ts';
import type { AccountSettings, ChannelSettings, EventStoreSettings } from '../ports.ts';
import type { ConfigFile, ConfigFileReading } from './read-config-file.ts';

/** A question goes to all of them at once: twenty accounts of ten Regions. */
const PLACES_MAX = 200;

export interface AccountsConfig {
  /** Empty: only the account of the bot's own credentials, whichever that is. */
  readonly accounts: readonly AccountSettings[];
  readonly channels: readonly ChannelSettings[];
  /** CloudWatch log groups that hold CloudTrail records. */
  readonly logs: readonly EventStoreSettings[];
  /** Event data stores of CloudTrail Lake. */
  readonly lake: readonly EventStoreSettings[];
}

export interface Settling extends ConfigFileReading {
  /** For accounts that name none. */
  readonly regions: readonly string[];
  readonly complain: (problem: string) => void;
}

/** Says all that contradicts itself, and ends with names replaced by ids and defaults filled in. */
export function settleAccounts(settling: Settling): AccountsConfig {
  const { file } = settling;
  checkAccounts(settling);
  checkChannels(settling);
  return {
    accounts: (file.accounts ?? []).map((row) => ({
      accountId: row.id,
      name: row.name,
      role: row.role === undefined ? null : { arn: row.role, externalId: row.externalId ?? null },
      regions: withGlobalRegions(row.regions ?? settling.regions),
    })),
    channels: (file.channels ?? []).map((row, index) => ({
      channelId: row.channel,
      accountIds: idsOf(settling, row.accounts, `channels.${index}.accounts`),
    })),
    logs: (file.logs ?? []).map((row, index) => ({
      ...settleStore(settling, row, `logs.${index}`),
      names: row.groups,
    })),
    lake: (file.lake ?? []).map((row, index) => ({
      ...settleStore(settling, row, `lake.${index}`),
      names: [row.store],
    })),
  };
}

type FileAccount = NonNullable<ConfigFile['accounts']>[number];
type FileStore = NonNullable<ConfigFile['logs' | 'lake']>[number];

function checkAccounts({ file, regions, complain }: Settling): void {
  const rows = file.accounts ?? [];
  for (const [index, row] of rows.entries()) checkRole(row, `accounts.${index}`, complain);
  for (const id of doubles(rows.map((row) => row.id))) complain(`accounts: ${id} is there twice`);
  for (const name of doubles(rows.map((row) => row.name.toLowerCase()))) {
    complain(`accounts: two are called ${name}: people could not tell them apart`);
  }
  const own = rows.filter(({ role }) => role === undefined).map(({ name }) => name);
  if (own.length > 1) {
    complain(
      `accounts: ${own.join(' and ')} have no role, but the bot's own credentials belong to one account only`,
    );
  }
  const placeCount = rows.reduce(
    (sum, row) => sum + withGlobalRegions(row.regions ?? regions).length,
    0,
  );
  if (placeCount > PLACES_MAX) {
    complain(
      `accounts: ${placeCount} accounts times Regions; at most ${PLACES_MAX} can be asked at once`,
    );
  }
  const partitions = new Set([
    ...[...regions, ...rows.flatMap((row) => row.regions ?? [])].map(
      (name) => partitionOf(name).id,
    ),
    ...rows.flatMap(({ role }) => role?.split(':')[1] ?? []),
  ]);
  if (partitions.size > 1) {
    complain(
      `accounts: Regions and roles are of ${[...partitions].join(' and ')}, and credentials of one do not work in the other: run a bot in each`,
    );
  }
}

function checkRole(row: FileAccount, place: string, complain: Settling['complain']): void {
  const accountOfRole = row.role?.split(':')[4];
  if (accountOfRole !== undefined && accountOfRole !== row.id) {
    complain(`${place}.role is a role of account ${accountOfRole}, not of ${row.id}`);
  }
  if (row.externalId !== undefined && row.role === undefined) {
    complain(`${place}.externalId goes with a role, and there is none`);
  }
}

function checkChannels({ file, complain }: Settling): void {
  const ids = (file.channels ?? []).map(({ channel }) => channel);
  for (const id of doubles(ids)) complain(`channels: ${id} is there twice`);
}

function settleStore(settling: Settling, row: FileStore, place: string) {
  const own = settling.file.accounts?.find(({ role }) => role === undefined)?.id ?? null;
  if (row.account === undefined && own === null && (settling.file.accounts ?? []).length > 0) {
    settling.complain(
      `${place}: say in which account it is, as in "account: NAME", because every account listed has a role`,
    );
  }
  const home =
    row.account === undefined
      ? own
      : (idsOf(settling, [row.account], `${place}.account`)[0] ?? null);
  return {
    home: { accountId: home, region: row.region },
    accountIds: row.accounts ? idsOf(settling, row.accounts, `${place}.accounts`) : null,
    regions: row.regions ?? null,
    holds: row.holds ?? (['management'] as const),
  };
}

export function idsOf(
  { file, unreadable, complain }: Settling,
  references: readonly string[],
  place: string,
): readonly string[] {
  // What is wrong with the accounts is said already; every name would be unknown now.
  if (unreadable.includes('accounts')) return [];
  const ids = references.flatMap((reference) => {
    const wanted = reference.toLowerCase();
    const found = file.accounts?.find(
      ({ id, name }) => id === wanted || name.toLowerCase() === wanted,
    );
    if (found === undefined) complain(`${place}: ${reference} is not among the accounts`);
    return found === undefined ? [] : [found.id];
  });
  return [...new Set(ids)];
}

function doubles(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
