import type { Suggestion } from '../incident/ranking.ts';
import { listSome } from '../text/list-words.ts';
import { burstOf } from '../trail/bursts.ts';
import type { PrincipalKind } from '../trail/record.ts';
import { shortName } from '../trail/telling-names.ts';
import type { Untrusted } from '../untrusted.ts';
import type { Investigation, Suspect } from './investigate.ts';
import type { RankedObservation } from './observations/observation.ts';
import type { Point } from './point.ts';
import { suggestionForChange, suggestionForObservation } from './suggestions/suggestion-for.ts';

const LIMITS = {
  hypothesesMax: 10,
  observationsMax: 3,
  /** What a change explains better is its effect, and not worth a line of its own. */
  observedMin: 0.02,
  /** It stands for no change on record; two reasons that it is tied and fits. */
  observedReasonsMin: 2,
  namesMax: 2,
  /** Below this much log-odds nothing is called likely, however little else there is. */
  likelyScoreMin: 2.5,
  /** Measured: of what has three fifths of the likelihood, nine in ten are right. */
  likelyMin: 0.6,
  possibleMin: 0.1,
  /** Near, tied and fitting is what an innocent deployment looks like, too: one reason more. */
  reasonsMin: 4,
  reasonWeightMin: 0.4,
  /** That the alarm counts such calls is as good as two. */
  strongReasonMin: 3.1,
} as const;

export type Likelihood = 'likely' | 'possible' | 'unlikely';

export type Hypothesis = {
  /** One sentence; names in it were chosen by others. */
  readonly statement: string;
  /** Of all hypotheses together at most 1. */
  readonly probability: number;
  readonly confidence: Likelihood;
  readonly for: readonly string[];
  readonly against: readonly string[];
  /** Null where nothing can be tested: that nothing explains it. */
  readonly suggestion: Suggestion | null;
} & (
  | {
      readonly kind: 'change';
      readonly suspect: Suspect;
      readonly eventIds: readonly string[];
      readonly actor: { readonly label: Untrusted; readonly kind: PrincipalKind };
    }
  | {
      /** No change is on record for it, but something that was seen says where to look. */
      readonly kind: 'observation';
      readonly observation: RankedObservation;
      readonly eventIds: readonly string[];
    }
  | { readonly kind: 'no-change' }
);

/**
 * The best explanations, best first; that no change explains it is always among them, and so is
 * what holds one of the events asked for, however unlikely.
 */
export function hypothesesOf(
  found: Investigation,
  askedEventIds: ReadonlySet<string> = new Set(),
): readonly Hypothesis[] {
  const isAskedFor = ({ set }: Suspect) =>
    askedEventIds.size > 0 && set.changes.some(({ record }) => askedEventIds.has(record.eventId));
  const observations = found.observations
    .filter(({ probability }) => probability >= LIMITS.observedMin)
    .slice(0, LIMITS.observationsMax)
    .map(observationHypothesis);
  const changesMax = LIMITS.hypothesesMax - 1 - observations.length;
  const changes = found.suspects
    .filter((suspect, index) => index < changesMax || isAskedFor(suspect))
    .map(changeHypothesis);
  const nothing: Hypothesis = {
    kind: 'no-change',
    statement: 'Nothing in what was covered explains it: no change on record fits well enough.',
    probability: found.nothing.probability,
    confidence: likelihoodOf(found.nothing.probability, true),
    for: wordsOf(found.nothing.points, 1),
    against: wordsOf(found.nothing.points, -1),
    suggestion: null,
  };
  return [...changes, ...observations, nothing].sort((a, b) => b.probability - a.probability);
}

function changeHypothesis(suspect: Suspect): Hypothesis {
  const { probability, points, set, lead } = suspect;
  const { label, kind } = lead.record.principal;
  return {
    kind: 'change',
    statement: statementOf(suspect),
    probability,
    confidence: likelihoodOf(probability, isWellFounded(suspect)),
    for: wordsOf(points, 1),
    against: wordsOf(points, -1),
    suggestion: suggestionForChange(lead),
    suspect,
    eventIds: set.changes.map(({ record }) => record.eventId),
    actor: { label, kind },
  };
}

function observationHypothesis(observation: RankedObservation): Hypothesis {
  const { probability, points, statement, kind, thing, eventIds } = observation;
  const reasons = points.filter(({ weight }) => weight >= LIMITS.reasonWeightMin);
  return {
    kind: 'observation',
    statement,
    probability,
    confidence: likelihoodOf(probability, reasons.length >= LIMITS.observedReasonsMin),
    for: wordsOf(points, 1),
    against: wordsOf(points, -1),
    suggestion: suggestionForObservation(kind, thing),
    observation,
    eventIds,
  };
}

/** "ana@example.com revoked a rule in sg-0abc, and 3 more calls in one go: 2 minutes before …" */
function statementOf({ lead, set, points }: Suspect): string {
  const { principal, accountId } = lead.record;
  const [doing] = burstOf({ records: [lead.record] }).doings;
  const names = (doing?.names ?? []).map((name) => shortName(name, accountId));
  const things = listSome(names, LIMITS.namesMax);
  const more = set.changes.length - 1;
  const others =
    more === 0 ? '' : ` (and ${more === 1 ? 'one more call' : `${more} more calls`} in one go)`;
  const did = `${doing?.action ?? lead.record.eventName}${things === '' ? '' : `${doing?.joint ?? ' '}${things}`}`;
  const [lag] = points;
  return `${principal.label} ${did}${others}, ${lag?.words ?? 'before the trouble began'}.`;
}

function isWellFounded({ score, points }: Suspect): boolean {
  const reasons = points.filter(({ weight }) => weight >= LIMITS.reasonWeightMin);
  const strong = points.filter(({ weight }) => weight >= LIMITS.strongReasonMin);
  const reasonCount = reasons.length + strong.length;
  return score >= LIMITS.likelyScoreMin && reasonCount >= LIMITS.reasonsMin;
}

function likelihoodOf(probability: number, isFounded: boolean): Likelihood {
  if (probability >= LIMITS.likelyMin && isFounded) return 'likely';
  return probability >= LIMITS.possibleMin ? 'possible' : 'unlikely';
}

function wordsOf(points: readonly Point[], sign: 1 | -1): readonly string[] {
  return points
    .filter(({ weight }) => weight * sign > 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map(({ words }) => words);
}
