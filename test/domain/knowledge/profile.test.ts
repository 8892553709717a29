import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/domain/knowledge/profile.ts';
import { eventsUpTo, stateOf } from '../../support/incident-builders.ts';

describe('what fixed an incident', () => {
  const state = stateOf(eventsUpTo('verify'));
  const fixOf = (texts: readonly string[]) => {
    const plans = texts.flatMap((implementedWhat) =>
      state.plans.map((plan) => ({ ...plan, implementedWhat })),
    );
    return profileOf({ ...state, plans }).fix;
  };

  test('is every solution that stood when it was verified, containment too', () => {
    expect(fixOf(['Keys deactivated.', 'Policies taken off.'])).toBe(
      'Keys deactivated. Policies taken off.',
    );
  });

  test('keeps a part of each where they are long', () => {
    const fix = fixOf(['a'.repeat(400), 'b'.repeat(400)]);
    expect(fix).toMatch(/^a{148}… b{148}…$/);
    expect(fixOf(['c'.repeat(300)])).toBe('c'.repeat(300));
  });

  test('is not known before it was verified', () => {
    expect(profileOf(stateOf(eventsUpTo('implement'))).fix).toBeNull();
  });
});
