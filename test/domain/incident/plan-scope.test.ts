import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { namesIn, windowWords } from '../../../src/domain/incident/plan-scope.ts';
import {
  ana,
  answer,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

describe('the names of what a plan touches', () => {
  test.each([
    ['sg-0abc, i-0123', ['sg-0abc', 'i-0123']],
    ['sg-0abc i-0123', ['sg-0abc', 'i-0123']],
    ['orders database; `web`\nsg-0abc', ['orders database', 'web', 'sg-0abc']],
    [
      'arn:aws:rds:eu-west-1:111122223333:db:orders',
      ['arn:aws:rds:eu-west-1:111122223333:db:orders'],
    ],
    ['sg-0abc, sg-0abc', ['sg-0abc']],
    [' , ;\n', []],
  ])('in %j are %j', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  test('are found again in their list, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const names = namesIn(text);
        expect(names.every((name) => name.trim() !== '')).toBe(true);
        expect(namesIn(names.join('\n')).length).toBeLessThanOrEqual(names.join(' ').length);
      }),
    );
  });
});

describe('a plan with a scope', () => {
  const window = { fromMs: OPENED_AT_MS + 60 * MINUTE_MS, toMs: OPENED_AT_MS + 90 * MINUTE_MS };
  const confirmed = eventsUpTo('confirm');

  test('keeps what it touches and when it goes in', () => {
    const resources = ['sg-0abc', 'web'];
    const state = stateOf(play([[{ ...commands.plan, resources, window }, ana]], confirmed));
    expect(state.plans[0]).toMatchObject({ resources, window });
  });

  test.each([
    ['a window that ends before it begins', { window: { ...window, toMs: window.fromMs } }],
    ['too many names', { resources: Array.from({ length: LIMITS.planResourcesMax + 1 }, String) }],
    ['a name that is a novel', { resources: ['x'.repeat(LIMITS.shortTextCharactersMax + 1)] }],
  ])('is refused with %s', (_what, scope) => {
    expect(answer(confirmed, { ...commands.plan, ...scope })).toMatchObject({ kind: 'rejected' });
  });

  test('tells its window within a day, over days and open-ended', () => {
    expect(windowWords(window)).toBe('2026-03-08 11:45:00 UTC to 12:15:00');
    expect(windowWords({ ...window, toMs: null })).toBe('from 2026-03-08 11:45:00 UTC on');
    expect(windowWords({ ...window, toMs: window.fromMs + 86_400_000 })).toBe(
      '2026-03-08 11:45:00 UTC to 2026-03-09 11:45:00 UTC',
    );
  });
});
