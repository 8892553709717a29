import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { leadingExplanation } from '../../../src/domain/incident/leading-explanation.ts';
import { likelihoodNow, nothingNow } from '../../../src/domain/incident/likelihood-now.ts';
import { movesSince } from '../../../src/domain/incident/moves-since.ts';
import type { Ranking } from '../../../src/domain/incident/ranking.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { ana, bot, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { anAssessment, aRankedCause, aRanking } from '../../support/ranking-builders.ts';

function ranked(...probabilities: readonly number[]): Ranking {
  const [nothing = 0, ...causes] = probabilities;
  return aRanking({
    nothing: anAssessment(nothing),
    causes: causes.map((probability, index) =>
      aRankedCause({ eventId: `e${index + 1}`, statement: `Cause ${index + 1}.`, probability }),
    ),
  });
}

function afterRanking(ranking: Ranking): readonly RecordedEvent[] {
  return play([[{ type: 'rank-causes', ranking }, bot]], eventsUpTo('isolate'));
}

function judged(
  events: readonly RecordedEvent[],
  eventId: string,
  verdict: 'confirmed' | 'eliminated',
): readonly RecordedEvent[] {
  const hypothesisId = `cause-${eventId}`;
  return play([[{ ...commands.confirm, hypothesisId, verdict }, ana]], events);
}

function shownOf(state: IncidentState): readonly (number | null)[] {
  return [
    nothingNow(state)?.probability ?? null,
    ...state.hypotheses.map((row) => likelihoodNow(state, row)?.probability ?? null),
  ].map((probability) => (probability === null ? null : Math.round(probability * 100)));
}

describe('the likelihood of a hypothesis now', () => {
  it('is what the ranking says while nothing is ruled out', () => {
    expect(shownOf(stateOf(afterRanking(ranked(0.2, 0.5, 0.3))))).toEqual([20, 50, 30]);
  });

  it('rises when another is ruled out, and so does that nothing on record explains it', () => {
    const state = stateOf(judged(afterRanking(ranked(0.2, 0.5, 0.3)), 'e1', 'eliminated'));

    expect(shownOf(state)).toEqual([40, null, 60]);
  });

  it('is not told of what a person has confirmed: the finding counts then', () => {
    const state = stateOf(judged(afterRanking(ranked(0.2, 0.5, 0.3)), 'e1', 'confirmed'));

    expect(shownOf(state)).toEqual([20, null, 30]);
  });

  it('is never called likely only because the others were ruled out', () => {
    const events = afterRanking(ranked(0.02, 0.9, 0.08));
    const [, second] = stateOf(judged(events, 'e1', 'eliminated')).hypotheses;

    const now = likelihoodNow(
      stateOf(judged(events, 'e1', 'eliminated')),
      second as NonNullable<typeof second>,
    );

    expect(now).toMatchObject({ likelihood: 'possible' });
    expect(now?.probability).toBeCloseTo(0.8);
  });

  it('adds up to one over all that is open, whatever is ruled out', () => {
    const share = fc.double({ min: 0.5, max: 1, noNaN: true });
    const shares = fc.array(share, { minLength: 4, maxLength: 4 });
    const ruledOut = fc.subarray(['e1', 'e2', 'e3']);
    fc.assert(
      fc.property(shares, ruledOut, (given, out) => {
        const sum = given.reduce((total, one) => total + one, 0);
        const events = afterRanking(ranked(...given.map((one) => one / sum)));
        const state = stateOf(
          out.reduce((log, eventId) => judged(log, eventId, 'eliminated'), events),
        );
        const rows = state.hypotheses.map((row) => likelihoodNow(state, row));
        const told = [nothingNow(state), ...rows].filter((now) => now !== null);
        expect(told).toHaveLength(4 - out.length);
        expect(told.reduce((total, { probability }) => total + probability, 0)).toBeCloseTo(1);
      }),
    );
  });
});

describe('what leads', () => {
  const leads = (state: IncidentState) => {
    const leading = leadingExplanation(state);
    return leading?.kind === 'hypothesis' ? leading.hypothesis.number : leading?.kind;
  };

  it('is nobody while nothing is ranked or proposed', () => {
    expect(leads(stateOf(eventsUpTo('isolate')))).toBeUndefined();
  });

  it('is the likeliest hypothesis', () => {
    expect(leads(stateOf(afterRanking(ranked(0.1, 0.2, 0.6))))).toBe(2);
  });

  it('is hypothesis 0 where it is likelier than all of them', () => {
    expect(leads(stateOf(afterRanking(ranked(0.6, 0.3, 0.1))))).toBe('nothing');
  });

  it('is hypothesis 0 when all others are ruled out', () => {
    expect(leads(stateOf(judged(afterRanking(ranked(0.1, 0.8)), 'e1', 'eliminated')))).toBe(
      'nothing',
    );
  });

  it('is what a person has confirmed or rated high, however unlikely the bot holds it', () => {
    const events = afterRanking(ranked(0.7, 0.2, 0.1));
    const rate = { type: 'rate-hypothesis', likelihood: 'high', impact: 'high' } as const;

    const rated = play([[{ ...rate, hypothesisId: 'cause-e2' }, ana]], events);

    expect(leads(stateOf(rated))).toBe(2);
    expect(leads(stateOf(judged(events, 'e2', 'confirmed')))).toBe(2);
  });
});

describe('what moved since an earlier ranking', () => {
  it('names what is new, what moved far, and hypothesis 0, and leaves out the rest', () => {
    const before = afterRanking(ranked(0.4, 0.3, 0.28));
    const after = play(
      [[{ type: 'rank-causes', ranking: ranked(0.05, 0.6, 0.25, 0.1) }, bot]],
      before,
    );

    expect(movesSince(stateOf(after), stateOf(before))).toEqual([
      { number: 1, from: 0.3, to: 0.6 },
      { number: 3, from: null, to: 0.1 },
      { number: 0, from: 0.4, to: 0.05 },
    ]);
  });

  it('is told as the board shows it: without what is ruled out by now', () => {
    const before = afterRanking(ranked(0.1, 0.5, 0.4));
    const out = judged(before, 'e1', 'eliminated');
    const after = play([[{ type: 'rank-causes', ranking: ranked(0.4, 0.5, 0.1) }, bot]], out);

    const moves = movesSince(stateOf(after), stateOf(before));

    expect(moves.map(({ number }) => number)).toEqual([2, 0]);
    expect(moves[0]?.from).toBeCloseTo(0.8);
    expect(moves[0]?.to).toBeCloseTo(0.2);
  });
});
