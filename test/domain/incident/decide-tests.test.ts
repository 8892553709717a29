import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { leadingHypothesis, rankHypotheses } from '../../../src/domain/incident/hypotheses.ts';
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
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const second = {
  ...commands.propose,
  hypothesisId: 'hypothesis-2',
  statement: 'The certificate has expired.',
  likelihood: 'low',
} as const satisfies IncidentCommand;

const eliminate = { ...commands.confirm, verdict: 'eliminated' } as const;
const inconclusive = { ...commands.confirm, verdict: 'inconclusive' } as const;
const twoHypotheses = play([[second, ben]], eventsUpTo('propose'));

describe('proposing a hypothesis', () => {
  test('by a person ends step 2, by the bot it does not', () => {
    const isolating = eventsUpTo('state');
    expect(stateOf(play([[commands.propose, ana]], isolating)).step).toBe('hypothesize');
    expect(stateOf(play([[commands.propose, bot]], isolating)).step).toBe('isolate');
  });

  test('in step 1 is kept for later and does not move on', () => {
    const state = stateOf(play([[commands.propose, ana]], eventsUpTo('open')));
    expect(state.hypotheses).toHaveLength(1);
    expect(state.step).toBe('identify');
  });

  test('with the same words as another one points to that one', () => {
    const again = {
      ...second,
      hypothesisId: 'hypothesis-3',
      statement: ' the certificate  has expired. ',
    };
    expect(answer(twoHypotheses, again)).toMatchObject({
      code: 'already-done',
      sentence: 'This is already hypothesis 2, proposed by <@UBEN> 20 s ago.',
    });
  });

  test('with evidence that is not on record is refused', () => {
    const decision = answer(eventsUpTo('isolate'), {
      ...commands.propose,
      evidenceIds: ['evidence-x'],
    });
    expect(decision).toMatchObject({ code: 'not-found' });
  });
});

describe('testing', () => {
  test('happens one at a time, and the running one is named', () => {
    const events = play([[commands.startTest, ben]], twoHypotheses);
    const other = { ...commands.startTest, hypothesisId: 'hypothesis-2' };
    expect(answer(events, other)).toEqual({
      kind: 'rejected',
      code: 'not-now',
      sentence:
        'One test at a time: hypothesis 1 (“The security group no longer lets port 443 in.”) is being tested, started by <@UBEN> 20 s ago. Record its verdict first.',
    });
  });

  test('started twice says who started it', () => {
    expect(answer(eventsUpTo('startTest'), commands.startTest, ben)).toMatchObject({
      code: 'already-done',
      sentence: 'A test of hypothesis 1 was already started by <@UANA> 20 s ago.',
    });
  });

  test('of a hypothesis that does not exist is refused', () => {
    const decision = answer(twoHypotheses, { ...commands.startTest, hypothesisId: 'nonsense' });
    expect(decision).toMatchObject({ code: 'not-found' });
  });

  test('before step 3 gives the early entry a reason', () => {
    const events = play(
      [
        [commands.propose, ana],
        [commands.startTest, ana],
      ],
      eventsUpTo('open'),
    );
    expect(stateOf(events).visits.at(-1)).toMatchObject({
      step: 'test',
      reason: 'A test of hypothesis 1 was started.',
    });
  });

  test('waits while a solution is being verified', () => {
    const events = play([[second, ana]], eventsUpTo('implement'));
    const decision = answer(events, { ...commands.startTest, hypothesisId: 'hypothesis-2' });
    expect(decision).toMatchObject({ code: 'not-now' });
  });
});

