import fc from 'fast-check';
import {
  type Assessment,
  type Cause,
  OBSERVATION_KINDS,
  RANKING_LIMITS,
  type RankedCause,
  type Ranking,
} from '../../../src/domain/incident/ranking.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { atMs, hostileText, nullable } from './hostile-text.ts';

const foreign = hostileText.map(untrusted);
const eventId = fc.oneof(fc.constantFrom('e1', 'e2', 'e3'), fc.uuid(), hostileText);
const points = fc.array(hostileText, { maxLength: RANKING_LIMITS.pointsMax });

const assessment: fc.Arbitrary<Assessment> = fc.record({
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  likelihood: fc.constantFrom('likely', 'possible', 'unlikely'),
  for: points,
  against: points,
});

const causeBase = {
  eventIds: fc.array(eventId, { maxLength: 4 }),
  eventCount: fc.nat(),
  atMs,
};

const cause: fc.Arbitrary<Cause> = fc.oneof(
  fc.record({
    ...causeBase,
    kind: fc.constant('change' as const),
    changeClass: fc.constantFrom('network-closed', 'deployment'),
    actor: fc.record({ label: foreign, kind: fc.constantFrom('human', 'automation') }),
    accountId: nullable(hostileText),
    region: fc.oneof(fc.constant('eu-west-1'), hostileText),
  }) as fc.Arbitrary<Cause>,
  fc.record({
    ...causeBase,
    kind: fc.constant('observation' as const),
    observation: fc.constantFrom(...OBSERVATION_KINDS),
  }),
);

const rankedCause: fc.Arbitrary<RankedCause> = fc.record({
  causeId: fc.oneof(
    fc.constantFrom('hypothesis-1', 'hypothesis-2', 'cause-e1', 'cause-e2'),
    eventId.map((id) => `cause-${id}`),
  ),
  statement: hostileText,
  cause,
  assessment,
  suggestion: nullable(
    fc.record({
      test: hostileText,
      solution: hostileText,
      risk: hostileText,
      rollback: hostileText,
    }),
  ),
});

/** A ranking in which every name and sentence was chosen to do harm, or is as long as can be. */
export const hostileRanking: fc.Arbitrary<Ranking> = fc.record({
  gatheringId: nullable(fc.constantFrom('g1', 'g2')),
  occasion: fc.constantFrom('gathering', 'late-events', 'attached-evidence', 'statement', 'alarms'),
  isPartial: fc.boolean(),
  onset: nullable(
    fc.record({
      earliestMs: atMs,
      latestMs: atMs,
      spreadToMs: fc.option(atMs, { nil: null }),
      alarms: fc.array(fc.record({ name: foreign, breachedFromMs: atMs }), { maxLength: 10 }),
      flapping: fc.array(foreign, { maxLength: 10 }),
      stale: fc.array(foreign, { maxLength: 10 }),
    }),
  ),
  causes: fc.uniqueArray(rankedCause, {
    maxLength: RANKING_LIMITS.causesMax,
    selector: ({ causeId }) => causeId,
  }),
  nothing: assessment,
  basis: fc.record({
    recordCount: fc.nat(),
    alarmCount: fc.nat(),
    fromMs: atMs,
    toMs: atMs,
    gaps: fc.array(hostileText, { maxLength: RANKING_LIMITS.gapsMax }),
  }),
});
