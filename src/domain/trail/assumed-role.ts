import type { Untrusted } from '../untrusted.ts';
import type { Actor } from './chain-links.ts';
import { isMinting } from './find-mint.ts';
import type { Confidence, PrincipalKind, TrailRecord } from './record.ts';

/** Everybody's sessions of one role, by who began them. */
export interface AssumedBy {
  readonly label: Untrusted;
  readonly kind: PrincipalKind;
  readonly confidence: Confidence;
  readonly sessionCount: number;
  readonly lastAtMs: number;
  readonly lastEventId: string;
}

export interface AssumedRole {
  readonly name: string;
  /** Null where the record does not say. */
  readonly accountId: string | null;
  /** Null where only the call that began the session says it: a role's path is part of it. */
  readonly arn: string | null;
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** The role behind a call: the one that it assumed, or the one whose session made it. Null: none. */
export function roleBehind(record: TrailRecord): AssumedRole | null {
  const { eventName, principal, accountId } = record;
  if (isMinting(eventName)) {
    const arn = assumedArn(record);
    if (arn !== null) return arn;
  }
  const { roleName: name } = principal;
  if (name === null || !ROLE_NAME.test(name)) return null;
  return { name, accountId: principal.accountId ?? accountId, arn: null };
}

/** The role that a call of STS assumed, as it names it. */
export function assumedArn({ resources }: TrailRecord): AssumedRole | null {
  for (const { name } of resources) {
    const [arn, accountId = null, roleName] = ROLE_ARN.exec(name) ?? [];
    if (arn !== undefined && roleName !== undefined) return { name: roleName, accountId, arn };
  }
  return null;
}

/** Of calls on several roles those that began, or tried to begin, a session of this one. */
export function assumes(record: TrailRecord, role: AssumedRole): boolean {
  const assumed = isMinting(record.eventName) ? assumedArn(record) : null;
  return assumed !== null && assumed.name === role.name && assumed.accountId === role.accountId;
}

/** Who began the most sessions comes first. `actorOf` says who made a call, as far as it is known. */
export function foldAssumers(
  records: readonly TrailRecord[],
  actorOf: (record: TrailRecord) => Actor,
): readonly AssumedBy[] {
  const callers = Map.groupBy(records, (record) => {
    const { label, kind } = actorOf(record);
    return `${kind} ${label}`;
  });
  return [...callers.values()]
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : [assumerOf(first, others, actorOf)],
    )
    .sort((a, b) => b.sessionCount - a.sessionCount || b.lastAtMs - a.lastAtMs);
}

function assumerOf(
  first: TrailRecord,
  others: readonly TrailRecord[],
  actorOf: (record: TrailRecord) => Actor,
): AssumedBy {
  const last = others.reduce((a, b) => (b.atMs > a.atMs ? b : a), first);
  const { label, kind, confidence } = actorOf(last);
  const sessionCount = new Set([first, ...others].map(({ eventId }) => eventId)).size;
  return {
    label,
    kind,
    confidence,
    sessionCount,
    lastAtMs: last.atMs,
    lastEventId: last.eventId,
  };
}