describe('the verdict', () => {
  test('can be given once, and a second one hears of the first', () => {
    expect(answer(eventsUpTo('confirm'), eliminate, ben)).toEqual({
      kind: 'rejected',
      code: 'already-done',
      sentence:
        'Hypothesis 1 was already confirmed by <@UANA> 20 s ago. To change that, revive or test it again.',
    });
  });

  test('of one that was left open by a test needs another test', () => {
    const open = play([[inconclusive, ana]], eventsUpTo('startTest'));
    expect(answer(open, commands.confirm)).toMatchObject({ code: 'already-done' });
  });

  test('eliminated for the last one leads back to step 2 with the reason', () => {
    const events = play([[eliminate, ana]], eventsUpTo('startTest'));
    expect(stateOf(events).visits.at(-1)).toMatchObject({
      step: 'isolate',
      reason: 'Every hypothesis is eliminated.',
    });
  });

  test('eliminated for one of two stays in step 4', () => {
    const events = play(
      [
        [commands.startTest, ana],
        [eliminate, ana],
      ],
      twoHypotheses,
    );
    expect(stateOf(events).step).toBe('test');
  });

  test('inconclusive leaves the hypothesis testable', () => {
    const events = play([[inconclusive, ana]], eventsUpTo('startTest'));
    expect(answer(events, commands.startTest)).toMatchObject({ kind: 'accepted' });
  });
});

describe('reviving', () => {
  const revive = {
    type: 'revive-hypothesis',
    hypothesisId: 'hypothesis-1',
    reason: 'The job runs hourly.',
  } as const;

  test('the confirmed cause of a planned solution leads back to step 3', () => {
    const state = stateOf(play([[revive, ben]], eventsUpTo('plan')));
    expect(state.hypotheses[0]?.status).toBe('proposed');
    expect(state.visits.at(-1)).toMatchObject({
      step: 'hypothesize',
      reason: 'Hypothesis 1 was revived: The job runs hourly.',
    });
  });

  test('one of the eliminated ones leads from step 2 to step 3 again', () => {
    const eliminated = play([[eliminate, ana]], eventsUpTo('startTest'));
    expect(stateOf(play([[revive, ben]], eliminated)).step).toBe('hypothesize');
  });

  test('needs a reason and something to revive', () => {
    expect(answer(eventsUpTo('confirm'), { ...revive, reason: '' })).toMatchObject({
      code: 'reason-needed',
    });
    expect(answer(eventsUpTo('propose'), revive)).toMatchObject({ code: 'already-done' });
    expect(answer(eventsUpTo('startTest'), revive)).toMatchObject({ code: 'not-now' });
  });
});

describe('ranking', () => {
  test('puts likelihood before impact, and eliminated ones last', () => {
    const events = play(
      [
        [{ ...second, hypothesisId: 'hypothesis-3', statement: 'DNS.', impact: 'low' }, ana],
        [commands.startTest, ana],
        [eliminate, ana],
      ],
      twoHypotheses,
    );
    expect(rankHypotheses(stateOf(events).hypotheses).map((row) => row.number)).toEqual([2, 3, 1]);
    expect(leadingHypothesis(stateOf(events))?.number).toBe(2);
  });

  test('puts first of equally likely causes what people say explains more', () => {
    const ranking = aRanking({
      causes: [
        aRankedCause({ eventId: 'e1', probability: 0.4 }),
        aRankedCause({ eventId: 'e2', probability: 0.3 }),
      ],
    });
    const ranked = play([[{ type: 'rank-causes', ranking }, bot]], eventsUpTo('isolate'));
    const first = (events: typeof ranked) => leadingHypothesis(stateOf(events))?.hypothesisId;
    const rate = {
      type: 'rate-hypothesis',
      hypothesisId: 'cause-e2',
      likelihood: 'medium',
      impact: 'high',
    } as const;

    expect(first(ranked)).toBe('cause-e1');
    expect(first(play([[rate, ana]], ranked))).toBe('cause-e2');
    expect(first(play([[{ ...rate, likelihood: 'low' }, ana]], ranked))).toBe('cause-e1');
  });

  test('has no leader when all are eliminated', () => {
    const events = play([[eliminate, ana]], eventsUpTo('startTest'));
    expect(leadingHypothesis(stateOf(events))).toBeNull();
  });
});
