import { describe, expect, it } from 'vitest';
import { byAccount, describeAccounts, describePlaces } from '../../src/domain/account-coverage.ts';
import {
  type TargetOutcome,
  type TargetReport,
  withAccountNames,
} from '../../src/domain/coverage.ts';

const PROD = '111122223333';
const STAGING = '444455556666';
const AUDIT = '777788889999';

function report(
  accountId: string | null,
  region = 'eu-west-1',
  outcome: TargetOutcome = 'found',
): TargetReport {
  return { accountId, region, outcome, count: 0, truncated: false, explanation: null };
}

const named = (...reports: readonly TargetReport[]) =>
  withAccountNames(
    reports,
    new Map([
      [PROD, 'prod'],
      [STAGING, 'staging'],
    ]),
  );

describe('which accounts were searched', () => {
  it('is told by number, and by name for those that could not be', () => {
    const targets = named(report(PROD), report(STAGING, 'eu-west-1', 'denied'), report(AUDIT));
    expect(describeAccounts(targets)).toBe(
      '2 of 3 accounts searched; 444455556666 (staging): access denied',
    );
  });

  it('needs no words where there is only one', () => {
    expect(describeAccounts([report(PROD), report(PROD, 'us-east-1', 'denied')])).toBeNull();
    expect(describeAccounts([])).toBeNull();
  });

  it('may be all of them', () => {
    expect(describeAccounts(named(report(PROD), report(STAGING, 'eu-west-1', 'nothing')))).toBe(
      'All 2 accounts searched',
    );
  });

  it('counts an account with one silent Region, and names the Region', () => {
    const targets = named(
      report(PROD, 'eu-west-1', 'nothing'),
      report(PROD, 'eu-south-2', 'disabled'),
      report(STAGING),
    );
    expect(describeAccounts(targets)).toBe(
      'All 2 accounts searched; 111122223333 (prod): not switched on in eu-south-2',
    );
  });

  it('tells different reasons apart', () => {
    const targets = named(
      report(PROD, 'eu-west-1', 'throttled'),
      report(PROD, 'us-east-1', 'timed-out'),
      report(STAGING),
    );
    expect(describeAccounts(targets)).toContain(
      '(prod): AWS asked us to slow down in eu-west-1, no answer in time in us-east-1',
    );
  });

  it('stays short however many there are', () => {
    const targets = Array.from({ length: 50 }, (_, index) =>
      report(String(100_000_000_000 + index), 'eu-west-1', 'denied'),
    );
    expect(describeAccounts(targets)).toMatch(/^0 of 50 .* and 45 more with trouble$/);
  });
});

describe("the bot's own account", () => {
  it('is one, though only a Region with records tells its number', () => {
    const accounts = byAccount([report(null, 'us-east-1', 'nothing'), report(PROD)]);
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.accountId).toBe(PROD);
  });

  it('has no number as long as nobody told it', () => {
    expect(describePlaces([report(null)])).toBe('own account: eu-west-1');
  });
});

describe('the places that answered', () => {
  it('are the Regions of an account, by its name', () => {
    const targets = named(report(PROD), report(PROD, 'us-east-1', 'nothing'));
    expect(describePlaces(targets)).toBe('account 111122223333 (prod): eu-west-1, us-east-1');
  });

  it('are told once for all accounts with the same Regions', () => {
    const ids = Array.from({ length: 20 }, (_, index) => String(100_000_000_000 + index));
    const targets = ids.flatMap((id) => [report(id), report(id, 'us-east-1')]);
    const names = new Map(ids.map((id, index) => [id, `account-${index}`]));
    expect(describePlaces(withAccountNames(targets, names))).toBe(
      'eu-west-1, us-east-1 in account-0, account-1, account-2, account-3, account-4 and 15 more',
    );
  });

  it('leave out what did not answer, and are none when nothing did', () => {
    expect(describePlaces(named(report(PROD), report(STAGING, 'x', 'failed')))).toBe(
      'account 111122223333 (prod): eu-west-1',
    );
    expect(describePlaces([report(PROD, 'eu-west-1', 'failed')])).toBe('');
  });

  it('are at most eight Regions by name', () => {
    const targets = Array.from({ length: 12 }, (_, index) => report(PROD, `eu-west-${index}`));
    expect(describePlaces(targets)).toMatch(/ and 4 more$/);
  });
});
