import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { planBasis } from '../../../src/domain/incident/decide-plan.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  eventsUpTo,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const mitigation = { ...commands.plan, planId: 'plan-2', hypothesisId: null } as const;
const waive = { type: 'waive-approval', planId: 'plan-1', reason: 'Nobody is awake.' } as const;
const rollBack = { type: 'roll-back', planId: 'plan-1', reason: 'It got worse.' } as const;
const fail = { type: 'fail-verification', finding: 'Still 503.' } as const;

describe('planning', () => {
  test('is possible without a confirmed hypothesis, as a mitigation, from the first step on', () => {
    const state = stateOf(play([[mitigation, ana]], eventsUpTo('open')));
    expect(state.visits.at(-1)).toMatchObject({
      step: 'solve',
      reason: 'Mitigation first: no hypothesis is confirmed yet.',
    });
  });

  test('for a hypothesis that is not confirmed names both ways out', () => {
    expect(answer(eventsUpTo('propose'), commands.plan)).toMatchObject({
      code: 'not-now',
      sentence:
        'Hypothesis 1 is not confirmed. Confirm it with a test first, or plan this as a mitigation without a hypothesis.',
    });
  });

  test.each(['solution', 'risk', 'rollback'] as const)('needs a text for the %s', (field) => {
    const decision = answer(eventsUpTo('confirm'), { ...commands.plan, [field]: ' ' });
    expect(decision).toMatchObject({ code: 'missing-text' });
  });

  test('replaces an earlier plan that was not implemented', () => {
    const state = stateOf(play([[mitigation, ana]], eventsUpTo('approve')));
    expect(state.plans.map((plan) => plan.status)).toEqual(['replaced', 'planned']);
  });

  test('leaves an implemented plan as it is', () => {
    const state = stateOf(play([[mitigation, ana]], eventsUpTo('implement')));
    expect(state.plans.map((plan) => plan.status)).toEqual(['implemented', 'planned']);
    expect(state.step).toBe('solve');
  });
});

describe('planning in a form that was opened before', () => {
  const basis = planBasis(stateOf(eventsUpTo('confirm')));
  const late = { ...mitigation, basis };

  test('somebody else planned says who did what, and replaces nothing', () => {
    expect(answer(eventsUpTo('plan'), late, ben)).toMatchObject({
      code: 'outdated',
      sentence: expect.stringMatching(/^A solution was planned by <@UANA> 20 s ago, after you/),
    });
    expect(answer(eventsUpTo('approve'), late, ben)).toMatchObject({
      sentence: expect.stringMatching(/by <@UANA> .* and approved by <@UBEN> 20 s ago, after/),
    });
  });

  test('nobody planned in goes through, and once that plan was seen', () => {
    expect(answer(eventsUpTo('confirm'), late, ben)).toMatchObject({ kind: 'accepted' });
    const seen = { ...mitigation, basis: planBasis(stateOf(eventsUpTo('approve'))) };
    const state = stateOf(play([[seen, ben]], eventsUpTo('approve')));
    expect(state.plans.map((plan) => plan.status)).toEqual(['replaced', 'planned']);
    expect(state.plans.at(-1)).not.toHaveProperty('basis');
  });
});

describe('approving', () => {
  test('is for another person than the planner, who is told what else there is', () => {
    expect(answer(eventsUpTo('plan'), commands.approve, ana)).toEqual({
      kind: 'rejected',
      code: 'not-allowed',
      sentence:
        'You planned this, so another person has to approve it. Ask somebody in the thread, or waive the approval with a reason.',
    });
    expect(answer(eventsUpTo('plan'), commands.approve, bot)).toMatchObject({
      code: 'not-allowed',
    });
    expect(answer(eventsUpTo('plan'), commands.approve, ben)).toMatchObject({ kind: 'accepted' });
  });

  test('twice says who approved it and what comes next', () => {
    expect(answer(eventsUpTo('approve'), commands.approve, ana)).toMatchObject({
      code: 'already-done',
      sentence:
        'This plan was already approved by <@UBEN> 20 s ago. Report it when it is implemented.',
    });
  });

  test('can be waived by anyone with a reason, also by the planner', () => {
    expect(answer(eventsUpTo('plan'), { ...waive, reason: '' })).toMatchObject({
      code: 'reason-needed',
    });
    const state = stateOf(play([[waive, ana]], eventsUpTo('plan')));
    expect(state.plans[0]).toMatchObject({
      status: 'approved',
      approvedBy: null,
      waivedReason: 'Nobody is awake.',
    });
  });

  test('of a plan that was replaced is refused', () => {
    const events = play([[mitigation, ana]], eventsUpTo('plan'));
    expect(answer(events, commands.approve, ben)).toMatchObject({
      code: 'already-done',
      sentence: 'This plan was already replaced by a later plan. Use the current plan.',
    });
  });
});

describe('implementing', () => {
  test('comes after an approval or a waiver', () => {
    expect(answer(eventsUpTo('plan'), commands.implement)).toMatchObject({
      code: 'not-now',
      sentence:
        'This plan is only planned so far. Another person has to approve it first, or its approval has to be waived with a reason.',
    });
    const waived = play([[waive, ana]], eventsUpTo('plan'));
    expect(stateOf(play([[commands.implement, ana]], waived)).step).toBe('verify');
  });

  test('twice says who reported it', () => {
    expect(answer(eventsUpTo('implement'), commands.implement, ben)).toMatchObject({
      code: 'already-done',
      sentence:
        'This plan was already implemented by <@UANA> 20 s ago. Say whether it worked, or roll it back.',
    });
  });

  test('can be rolled back with a reason, which leads back to step 3', () => {
    const state = stateOf(play([[rollBack, ben]], eventsUpTo('implement')));
    expect(state.plans[0]).toMatchObject({
      status: 'rolled-back',
      rolledBackReason: 'It got worse.',
    });
    expect(state.visits.at(-1)).toMatchObject({
      step: 'hypothesize',
      reason: 'The solution was rolled back: It got worse.',
    });
  });

  test('must have happened before it can be rolled back', () => {
    expect(answer(eventsUpTo('approve'), rollBack)).toMatchObject({ code: 'not-now' });
  });
});

describe('verifying', () => {
  test('that fails leads back to step 3', () => {
    const state = stateOf(play([[fail, ben]], eventsUpTo('implement')));
    expect(state.verifications).toMatchObject([{ verified: false, finding: 'Still 503.' }]);
    expect(state.visits.at(-1)).toMatchObject({
      step: 'hypothesize',
      reason: 'The verification failed: Still 503.',
    });
  });

  test('can be taken back while the findings are written', () => {
    const events = play([[fail, ben]], eventsUpTo('verify'));
    expect(stateOf(events).step).toBe('hypothesize');
  });

  test.each<readonly [string, IncidentCommand, string]>([
    ['it works', commands.verify, 'verified'],
    ['it does not', fail, 'reported as not working'],
  ])('twice that %s says who was first', (_title, command, words) => {
    const events = play([[command, ana]], eventsUpTo('implement'));
    expect(answer(events, command, ben)).toMatchObject({
      code: 'already-done',
      sentence: `The solution was already ${words} by <@UANA> 20 s ago.`,
    });
  });

  test('comes after the implementation', () => {
    expect(answer(eventsUpTo('approve'), commands.verify)).toMatchObject({ code: 'not-now' });
  });
});
