import type { AwsClientSettings } from './aws/clients.ts';
import type { Config } from './config.ts';

/** Accounts without a role are asked with the bot's own credentials. */
export function clientSettingsOf({ accounts, regions: [homeRegion] }: Config): AwsClientSettings {
  const roles = new Map(
    accounts.flatMap(({ accountId, role }) => (role === null ? [] : [[accountId, role] as const])),
  );
  return { roles, ...(homeRegion !== undefined && { homeRegion }) };
}
