import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  eventsUpTo,
  play,
} from '../../support/incident-builders.ts';

const proposed = eventsUpTo('propose');
const eliminate = { ...commands.confirm, verdict: 'eliminated' } as const;
const other = { ...commands.propose, hypothesisId: 'hypothesis-2', statement: 'DNS is wrong.' };
const revive = {
  type: 'revive-hypothesis',
  hypothesisId: 'hypothesis-1',
  reason: 'The finding was of another group.',
} as const;
const unknown = { code: 'not-found', sentence: expect.stringMatching(/no such hypothesis.*list/) };

describe('proposing a hypothesis', () => {
  test('with evidence keeps each piece once, and only what is on record', () => {
    const proposal = { ...commands.propose, evidenceIds: ['evidence-1'] };

    expect(answer(eventsUpTo('isolate'), proposal)).toMatchObject({
      code: 'not-found',
      sentence: expect.stringMatching(/evidence that is not on record here\. Attach/),
    });
  });

  test('that is there already is refused, however it is spelt', () => {
    const same = { ...other, statement: '  the Security group\n no  longer lets PORT 443 in. ' };

    expect(answer(proposed, same, ben)).toMatchObject({
      code: 'already-done',
      sentence: 'This is already hypothesis 1, proposed by <@UANA> 20 s ago.',
    });
    expect(answer(proposed, { ...other, hypothesisId: 'hypothesis-1' })).toMatchObject({
      code: 'already-done',
    });
  });

  test('that was eliminated says how to get it back', () => {
    const eliminated = play([[eliminate, ana]], eventsUpTo('startTest'));

    expect(answer(eliminated, commands.propose)).toMatchObject({
      sentence: expect.stringMatching(
        / It was eliminated; revive it with a reason to test it again\.$/,
      ),
    });
  });

  test.each([
    ['isolate', ana, ['hypothesis-proposed']],
    ['isolate', bot, ['hypothesis-proposed']],
    ['state', bot, ['hypothesis-proposed']],
    ['open', ana, ['hypothesis-proposed']],
  ] as const)('after "%s" leaves the step alone where nobody has narrowed it down', (name, actor, types) => {
    const decision = answer(eventsUpTo(name), commands.propose, actor);

    expect(decision).toMatchObject({ events: types.map((type) => ({ type })) });
  });

  test('ends the second step when a person does it', () => {
    expect(answer(eventsUpTo('state'), commands.propose)).toMatchObject({
      events: [
        { type: 'hypothesis-proposed', evidenceIds: [] },
        { type: 'step-entered', step: 'hypothesize', reason: null },
      ],
    });
  });

  test('stops at the limit', () => {
    const many = Array.from(
      { length: LIMITS.hypothesesMax },
      (_, index) =>
        [{ ...other, hypothesisId: `h-${index}`, statement: `Cause ${index}.` }, ana] as const,
    );

    expect(answer(play(many, eventsUpTo('isolate')), other)).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining(`${LIMITS.hypothesesMax} hypotheses`),
    });
  });
});

describe('rating a hypothesis', () => {
  const rate = {
    type: 'rate-hypothesis',
    hypothesisId: 'hypothesis-1',
    likelihood: 'high',
    impact: 'low',
  } as const;

  test('changes either rating, and says when there is nothing to change', () => {
    expect(answer(proposed, rate)).toEqual({
      kind: 'accepted',
      events: [{ ...rate, type: 'hypothesis-rated' }],
    });
    expect(answer(proposed, { ...rate, likelihood: 'low', impact: 'high' }).kind).toBe('accepted');
    expect(answer(proposed, { ...rate, impact: 'high' })).toMatchObject({
      code: 'already-done',
      sentence: 'Hypothesis 1 is already rated like this.',
    });
    expect(answer(proposed, { ...rate, hypothesisId: 'none' })).toMatchObject(unknown);
  });
});

describe('reviving a hypothesis', () => {
  test('is for one that has a verdict', () => {
    expect(answer(proposed, { ...revive, hypothesisId: 'none' })).toMatchObject(unknown);
    expect(answer(proposed, revive)).toMatchObject({
      code: 'already-done',
      sentence: 'Hypothesis 1 is already open and can be tested.',
    });
    expect(answer(eventsUpTo('startTest'), revive)).toMatchObject({
      code: 'not-now',
      sentence: 'Hypothesis 1 is being tested. Record the verdict of that test first.',
    });
  });

  test('goes back to the hypotheses where nothing else was left', () => {
    const back = {
      type: 'step-entered',
      step: 'hypothesize',
      reason: 'Hypothesis 1 was revived: The finding was of another group.',
    };
    const eliminated = play([[eliminate, ana]], eventsUpTo('startTest'));

    expect(answer(eliminated, revive)).toEqual({
      kind: 'accepted',
      events: [{ ...revive, type: 'hypothesis-revived' }, back],
    });
    expect(answer(eventsUpTo('confirm'), revive)).toMatchObject({
      events: [{ type: 'hypothesis-revived' }, back],
    });
  });

  test('moves nothing where something else still stands', () => {
    const both = play(
      [
        [other, ana],
        [{ ...commands.confirm, hypothesisId: 'hypothesis-2' }, ana],
      ],
      eventsUpTo('confirm'),
    );
    const one = play(
      [
        [other, ana],
        [commands.startTest, ana],
        [eliminate, ana],
      ],
      proposed,
    );

    expect(answer(both, revive)).toMatchObject({ events: [{ type: 'hypothesis-revived' }] });
    expect(answer(one, revive)).toMatchObject({ events: [{ type: 'hypothesis-revived' }] });
  });
});
