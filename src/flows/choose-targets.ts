import { globalRegionOf } from '../domain/partition.ts';
import { type TrailQuery, valuesOf } from '../domain/trail/query/query.ts';
import type { AwsTarget } from '../ports.ts';

/**
 * The accounts and Regions a question is put to: those of the installation and their partition's
 * global Region, or only the Regions that were named. Empty when the named account is another.
 */
export function chooseTargets(
  targets: readonly AwsTarget[],
  query: TrailQuery,
): readonly AwsTarget[] {
  const accounts = valuesOf(query, 'account');
  const regions = valuesOf(query, 'region').map((region) => region.toLowerCase());
  const chosen = targets
    .filter(({ accountId }) => accounts.length === 0 || isAmong(accountId, accounts))
    .flatMap((target) =>
      (regions.length > 0 ? regions : [target.region, globalRegionOf(target.region)]).map(
        (region): AwsTarget => ({ ...target, region }),
      ),
    );
  const unique = new Map(chosen.map((target) => [`${target.accountId} ${target.region}`, target]));
  return [...unique.values()];
}

/** Null is the account of the bot's own credentials: only asking shows which one that is. */
function isAmong(accountId: string | null, accounts: readonly string[]): boolean {
  return accountId === null || accounts.includes(accountId);
}
