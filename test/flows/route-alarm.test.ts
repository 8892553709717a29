import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern, routeAlarm } from '../../src/flows/route-alarm.ts';
import type { AlarmRule } from '../../src/ports.ts';
import { anAlarmChange } from '../support/alarm-builders.ts';

const rule = (changes: Partial<AlarmRule>): AlarmRule => ({
  pattern: '*',
  accountId: null,
  region: null,
  route: { kind: 'open', channelId: 'C1', severity: 'sev2' },
  ...changes,
});
const ignore = { kind: 'ignore' } as const;

describe('a pattern', () => {
  it.each([
    ['checkout-5xx', 'checkout-5xx', true],
    ['checkout-*', 'checkout-5xx', true],
    ['*-5xx', 'checkout-5xx', true],
    ['check*5*x', 'checkout-5xx', true],
    ['*', '', true],
    ['a*a', 'a', false],
    ['checkout-5xx', 'checkout-5xx-old', false],
    ['checkout.5xx', 'checkout-5xx', false],
    ['*latency*', 'checkout-5xx', false],
    ['Checkout-*', 'checkout-5xx', false],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matchesPattern(text, pattern)).toBe(expected);
  });

  it('agrees with a regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    fc.assert(
      fc.property(text, pattern, (one, other) => {
        const expression = new RegExp(`^${other.replaceAll('*', '.*')}$`);
        expect(matchesPattern(one, other)).toBe(expression.test(one));
      }),
    );
  });
});

describe('the first rule that fits', () => {
  it('decides, and the default only where none does', () => {
    const rules = [
      rule({ pattern: '*-test', route: ignore }),
      rule({ pattern: 'checkout-*', region: 'us-east-1', route: ignore }),
      rule({ pattern: 'checkout-*', accountId: '111122223333' }),
    ];
    const fallback = { kind: 'open', channelId: 'C9', severity: 'sev4' } as const;
    const channelOf = (changes: Parameters<typeof anAlarmChange>[0]) =>
      routeAlarm({ rules, fallback }, anAlarmChange(changes));
    expect(channelOf({})).toMatchObject({ channelId: 'C1' });
    expect(channelOf({ region: 'us-east-1' })).toEqual(ignore);
    expect(channelOf({ accountId: '444455556666' })).toMatchObject({ channelId: 'C9' });
    expect(routeAlarm({ rules: [], fallback: null }, anAlarmChange())).toBeNull();
  });
});
