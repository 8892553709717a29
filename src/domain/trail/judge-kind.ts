import { actorOf, type CredentialChain } from './chain.ts';
import { newestFirst } from './newest-first.ts';
import { asksForKind, isDoubtful, isKindFlag, isOfAskedKind } from './query/asked-kind.ts';
import { answerRank } from './query/matches-query.ts';
import type { TrailQuery } from './query/query.ts';
import type { TrailRecord } from './record.ts';

export const JUDGE_LIMITS = {
  /** Each takes a lookup or a few, and somebody waits. */
  sessionsMax: 5,
} as const;

/** Chains of credentials that were followed back, by `credentialsOf`. */
export type FollowedChains = ReadonlyMap<string, CredentialChain>;

/** All calls with the same credentials have the same people behind them. */
export function credentialsOf({ accessKeyId, eventId }: TrailRecord): string {
  return accessKeyId ?? eventId;
}

/** Whether whoever made the call is of the kind that was asked for, as far as it is known. */
export function isByAskedKind(
  query: TrailQuery,
  record: TrailRecord,
  followed: FollowedChains,
): boolean {
  const chain = followed.get(credentialsOf(record));
  const { kind } = chain === undefined ? record.principal : actorOf(chain);
  return isOfAskedKind(query, kind);
}

/** Not taken for an answer, though it might be one: nobody could tell who is behind it. */
export function isUnjudged(
  query: TrailQuery,
  record: TrailRecord,
  followed: FollowedChains,
): boolean {
  if (isByAskedKind(query, record, followed)) return false;
  const chain = followed.get(credentialsOf(record));
  return chain === undefined ? isDoubtful(record) : chain.end !== 'origin';
}

/**
 * The call to follow back next, the best and newest that may be the answer; null when it is known
 * which one answers, or when enough were followed.
 */
export function nextToFollow(
  query: TrailQuery,
  records: readonly TrailRecord[],
  followed: FollowedChains,
): TrailRecord | null {
  if (!asksForKind(query) || followed.size >= JUDGE_LIMITS.sessionsMax) return null;
  const byRank = Map.groupBy(records.toSorted(newestFirst), (record) => answerRank(query, record));
  const candidates = [...(byRank.get('best') ?? []), ...(byRank.get('second') ?? [])];
  const isOpen = (record: TrailRecord): boolean =>
    isDoubtful(record) && !followed.has(credentialsOf(record));
  const first = candidates.find(
    (record) => isOpen(record) || isByAskedKind(query, record, followed),
  );
  return first !== undefined && isOpen(first) ? first : null;
}

/** What was left out for want of knowing, and how to see it; null when nothing was. */
export function leftOutSentence(query: TrailQuery, count: number): string | null {
  if (count === 0) return null;
  const asked = query.flags
    .filter(({ flag }) => isKindFlag(flag))
    .map(({ flag, negated }) => `${negated ? '-' : ''}is:${flag}`);
  const [calls, them] = count === 1 ? ['1 call was', 'it'] : [`${count} calls were`, 'them'];
  return `${calls} left out: whether a person or automation is behind ${them} is not sure. Ask without ${asked.join(' ')} to see ${them}.`;
}
