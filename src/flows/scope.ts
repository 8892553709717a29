import type { AccountSettings, AwsTarget, ChannelSettings, TrailScope } from '../ports.ts';

/** What of AWS this installation looks at. */
export interface Installation {
  /** Where to look when no accounts are listed. */
  readonly regions: readonly string[];
  /** Empty: only the account of the bot's own credentials. */
  readonly accounts: readonly AccountSettings[];
  readonly channels: readonly ChannelSettings[];
}

/** What may be asked about from a channel; from one that is not listed, everything. */
export function scopeOfChannel(installation: Installation, channelId: string): TrailScope {
  const { accounts, channels, regions } = installation;
  const allowed = channels.find((row) => row.channelId === channelId)?.accountIds;
  const asked = accounts.filter(({ accountId }) => allowed?.includes(accountId) ?? true);
  return {
    targets: accounts.length === 0 ? targetsOf(null, regions) : asked.flatMap(targetsOfAccount),
    accountNames: new Map(accounts.map(({ accountId, name }) => [accountId, name])),
  };
}

/** Where something was found, as it is asked; the bot's own account has no number in its configuration. */
export function targetOfPlace(
  { targets }: TrailScope,
  place: { readonly accountId: string | null; readonly region: string },
): AwsTarget | null {
  const inRegion = targets.filter(({ region }) => region === place.region);
  return (
    inRegion.find(({ accountId }) => accountId === place.accountId) ??
    inRegion.find(({ accountId }) => accountId === null) ??
    null
  );
}

function targetsOfAccount({ accountId, regions }: AccountSettings): readonly AwsTarget[] {
  return targetsOf(accountId, regions);
}

function targetsOf(accountId: string | null, regions: readonly string[]): readonly AwsTarget[] {
  return regions.map((region) => ({ accountId, region }));
}
