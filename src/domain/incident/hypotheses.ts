import type { ChangeClass } from '../investigation/change-class.ts';
import type { Rating } from './events.ts';
import type { Hypothesis, HypothesisStatus, HypothesisTest, IncidentState } from './state.ts';

const RATING_ORDER = { high: 0, medium: 1, low: 2 } as const satisfies Record<Rating, number>;

const STATUS_ORDER = {
  confirmed: 0,
  testing: 1,
  proposed: 2,
  inconclusive: 2,
  eliminated: 3,
} as const satisfies Record<HypothesisStatus, number>;

/** What stands where a test would when somebody confirms or rules out on what is on record. */
export const JUDGED_WITHOUT_TEST = 'Judged from the evidence on record, without a test';

/** How the ids of what was read for a test begin. */
export const TEST_LOOK = 'test-look-';

/** `testNumber` is 1 for the first test of the hypothesis. */
export function testLookId(hypothesisId: string, testNumber: number): string {
  return `${TEST_LOOK}${hypothesisId}-${testNumber}`;
}

export const isUntested = ({ test }: Pick<HypothesisTest, 'test'>): boolean =>
  test === JUDGED_WITHOUT_TEST;

export function findHypothesis(state: IncidentState, hypothesisId: string): Hypothesis | null {
  return state.hypotheses.find((row) => row.hypothesisId === hypothesisId) ?? null;
}

export function runningTest(state: IncidentState): Hypothesis | null {
  return state.hypotheses.find((row) => row.status === 'testing') ?? null;
}

export const isTestable = (hypothesis: Hypothesis): boolean =>
  hypothesis.status === 'proposed' || hypothesis.status === 'inconclusive';

/**
 * Confirmed first, then the one under test, then by likelihood and impact; eliminated ones last.
 * The bot's own figures only settle ties: it rates every impact as medium until people do.
 */
export function rankHypotheses(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  return hypotheses.toSorted(
    (a, b) =>
      STATUS_ORDER[a.status] - STATUS_ORDER[b.status] ||
      RATING_ORDER[a.likelihood] - RATING_ORDER[b.likelihood] ||
      RATING_ORDER[a.impact] - RATING_ORDER[b.impact] ||
      (b.assessment?.probability ?? 0) - (a.assessment?.probability ?? 0) ||
      a.number - b.number,
  );
}

/** The one to show first; null when there is none or all are eliminated. */
export function leadingHypothesis(state: IncidentState): Hypothesis | null {
  const first = rankHypotheses(state.hypotheses)[0];
  return first === undefined || first.status === 'eliminated' ? null : first;
}

/** The one whose test would be next: what was tested in vain comes last. Null: there is nothing to test. */
export function nextToTest(state: IncidentState): Hypothesis | null {
  const testable = rankHypotheses(state.hypotheses).filter(isTestable);
  return testable.find(({ status }) => status === 'proposed') ?? testable[0] ?? null;
}

/** Of the recorded changes that people have confirmed as the cause. */
export function confirmedClasses({ hypotheses }: IncidentState): readonly ChangeClass[] {
  return hypotheses.flatMap(({ status, cause }) =>
    status === 'confirmed' && cause?.kind === 'change' ? [cause.changeClass] : [],
  );
}
