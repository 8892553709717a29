import type { Point } from '../point.ts';
import type { Symptom } from '../symptom.ts';
import type { Observation, Sight } from './observation.ts';
import { explainedPoint, fitPoint, priorPoint, timePoint } from './observation-points.ts';
import { ODDITIES, type Oddity } from './observation-weights.ts';
import { findOddIdentities, type OddIdentity } from './odd-identities.ts';

const LIMITS = {
  beforeMs: 24 * 3_600_000,
  /** One oddity is somebody on the train. */
  weightMin: 1.2,
} as const;

/** Where these are the trouble somebody may be in who should not be. */
const ABOUT_SAFETY: readonly Symptom[] = ['security', 'denied', 'cost', 'usage'];

const WORDS: Readonly<Record<Oddity, string>> = {
  'new-address': 'called from an address that was not seen before',
  'new-region': 'called in a Region for the first time',
  'new-tool': 'used another tool than before',
  'no-mfa': 'signed in without a second factor and then changed things',
  root: 'is the root user, which nobody needs for daily work',
  'watching-off': 'switched off a trail, a detector or a recorder',
  'tried-doors': 'was refused many different calls',
  'guessed-password': 'signed in after passwords that were wrong',
};

/** Who behaves as stolen credentials do, as an explanation where an alarm is about safety. */
export function observeIdentities(sight: Sight): readonly Observation[] {
  const { scene, records } = sight;
  if (!scene.symptoms.some((symptom) => ABOUT_SAFETY.includes(symptom))) return [];
  return findOddIdentities(records, scene.onset.earliestMs - LIMITS.beforeMs)
    .map((identity) => observationOf(identity, sight))
    .filter((found) => found !== null);
}

function observationOf(identity: OddIdentity, sight: Sight): Observation | null {
  const { label, oddities, records } = identity;
  const [first] = records;
  const odd = [...oddities].map(
    (oddity): Point => ({ weight: ODDITIES[oddity], words: `${label} ${WORDS[oddity]}` }),
  );
  const weight = odd.reduce((sum, point) => sum + point.weight, 0);
  if (first === undefined || weight < LIMITS.weightMin) return null;
  return {
    kind: 'suspicious-identity',
    statement: `${label} may not be who it seems: ${[...oddities].map((oddity) => WORDS[oddity]).join('; ')}.`,
    thing: label,
    eventIds: records.map(({ eventId }) => eventId),
    atMs: first.atMs,
    points: [
      priorPoint('suspicious-identity'),
      ...odd,
      fitPoint('suspicious-identity', sight.scene),
      timePoint(sight.scene.onset, first.atMs),
      explainedPoint(sight, ['security']),
    ],
  };
}
