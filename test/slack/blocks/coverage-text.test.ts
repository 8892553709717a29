import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TargetOutcome, TargetReport } from '../../../src/domain/coverage.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { coverageBlocks, failureLines } from '../../../src/slack/blocks/coverage-text.ts';
import { richText } from '../../../src/slack/blocks/text.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { hostileText } from './hostile.ts';
import { refusals } from './refusals.ts';

const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1'];

function reports(accountCount: number, outcome: (account: number) => TargetOutcome) {
  return Array.from({ length: accountCount }, (_, account) =>
    REGIONS.map(
      (region): TargetReport => ({
        accountId: String(100_000_000_000 + account),
        accountName: `team-${account}-with-a-name-as-long-as-can-be`,
        region,
        outcome: outcome(account),
        count: 0,
        truncated: false,
        explanation: `The role redthread-read-only does not let the bot in. ${'Why. '.repeat(50)}`,
      }),
    ),
  ).flat();
}

function message(targets: readonly TargetReport[]) {
  const coverage = aCoverage({ targets });
  const failures = failureLines(coverage);
  return {
    text: 'evidence',
    blocks: [
      ...(failures.length === 0 ? [] : [richText(...failures)]),
      ...coverageBlocks(coverage),
    ],
  };
}

const wordsOf = (targets: readonly TargetReport[]) =>
  JSON.stringify(toConservative(message(targets)).blocks);

describe('the coverage of several accounts', () => {
  it('begins with how many answered, and names who did not once for all Regions', () => {
    const words = wordsOf(reports(3, (account) => (account === 1 ? 'denied' : 'found')));

    expect(words).toContain('2 of 3 accounts searched; 100000000001 (team-1-with');
    expect(words.match(/Not checked/g)).toHaveLength(1);
    expect(words).toContain('eu-west-1, eu-central-1, us-east-1 in 100000000001 (team-1-with');
  });

  it('fits into a message for twenty accounts of three Regions, whatever they answer', () => {
    const content = message(reports(20, (account) => (account % 2 === 0 ? 'denied' : 'found')));

    expect(refusals(content)).toEqual([]);
    expect(content.blocks.length).toBeLessThanOrEqual(5);
    expect(JSON.stringify(content.blocks)).toContain('15 places more could not be checked');
  });

  it('keeps the number of records beside the longest list of places', () => {
    const targets = reports(20, () => 'found').filter((_, index) => index % 7 !== 0);
    expect(wordsOf(targets)).toMatch(/\d+ records?/);
  });

  it('says of what did not answer that it was not checked, and never that there is more', () => {
    const cut = (outcome: TargetOutcome) =>
      reports(1, () => outcome).map((row) => ({ ...row, truncated: true }));
    expect(wordsOf(cut('failed'))).not.toContain('there are more');
    expect(wordsOf(cut('found'))).toContain('there are more');
  });

  it('does no harm with any name, Region or reason', () => {
    const target = fc.record({
      accountId: fc.option(hostileText, { nil: null }),
      accountName: fc.option(hostileText, { nil: undefined }),
      region: hostileText,
      outcome: fc.constantFrom<TargetOutcome>('found', 'denied', 'failed', 'nothing'),
      count: fc.nat(),
      truncated: fc.boolean(),
      explanation: fc.option(hostileText, { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(target, { maxLength: 30 }), (targets) => {
        expect(refusals(message(targets))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
