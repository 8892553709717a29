import { describe, expect, it } from 'vitest';
import { renderStep } from '../../../src/slack/blocks/step-card.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import { ana, bot, commands, openCommand, play, stateOf } from '../../support/incident-builders.ts';

const opened = play([[openCommand({ alarm: anAlarmChange(), startedAtMs: null }), bot]]);

function firstCard(events: typeof opened): string {
  const state = stateOf(events);
  return JSON.stringify(renderStep(state, state.visits[0]!, []));
}

describe('the draft of the problem on the card of step 1', () => {
  it('is shown as soon as an alarm has opened the incident', () => {
    expect(firstCard(opened)).toContain('Alarm “checkout-5xx” fired');
  });

  it('is taken over in one tap once somebody has accepted the incident', () => {
    const accepted = play([[{ type: 'accept-proposal' }, ana]], opened);

    expect(firstCard(opened)).not.toContain('tap:state-drafted');
    expect(firstCard(accepted)).toContain('tap:state-drafted');
  });

  it('is gone once the problem is stated, and where no alarm tells anything', () => {
    const stated = play([[commands.state, ana]], opened);
    const byHand = play([[openCommand(), ana]]);

    expect(firstCard(stated)).not.toContain('What is known so far');
    expect(firstCard(byHand)).not.toContain('tap:state-drafted');
  });
});
