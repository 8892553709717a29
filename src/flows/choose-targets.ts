import { globalRegionOf } from '../domain/partition.ts';
import { fullSource } from '../domain/trail/query/matches-query.ts';
import { type TrailQuery, valuesOf } from '../domain/trail/query/query.ts';
import type { AccountNames } from '../domain/trail/query/read-thing.ts';
import type { AwsTarget, TrailScope } from '../ports.ts';

const NAMES_SHOWN_MAX = 10;

export type TargetChoice =
  | { readonly kind: 'targets'; readonly targets: readonly AwsTarget[] }
  /** For the person who asked; `account` is how the question names it. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly account: string };

/**
 * The accounts and Regions a question is put to: those of the scope and their partition's global
 * Region, or only those that were named. A Region may be any; an account must be in the scope.
 */
export function chooseTargets(scope: TrailScope, query: TrailQuery): TargetChoice {
  const { conditions } = query;
  const accounts = conditions.filter(({ key }) => key === 'account');
  const refused = accounts.map(({ value }) => refusalOf(scope, value)).find((row) => row !== null);
  if (refused) return refused;
  const named = valuesOf(query, 'account');
  const excluded = accounts.filter(({ negated }) => negated).map(({ value }) => value);
  const regions = valuesOf(query, 'region').map((region) => region.toLowerCase());
  const targets = scope.targets
    .filter(({ accountId }) => named.length === 0 || isAmong(accountId, named))
    .filter(({ accountId }) => accountId === null || !excluded.includes(accountId))
    // Which account the bot's own credentials are for is found out by asking: it has to be this one.
    .map((target) => (named.length === 1 ? { ...target, accountId: named[0] ?? null } : target))
    .flatMap((target) =>
      (regions.length > 0 ? regions : regionsFor(query, target.region)).map(
        (region): AwsTarget => ({ ...target, region }),
      ),
    );
  const unique = new Map(targets.map((target) => [`${target.accountId} ${target.region}`, target]));
  if (unique.size > 0) return { kind: 'targets', targets: [...unique.values()] };
  const sentence = 'No account is left to look in.';
  return { kind: 'refused', sentence, account: named[0] ?? excluded[0] ?? '' };
}

/** Services whose calls are recorded in the partition's global Region and nowhere else. */
const GLOBAL_SERVICES: readonly string[] = ['iam', 'organizations', 'route53', 'cloudfront'].map(
  (service) => `${service}.amazonaws.com`,
);

function regionsFor(query: TrailQuery, region: string): readonly string[] {
  const sources = valuesOf(query, 'source').map((source) => fullSource(source).toLowerCase());
  const isGlobal =
    sources.length > 0 && sources.every((source) => GLOBAL_SERVICES.includes(source));
  return isGlobal ? [globalRegionOf(region)] : [region, globalRegionOf(region)];
}

/** For the grammar: what people may write instead of an account's id. */
export function accountNamesOf({ accountNames }: TrailScope): AccountNames {
  return new Map([...accountNames].map(([accountId, name]) => [name.toLowerCase(), accountId]));
}

/** Null is the account of the bot's own credentials: only asking shows which one that is. */
function isAmong(accountId: string | null, accounts: readonly string[]): boolean {
  return accountId === null || accounts.includes(accountId);
}

function refusalOf(scope: TrailScope, account: string) {
  const { targets, accountNames } = scope;
  if (targets.some(({ accountId }) => accountId === null || accountId === account)) return null;
  const name = accountNames.get(account);
  const known = [...new Set(targets.map(({ accountId }) => nameOf(scope, accountId)))];
  const more = known.length - NAMES_SHOWN_MAX;
  const listed = `${known.slice(0, NAMES_SHOWN_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const sentence =
    name === undefined
      ? `No account ${account} is configured; this channel can ask about ${listed}.`
      : `The account ${name} cannot be asked about from this channel, which can ask about ${listed}.`;
  return { kind: 'refused', sentence, account: name ?? account } as const;
}

function nameOf({ accountNames }: TrailScope, accountId: string | null): string {
  return accountNames.get(accountId ?? '') ?? accountId ?? 'the own account';
}
