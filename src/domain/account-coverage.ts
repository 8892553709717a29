import { isAnswered, type TargetOutcome, type TargetReport } from './coverage.ts';

/** Why a place gave no answer, in words; null for the two outcomes that are answers. */
export const FAILURE_WORDS = {
  found: null,
  nothing: null,
  denied: 'access denied',
  throttled: 'AWS asked us to slow down',
  'timed-out': 'no answer in time',
  disabled: 'not switched on',
  failed: 'failed',
} as const satisfies Record<TargetOutcome, string | null>;

const LIMITS = {
  failedAccountsMax: 5,
  regionsMax: 8,
  accountsMax: 5,
} as const;

/** All that was asked of one account. */
export interface AccountReports {
  /** Null: the account of the bot's own credentials, which has not told its number. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly targets: readonly TargetReport[];
}

/**
 * Reports by account, in the order asked. Where only the bot's own account was asked, one Region
 * may have told its number and another not: that is one account.
 */
export function byAccount(targets: readonly TargetReport[]): readonly AccountReports[] {
  const ids = [...new Set(targets.flatMap(({ accountId }) => accountId ?? []))];
  const ownId = ids.length === 1 ? (ids[0] ?? null) : null;
  return [...Map.groupBy(targets, ({ accountId }) => accountId ?? ownId)].map(
    ([accountId, rows]) => ({
      accountId,
      accountName: rows.find((row) => row.accountName !== undefined)?.accountName ?? null,
      targets: rows,
    }),
  );
}

/** `444455556666 (staging)`. */
export function accountWords({
  accountId,
  accountName,
}: Pick<AccountReports, 'accountId' | 'accountName'>): string {
  if (accountId === null) return 'own account';
  return accountName === null ? accountId : `${accountId} (${accountName})`;
}

/**
 * `2 of 3 accounts searched; 444455556666 (staging): access denied`. An account counts when any of
 * its Regions answered. Null where one account was asked.
 */
export function describeAccounts(targets: readonly TargetReport[]): string | null {
  const accounts = byAccount(targets);
  if (accounts.length < 2) return null;
  const searched = accounts.filter((account) => account.targets.some(isAnswered)).length;
  const failures = accounts.filter((account) => !account.targets.every(isAnswered));
  const shown = failures.slice(0, LIMITS.failedAccountsMax).map(failureOf);
  const hidden = failures.length - shown.length;
  const count =
    searched === accounts.length ? `All ${searched}` : `${searched} of ${accounts.length}`;
  return [
    `${count} accounts searched`,
    ...shown,
    ...(hidden > 0 ? [`and ${hidden} more with trouble`] : []),
  ].join('; ');
}

function failureOf(account: AccountReports): string {
  const failed = account.targets.filter((target) => !isAnswered(target));
  const isWhole = failed.length === account.targets.length;
  const reasons = [...Map.groupBy(failed, ({ outcome }) => FAILURE_WORDS[outcome])];
  const told = reasons.map(([words, rows]) =>
    isWhole && reasons.length === 1 ? words : `${words} in ${listed(regionsOf(rows))}`,
  );
  return `${accountWords(account)}: ${told.join(', ')}`;
}

/**
 * Where an answer came from: `account 111122223333 (prod): eu-west-1, us-east-1`, and of several
 * accounts `eu-west-1, us-east-1 in prod, staging and 18 more`. Empty when nothing answered.
 */
export function describePlaces(targets: readonly TargetReport[]): string {
  const accounts = byAccount(targets)
    .map((account) => ({ ...account, targets: account.targets.filter(isAnswered) }))
    .filter((account) => account.targets.length > 0);
  const [only] = accounts;
  if (only === undefined) return '';
  if (accounts.length === 1) {
    const account = only.accountId === null ? 'own account' : `account ${accountWords(only)}`;
    return `${account}: ${listed(regionsOf(only.targets))}`;
  }
  return foldByRegions(accounts);
}

/** Where nothing answered: `us-east-1`; of several accounts `eu-west-1 in prod, staging and 18 more`. */
export function describeUnchecked(targets: readonly TargetReport[]): string {
  const accounts = byAccount(targets);
  const failed = accounts
    .map((account) => ({
      ...account,
      targets: account.targets.filter((target) => !isAnswered(target)),
    }))
    .filter((account) => account.targets.length > 0);
  return accounts.length === 1
    ? listed(regionsOf(failed.flatMap((account) => account.targets)))
    : foldByRegions(failed);
}

/** Accounts in which the same Regions were asked are named together. */
function foldByRegions(accounts: readonly AccountReports[]): string {
  const byRegions = [...Map.groupBy(accounts, (account) => regionsOf(account.targets).join())];
  const folded = byRegions.map(([, rows]) => {
    const names = rows.map(
      ({ accountName, accountId }) => accountName ?? accountId ?? 'own account',
    );
    return `${listed(regionsOf(rows[0]?.targets ?? []))} in ${listed(names, LIMITS.accountsMax)}`;
  });
  return listed(folded, LIMITS.accountsMax, '; ');
}

function regionsOf(targets: readonly TargetReport[]): readonly string[] {
  return [...new Set(targets.map(({ region }) => region))].sort();
}

function listed(items: readonly string[], shownMax: number = LIMITS.regionsMax, between = ', ') {
  const hidden = items.length - shownMax;
  const shown = items.slice(0, shownMax).join(between);
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
}
