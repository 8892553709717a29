import { describe, expect, it } from 'vitest';
import { stepButtons } from '../../../src/slack/blocks/incident-buttons.ts';
import { ana, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';

const idsOf = (events: Parameters<typeof stateOf>[0]) =>
  stepButtons(stateOf(events)).map(({ action_id }) => action_id);

describe('the buttons of a step', () => {
  it.each([
    ['the only cause is ruled out', 'startTest', { ...commands.confirm, verdict: 'eliminated' }],
    ['the fix did not hold', 'implement', { type: 'fail-verification', finding: 'Still 503.' }],
    ['it was rolled back', 'implement', { type: 'roll-back', planId: 'plan-1', reason: 'Worse.' }],
  ] as const)('have help one tap away when %s', (_why, last, command) => {
    const before = eventsUpTo(last);

    expect(idsOf(before)).not.toContain('open:escalation');
    expect(idsOf(play([[command, ana]], before))).toContain('open:escalation');
  });
});
