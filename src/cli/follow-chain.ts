import {
  type CredentialChain,
  endChain,
  followLookup,
  nextStep,
  startChain,
} from '../domain/trail/chain.ts';
import type { TrailRecord } from '../domain/trail/record.ts';

/** Follows the credentials of a call back among records that have all been read already. */
export function followChain(record: TrailRecord, issuing: readonly TrailRecord[]): CredentialChain {
  const byKey = Map.groupBy(issuing, ({ mintedAccessKeyId }) => mintedAccessKeyId);
  let trail = startChain(record);
  for (;;) {
    const step = nextStep(trail);
    if (step.kind === 'ended') return endChain(trail, step.end);
    const { accessKeyId, fromMs, toMs } = step.lookup;
    const found = byKey.get(accessKeyId) ?? [];
    const inTime = found.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
    const further = followLookup(trail, step.lookup, inTime);
    if (further === null) return endChain(trail, 'not-found');
    trail = further;
  }
}
