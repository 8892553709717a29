import { canBeFollowed } from '../chain.ts';
import type { PrincipalKind, TrailRecord } from '../record.ts';
import type { Flag, TrailQuery } from './query.ts';

const KIND_FLAGS = ['human', 'automation'] as const satisfies readonly Flag[];

type KindFlag = (typeof KIND_FLAGS)[number];

export function isKindFlag(flag: Flag): flag is KindFlag {
  return KIND_FLAGS.some((known) => known === flag);
}

/** `is:human`, `is:automation` and their negations: who is behind a call, not only what it says. */
export function asksForKind({ flags }: TrailQuery): boolean {
  return flags.some(({ flag }) => isKindFlag(flag));
}

/** Whether somebody of this kind is whom the question is about. */
export function isOfAskedKind({ flags }: TrailQuery, kind: PrincipalKind): boolean {
  return flags.every(({ flag, negated }) => !isKindFlag(flag) || (kind === flag) !== negated);
}

/** The record names nobody surely, and its credentials may: who is behind it may be of another kind. */
export function isDoubtful(record: TrailRecord): boolean {
  const { kind, confidence } = record.principal;
  const isUnsure = kind === 'unknown' || confidence === 'low' || confidence === 'medium';
  return isUnsure && canBeFollowed(record);
}

/** By its record, or perhaps once its credentials are followed back. */
export function mayBeOfAskedKind(query: TrailQuery, record: TrailRecord): boolean {
  return isOfAskedKind(query, record.principal.kind) || isDoubtful(record);
}
