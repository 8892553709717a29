import { describe, expect, test } from 'vitest';
import { problemBasis } from '../../../src/domain/incident/decide-problem.ts';
import {
  ana,
  answer,
  ben,
  commands,
  eventsUpTo,
  play,
  STARTED_AT_MS,
  stateOf,
} from '../../support/incident-builders.ts';

describe('stating the problem', () => {
  test('later again is a correction that leaves the step alone', () => {
    const corrected = { ...commands.state, symptoms: 'Checkout is slow.', startedAtMs: null };
    const state = stateOf(play([[corrected, ben]], eventsUpTo('propose')));
    expect(state.problem?.symptoms).toBe('Checkout is slow.');
    expect(state.startedAtMs).toBe(STARTED_AT_MS);
    expect(state.step).toBe('hypothesize');
  });

  test('twice the same way says who has done it already', () => {
    expect(answer(eventsUpTo('state'), commands.state, ben)).toEqual({
      kind: 'rejected',
      code: 'already-done',
      sentence: 'The problem was already stated like this by <@UANA> 20 s ago.',
    });
  });

  test('in a form that was opened before somebody else stated it says so, and changes nothing', () => {
    const late = { ...commands.state, symptoms: 'Checkout is slow.', basis: '0' };
    expect(answer(eventsUpTo('open'), late, ben)).toMatchObject({ kind: 'accepted' });
    expect(answer(eventsUpTo('state'), late, ben)).toMatchObject({
      code: 'outdated',
      sentence: expect.stringMatching(/^The problem was stated by <@UANA> 20 s ago, after you/),
    });
    const seen = { ...late, basis: problemBasis(stateOf(eventsUpTo('state'))) };
    expect(answer(eventsUpTo('state'), seen, ben)).toMatchObject({ kind: 'accepted' });
  });

  test('with too long a text says how long it is and how much fits', () => {
    const decision = answer(eventsUpTo('open'), { ...commands.state, symptoms: 'x'.repeat(3_001) });
    expect(decision).toEqual({
      kind: 'rejected',
      code: 'text-too-long',
      sentence:
        'The description of the symptoms is 3001 characters long and at most 3000 fit. Shorten it and try again.',
    });
  });
});

describe('isolating the component', () => {
  test('waits for the problem statement and says so', () => {
    expect(answer(eventsUpTo('open'), commands.isolate)).toEqual({
      kind: 'rejected',
      code: 'not-now',
      sentence:
        'This does not fit yet: the incident is in step 1 of 7 (identify the problem). State the problem first, or move to step 2 without a statement.',
    });
  });
});

describe('the owner', () => {
  test('cannot be named twice', () => {
    expect(answer(eventsUpTo('own'), commands.own, ben)).toMatchObject({
      code: 'already-done',
      sentence: '<@UANA> already owns this incident.',
    });
  });

  test('can be handed over and given up', () => {
    const events = play([[{ type: 'assign-owner', ownerId: 'UBEN' }, ana]], eventsUpTo('own'));
    expect(stateOf(events).ownerId).toBe('UBEN');
    const given = play([[{ type: 'assign-owner', ownerId: null }, ben]], events);
    expect(stateOf(given).ownerId).toBeNull();
  });
});

describe('title and severity', () => {
  test('change, but not to what they are', () => {
    const events = eventsUpTo('open');
    expect(answer(events, { type: 'change-severity', severity: 'sev2' })).toMatchObject({
      sentence: 'The severity is already SEV2.',
    });
    expect(answer(events, { type: 'change-title', title: commands.open.title })).toMatchObject({
      code: 'already-done',
    });
    expect(answer(events, { type: 'change-severity', severity: 'sev1' })).toMatchObject({
      events: [{ type: 'severity-changed', severity: 'sev1' }],
    });
  });
});

describe('moving to a step', () => {
  test('needs no reason for the next one', () => {
    const decision = answer(eventsUpTo('open'), {
      type: 'move-to-step',
      step: 'isolate',
      reason: null,
    });
    expect(decision).toMatchObject({ events: [{ step: 'isolate', reason: null }] });
  });

  test.each([
    'identify',
    'solve',
    'document',
  ] as const)('needs a reason to get from step 3 to %s', (step) => {
    const events = eventsUpTo('isolate');
    const move = { type: 'move-to-step', step } as const;
    expect(answer(events, { ...move, reason: ' ' })).toMatchObject({ code: 'reason-needed' });
    expect(answer(events, { ...move, reason: 'We know enough.' })).toMatchObject({
      events: [{ type: 'step-entered', step, reason: 'We know enough.' }],
    });
  });

  test('says since when it is there already', () => {
    const decision = answer(eventsUpTo('isolate'), {
      type: 'move-to-step',
      step: 'hypothesize',
      reason: null,
    });
    expect(decision).toMatchObject({
      sentence: 'The incident is already in step 3 of 7 (develop hypotheses), entered 20 s ago.',
    });
  });
});
