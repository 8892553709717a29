import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { oldestFirst } from './oldest-first.ts';
import type { Onset } from './onset.ts';
import { type Refuser, refuserOf } from './refusal.ts';

const LIMITS = {
  /** Calls may begin to fail before the metric of an alarm shows it. */
  leadMs: 30 * 60_000,
  failsMin: 2,
  /** As many times more often than before; what always fails says nothing. */
  riseMin: 4,
} as const;

/** What failing calls say: something is refused, or a limit is reached. */
export type FailureKind = 'denied' | 'limit' | 'no-capacity' | 'broken';

const KINDS: readonly (readonly [RegExp, FailureKind])[] = [
  [/InsufficientInstanceCapacity|InsufficientCapacity|Spot/i, 'no-capacity'],
  [/Throttl|LimitExceeded|TooManyRequests|SlowDown|Quota/i, 'limit'],
  [/Denied|Unauthori[sz]ed|Forbidden|NotAuthorized|InvalidClientTokenId|OptInRequired/i, 'denied'],
  [
    /InvalidState|Disabled|NotFound|InvalidRequest|InvalidParameter|Failure|Unavailable|Pending/i,
    'broken',
  ],
];

/** Calls of one program that fail since the trouble began, and did not before. */
export interface Failure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly call: string;
  readonly caller: string;
  /** The caller's own names: its role and session. */
  readonly callerNames: readonly string[];
  readonly named: readonly string[];
  readonly count: number;
  /** The failing calls since then, oldest first, and how many failed like them before. */
  readonly calls: readonly [TrailRecord, ...TrailRecord[]];
  readonly countBefore: number;
  /** What said no, where the messages tell. */
  readonly refusedBy: Refuser | null;
}

/** Failing attempts of people are their work on the incident: only programs count. */
export function findFailures(
  records: readonly TrailRecord[],
  onset: Onset,
  nowMs: number,
): readonly Failure[] {
  const groups = new Map<string, TrailRecord[]>();
  for (const record of records) {
    if (record.errorCode === null || record.principal.kind === 'human') continue;
    const { eventSource, eventName, errorCode, principal } = record;
    const who = principal.roleName ?? principal.label;
    const key = `${eventSource} ${normaliseEventName(eventName)} ${errorCode} ${who}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  const fromMs = onset.earliestMs - LIMITS.leadMs;
  const earliestMs = records.reduce((least, { atMs }) => Math.min(least, atMs), fromMs);
  const spans = { before: Math.max(1, fromMs - earliestMs), after: Math.max(1, nowMs - fromMs) };
  return [...groups.values()].flatMap((group) => failureOf(group, fromMs, spans) ?? []);
}

function failureOf(
  group: readonly TrailRecord[],
  fromMs: number,
  spans: { readonly before: number; readonly after: number },
): Failure | null {
  const after = group.filter(({ atMs }) => atMs >= fromMs).sort(oldestFirst);
  const [first, ...others] = after;
  if (first === undefined || after.length < LIMITS.failsMin) return null;
  const before = group.length - after.length;
  const isNew = before === 0;
  const rise = (after.length / spans.after) * (spans.before / Math.max(1, before));
  const code: string = first.errorCode ?? '';
  const kind = KINDS.find(([pattern]) => pattern.test(code))?.[1];
  if (kind === undefined || (!isNew && rise < LIMITS.riseMin)) return null;
  const { roleName, label } = first.principal;
  const sessions = after.flatMap(({ principal }) => principal.sessionName ?? []);
  const named = after.flatMap(({ resources }) => resources.map(({ name }): string => name));
  return {
    kind,
    code,
    call: normaliseEventName(first.eventName),
    caller: roleName ?? label,
    callerNames: [...new Set([...(roleName === null ? [label] : [roleName]), ...sessions])],
    named: [...new Set(named)],
    count: after.length,
    calls: [first, ...others],
    countBefore: before,
    refusedBy: kind === 'denied' || kind === 'broken' ? refuserOf(first.errorMessage ?? '') : null,
  };
}
