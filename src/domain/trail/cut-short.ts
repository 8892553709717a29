import type { TargetReport } from '../coverage.ts';
import type { TrailAnswer } from './answer.ts';

/** Who ended a lookup before it was through. */
export type EndedBy = 'person' | 'time-limit' | 'itself';

const REASONS = {
  person: 'It was cancelled before everything was read.',
  'time-limit': 'It took too long, so not everything was read.',
} as const satisfies Record<Exclude<EndedBy, 'itself'>, string>;

/**
 * The answer of a lookup that was stopped: what was not read to the end was cut short by us, and
 * did not fail to answer in time.
 */
export function cutShort(answer: TrailAnswer, endedBy: EndedBy): TrailAnswer {
  if (endedBy === 'itself') return answer;
  const explanation = REASONS[endedBy];
  const targets = answer.coverage.targets.map(
    (target): TargetReport =>
      target.outcome === 'timed-out'
        ? { ...target, outcome: 'nothing', truncated: true, explanation }
        : target,
  );
  return {
    ...answer,
    coverage: { ...answer.coverage, targets },
    notFound:
      answer.notFound === null
        ? null
        : 'Nothing that matches was found until then. That does not say that nobody did it.',
  };
}
