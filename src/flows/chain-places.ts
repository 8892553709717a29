import { globalRegionOf } from '../domain/partition.ts';
import type { MintSearch } from '../domain/trail/chain-searches.ts';
import type { AwsTarget } from '../ports.ts';

/** Where the sign-in page of the whole partition records; Regions have sign-in pages of their own. */
const SIGN_IN_REGIONS = ['us-east-1', 'us-east-2', 'eu-north-1', 'ap-southeast-2'] as const;

/**
 * Where to look for what a chain seeks: the likely Regions first, then side by side those of the
 * account that are left. Empty when nothing of that account may be asked.
 */
export function placesOf(
  targets: readonly AwsTarget[],
  search: MintSearch,
): readonly (readonly AwsTarget[])[] {
  const reachable = reachableTargets(targets, search);
  const [first] = reachable;
  if (first === undefined) return [];
  const stages = regionsOf(
    search,
    reachable.map(({ region }) => region),
  );
  return stages
    .filter((regions) => regions.length > 0)
    .map((regions) => regions.map((region) => ({ ...first, region })));
}

function regionsOf({ how, region }: MintSearch, own: readonly string[]) {
  const globalRegion = globalRegionOf(region);
  const likely = [...new Set([region, globalRegion])];
  const others = [...new Set(own)].filter((name) => !likely.includes(name));
  switch (how) {
    case 'key':
    case 'shared-id':
      // Nearly always the caller's own Region: one call then.
      return [[region], likely.slice(1), others];
    case 'session':
      // Whether a name stands for one session alone shows only in both.
      return [likely, others];
    case 'sign-in':
    case 'switch':
      // Regions have limits of their own, so that asking all of them takes no longer than one.
      return [globalRegion === 'us-east-1' ? [...new Set([...SIGN_IN_REGIONS, region])] : likely];
  }
}

/** Null is the account of the bot's own credentials: nothing of another account is there. */
function reachableTargets(
  targets: readonly AwsTarget[],
  { accountId, recordedIn }: MintSearch,
): readonly AwsTarget[] {
  const of = (id: string | null) => targets.filter((target) => target.accountId === id);
  const named = of(accountId);
  return named.length === 0 && accountId === recordedIn ? of(null) : named;
}
