import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeQuery } from '../../../src/domain/trail/query/describe-query.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { renderHelp, renderTrailHelp, TRAIL_EXAMPLES } from '../../../src/slack/blocks/help.ts';
import { refusals } from './refusals.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const hoursAgo = (hours: number) => nowMs - hours * 3_600_000;

function read(line: string) {
  return parseQuery(line, {
    timeZone: 'UTC',
    nowMs,
    meaning: 'past',
    lookbackMaxMs: 90 * 24 * 3_600_000,
    accounts: new Map([['staging', '444455556666']]),
  });
}

/** What each example means, in the words of an answer. */
const MEANT: Readonly<Record<string, readonly [understood: string, fromMs: number]>> = {
  'who stopped i-0abc1234': ['stopped · resource i-0abc1234', hoursAgo(24)],
  'who changed sg-0abc1234 since 3h': ['changed · resource sg-0abc1234', hoursAgo(3)],
  'changed is:human since 22:00': ['changed · by people', hoursAgo(14)],
  'what did ana@example.com since yesterday': ['any call · user ana@example.com', hoursAgo(36)],
  'what did ASIAEXAMPLEKEY123 since 12h': ['any call · access key ASIAEXAMPLEKEY123', hoursAgo(12)],
  'who assumed role break-glass since 2d': ['assumed · resource break-glass', hoursAgo(48)],
  'denied since 1h': ['denied calls', hoursAgo(1)],
  'id:4f9f11ab-3c1d-4a77-9e0b-1d2c3b4a5f60': [
    'event id 4f9f11ab-3c1d-4a77-9e0b-1d2c3b4a5f60',
    hoursAgo(90 * 24),
  ],
};

describe('the help about /trail', () => {
  it.each(
    TRAIL_EXAMPLES,
  )('teaches with an example that is understood as it is meant: %s', (typed) => {
    const { query } = read(typed) as { readonly query: TrailQuery };
    expect([describeQuery(query), query.fromMs]).toEqual(MEANT[typed]);
  });

  it.each([
    'who changed sg-0abc1234 account:staging region:eu-west-1 -user:bot in:logs in:logs',
  ])('names filters that are understood: %s', (typed) => expect(read(typed).kind).toBe('query'));

  it('is what `/trail` alone shows, without what is said about incidents', () => {
    const shown = JSON.stringify(renderTrailHelp());
    expect(shown).toContain('/trail who stopped i-0abc1234');
    expect(shown).not.toContain('opens an incident');
    expect(JSON.stringify(renderHelp())).toContain('/trail who stopped i-0abc1234');
  });

  it('is accepted by Slack', () => {
    expect([renderTrailHelp(), toConservative(renderTrailHelp())].flatMap(refusals)).toEqual([]);
  });
});

describe('the documents', () => {
  const textOf = (path: string) =>
    readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const examples = ['README.md', 'docs/trail.md', 'docs/aws-accounts.md'].flatMap((path) =>
    [...textOf(path).matchAll(/(?:^|`)\/trail ([^`\n]+)/gm)].map(([, words = '']) => words),
  );

  it.each(examples)('teach with a question that is understood: %s', (typed) => {
    expect(read(typed.replace('id:…', 'id:x')).kind).toBe('query');
  });

  it('show questions at all', () => expect(examples.length).toBeGreaterThan(5));
});
