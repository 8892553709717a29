import type { TrailRecord } from '../trail/record.ts';

const LIMITS = {
  /** What began with the deed itself is not what somebody is known by. */
  knownBeforeMs: 60 * 60_000,
  /** Who was hardly seen before has no usual address. */
  callsMin: 3,
} as const;

const ADDRESS = /^[0-9a-f.:]+$/i;

export type Suspicion = 'new-address' | 'no-mfa';

interface Caller {
  /** The first few, oldest first. */
  readonly firstTimes: number[];
  readonly firstFrom: Map<string, number>;
}

/**
 * What is odd about who called: it speaks for a change where an alarm is about safety. Records come
 * oldest first.
 */
export function createSuspicion(
  records: readonly TrailRecord[],
): (record: TrailRecord) => readonly Suspicion[] {
  const callers = new Map<string, Caller>();
  for (const { principal, sourceAddress, atMs } of records) {
    const caller: Caller = callers.get(principal.label) ?? {
      firstTimes: [],
      firstFrom: new Map(),
    };
    callers.set(principal.label, caller);
    if (caller.firstTimes.length < LIMITS.callsMin) caller.firstTimes.push(atMs);
    const address = sourceAddress ?? '';
    if (!caller.firstFrom.has(address)) caller.firstFrom.set(address, atMs);
  }
  return ({ principal, sourceAddress, atMs }) => {
    const beforeMs = atMs - LIMITS.knownBeforeMs;
    const isBefore = (timeMs: number | undefined) => timeMs !== undefined && timeMs < beforeMs;
    const caller = callers.get(principal.label);
    const isNew =
      sourceAddress !== null &&
      ADDRESS.test(sourceAddress) &&
      isBefore(caller?.firstTimes[LIMITS.callsMin - 1]) &&
      !isBefore(caller?.firstFrom.get(sourceAddress));
    return [
      ...(isNew ? (['new-address'] as const) : []),
      ...(principal.kind === 'human' && principal.mfa === false ? (['no-mfa'] as const) : []),
    ];
  };
}
