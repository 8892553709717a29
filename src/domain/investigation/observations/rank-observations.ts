import { type Point, sumOf } from '../point.ts';
import { observeAws } from './aws-event.ts';
import { observeFailures } from './failing.ts';
import type { Observation, Sight } from './observation.ts';
import { OBSERVED, OBSERVED_GAIN } from './observation-weights.ts';
import { observeIdentities } from './suspicious-identity.ts';
import { observeRates } from './unusual-rate.ts';

const LIMITS = {
  observationsMax: 5,
  /** Less than half as likely as that nothing explains it: no explanation of its own. */
  scoreMin: -0.7,
} as const;

export interface Unexplained {
  /** With what is left of "no change on record did it" as a point of each. */
  readonly observations: readonly (Observation & { readonly score: number })[];
  readonly nothing: readonly Point[];
}

/**
 * What was seen shares out what speaks for "no change on record did it", and adds a little to it:
 * it competes with hypothesis 0 first, and with the changes only by what it adds.
 */
export function rankObservations(sight: Sight, nothing: readonly Point[]): Unexplained {
  const found = [
    ...observeFailures(sight),
    ...observeRates(sight),
    ...observeIdentities(sight),
    ...observeAws(sight),
  ]
    .map((observation) => {
      const points = observation.points.filter(({ weight }) => weight !== 0);
      return { ...observation, points, own: Math.min(OBSERVED.scoreMost, sumOf(points)) };
    })
    .filter(({ own }) => own >= LIMITS.scoreMin)
    .sort((a, b) => b.own - a.own || b.atMs - a.atMs || (a.statement < b.statement ? -1 : 1))
    .slice(0, LIMITS.observationsMax);
  if (found.length === 0) return { observations: [], nothing };
  const odds = found.map(({ own }) => Math.exp(own));
  const gain = found.reduce(
    (sum, { kind }, index) => sum + OBSERVED_GAIN[kind] * (odds[index] ?? 0),
    0,
  );
  const all = odds.reduce((sum, each) => sum + each, 0);
  const share = Math.log(1 + gain) - Math.log(1 + all);
  const base = sumOf(nothing) + share;
  return {
    observations: found.map(({ own, ...observation }) => ({ ...observation, score: base + own })),
    nothing: [
      ...nothing,
      { weight: share, words: 'something was seen that says more than nothing' },
    ],
  };
}
