import type { TrailRecord } from '../trail/record.ts';

const LIMITS = {
  /** What began with the deed itself is not what somebody is known by. */
  knownBeforeMs: 60 * 60_000,
  /** Who was hardly seen before has no usual address. */
  callsMin: 3,
} as const;

const ADDRESS = /^[0-9a-f.:]+$/i;

export type Suspicion = 'new-address' | 'no-mfa';

/** What is odd about who called: it speaks for a change where an alarm is about safety. */
export function createSuspicion(
  records: readonly TrailRecord[],
): (record: TrailRecord) => readonly Suspicion[] {
  const seen = new Map<string, Map<string, number[]>>();
  for (const { principal, sourceAddress, atMs } of records) {
    const addresses = seen.get(principal.label) ?? new Map<string, number[]>();
    seen.set(principal.label, addresses);
    const address = sourceAddress ?? '';
    const times = addresses.get(address);
    if (times === undefined) addresses.set(address, [atMs]);
    else times.push(atMs);
  }
  return ({ principal, sourceAddress, atMs }) => {
    const beforeMs = atMs - LIMITS.knownBeforeMs;
    const addresses = seen.get(principal.label) ?? new Map<string, number[]>();
    const isBefore = (timeMs: number) => timeMs < beforeMs;
    const calls = [...addresses.values()].flat().filter(isBefore).length;
    const isNew =
      sourceAddress !== null &&
      ADDRESS.test(sourceAddress) &&
      calls >= LIMITS.callsMin &&
      !(addresses.get(sourceAddress) ?? []).some(isBefore);
    return [
      ...(isNew ? (['new-address'] as const) : []),
      ...(principal.kind === 'human' && principal.mfa === false ? (['no-mfa'] as const) : []),
    ];
  };
}
