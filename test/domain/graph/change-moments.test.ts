import { describe, expect, it } from 'vitest';
import { changeMoments } from '../../../src/domain/graph/change-moments.ts';
import type { Cause } from '../../../src/domain/incident/ranking.ts';
import type { Hypothesis } from '../../../src/domain/incident/state.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { MINUTE_MS, ONSET_MS } from './builders.ts';

function aChange(atMs: number): Cause {
  return {
    kind: 'change',
    changeClass: 'compute-stopped',
    eventIds: ['e-1'],
    eventCount: 1,
    actor: { label: untrusted('noor'), kind: 'human' },
    atMs,
    accountId: null,
    region: 'eu-west-1',
  };
}

function aHypothesis(number: number, changes: Partial<Hypothesis> = {}): Hypothesis {
  return {
    hypothesisId: `hypothesis-${number}`,
    number,
    statement: 'Something was stopped.',
    status: 'proposed',
    likelihood: 'medium',
    impact: 'medium',
    isRatedByPerson: false,
    cause: aChange(ONSET_MS - number * MINUTE_MS),
    assessment: { probability: 1 / (number + 1), likelihood: 'possible', for: [], against: [] },
    suggestion: null,
    evidenceIds: [],
    by: { kind: 'bot' },
    proposedAtMs: ONSET_MS,
    tests: [],
    ...changes,
  };
}

const numbers = (hypotheses: readonly Hypothesis[]) =>
  changeMoments(hypotheses).map(({ number }) => number);

describe('the changes that a graph marks', () => {
  it('are those of the hypotheses on the board, with their numbers and times', () => {
    expect(changeMoments([aHypothesis(1), aHypothesis(2)])).toEqual([
      { number: 1, atMs: ONSET_MS - MINUTE_MS },
      { number: 2, atMs: ONSET_MS - 2 * MINUTE_MS },
    ]);
  });

  it('are none that people ruled out, and nothing that is no change', () => {
    const observed = {
      kind: 'observation',
      observation: 'denied-calls',
      eventIds: ['e-2'],
      eventCount: 3,
      atMs: ONSET_MS,
    } as const;
    const board = [
      aHypothesis(1, { status: 'eliminated' }),
      aHypothesis(2, { cause: null }),
      aHypothesis(3, { cause: observed }),
      aHypothesis(4, { status: 'confirmed' }),
    ];
    expect(numbers(board)).toEqual([4]);
  });

  it('are the five likeliest, in the order of their numbers', () => {
    const board = [9, 8, 7, 6, 5, 4].map((number) => aHypothesis(number));
    expect(numbers(board)).toEqual([4, 5, 6, 7, 8]);
  });
});
