import type { Statement, StatementVerdict } from '../incident/evidence.ts';
import type { Investigation } from './investigate.ts';
import type { Point } from './point.ts';
import { SETS } from './weights.ts';

/**
 * What the person behind a change says about it. Whoever calls their own call a mistake is nearly
 * always right; planned changes break things nearly as often as others; a call that its maker
 * disowns is no routine.
 */
export const STATEMENT_POINTS = {
  mistake: { weight: 2, words: 'whoever made it says that it was a mistake' },
  planned: { weight: -0.4, words: 'whoever made it says that it was planned' },
  'not-me': { weight: 1.2, words: 'the person it is recorded under says that it was not them' },
} as const satisfies Record<StatementVerdict, Point>;

/** The same with what people said; the likelihoods of all explanations together stay what they were. */
export function weighStatements(
  found: Investigation,
  statements: readonly Statement[],
): Investigation {
  const pointOf = new Map<string, Point>(
    statements.flatMap(({ records, answer }) =>
      answer?.verdict == null
        ? []
        : records.map(({ eventId }) => [eventId, STATEMENT_POINTS[answer.verdict ?? 'planned']]),
    ),
  );
  if (pointOf.size === 0) return found;
  const spoken = found.suspects.map((suspect) => {
    const said = suspect.set.changes.flatMap(({ record }) => pointOf.get(record.eventId) ?? []);
    // Of several calls of one go, the weightiest word counts, once.
    const [point] = said.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    return { suspect, point: point ?? null };
  });
  const odds = spoken.map(
    ({ suspect, point }) => suspect.probability * Math.exp(SETS.sharpness * (point?.weight ?? 0)),
  );
  const before = found.suspects.reduce((sum, { probability }) => sum + probability, 0);
  const total = odds.reduce((sum, each) => sum + each, 1 - before);
  const suspects = spoken.map(({ suspect, point }, index) => ({
    ...suspect,
    probability: (odds[index] ?? 0) / total,
    ...(point !== null && {
      points: [...suspect.points, point],
      score: suspect.score + point.weight,
    }),
  }));
  return {
    ...found,
    suspects: suspects.toSorted((a, b) => b.probability - a.probability),
    nothing: { ...found.nothing, probability: found.nothing.probability / total },
    observations: found.observations.map((row) => ({
      ...row,
      probability: row.probability / total,
    })),
  };
}
