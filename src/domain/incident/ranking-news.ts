import { RANKING_LIMITS, type RankedCause, type Ranking } from './ranking.ts';
import type { Hypothesis } from './state.ts';

/**
 * What is proposed stays on the board and keeps its number. Within the first seconds only what is
 * likely is, so that nobody is named for a moment; the likelihoods are those among all.
 */
export function withoutHaste(ranking: Ranking, onBoard: readonly Hypothesis[]): Ranking {
  const known = new Set(onBoard.flatMap(({ cause }) => cause?.eventIds ?? []));
  const causes = ranking.causes.filter(
    ({ cause, assessment }) =>
      cause.eventIds.some((eventId) => known.has(eventId)) || assessment.likelihood === 'likely',
  );
  return { ...ranking, causes };
}

/** An onset within a period of a metric of the last one is the same. */
const ONSET_MOVE_MIN_MS = 60_000;

/**
 * Whether a new ranking says something that people have not read yet: another order, other words,
 * a likelihood that moved; after what somebody said, also another reason. What was partial is
 * recorded once more when it is whole.
 */
export function isRankingNews(before: Ranking | null, after: Ranking): boolean {
  if (before === null || before.gatheringId !== after.gatheringId) return true;
  if (before.isPartial && !after.isPartial) return true;
  if (isMoved(before.nothing, after.nothing) || isOnsetMoved(before, after)) return true;
  const [was, is] = [toldOf(before), toldOf(after)];
  if (was.length !== is.length) return true;
  return is.some((cause, index) => {
    const other = was[index];
    return (
      other === undefined ||
      !isSameCause(other, cause) ||
      isMoved(other.assessment, cause.assessment) ||
      (after.occasion === 'statement' && isOtherReason(other, cause))
    );
  });
}

function toldOf({ causes }: Ranking): readonly RankedCause[] {
  return causes
    .filter(({ assessment }) => assessment.probability >= RANKING_LIMITS.probabilityMin)
    .slice(0, RANKING_LIMITS.proposedMax);
}

/** A set of changes grows as records arrive: one event in common is enough. */
function isSameCause(a: RankedCause, b: RankedCause): boolean {
  const events = new Set(a.cause.eventIds);
  return b.cause.eventIds.some((eventId) => events.has(eventId));
}

function isOtherReason(a: RankedCause, b: RankedCause): boolean {
  const wordsOf = ({ assessment }: RankedCause) =>
    [...assessment.for, ...assessment.against].toSorted().join('\n');
  return wordsOf(a) !== wordsOf(b);
}

function isMoved(a: Ranking['nothing'], b: Ranking['nothing']): boolean {
  const distance = Math.abs(a.probability - b.probability);
  return a.likelihood !== b.likelihood || distance >= RANKING_LIMITS.moveMin;
}

function isOnsetMoved({ onset: a }: Ranking, { onset: b }: Ranking): boolean {
  if (a === null || b === null) return a !== b;
  return Math.abs(a.earliestMs - b.earliestMs) >= ONSET_MOVE_MIN_MS;
}
