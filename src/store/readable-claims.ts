import type { ClaimedWork, Logger } from '../ports.ts';
import { workCodec } from './codec.ts';

export type RawClaim = Omit<ClaimedWork, 'work'> & { readonly payload: string };

/**
 * An item that cannot be read must not stop the others: it is logged and stays hidden until its
 * lease ends, when perhaps a newer process gets it.
 */
export function readableClaims(claims: readonly RawClaim[], log: Logger): readonly ClaimedWork[] {
  return claims.flatMap(({ payload, ...claim }) => {
    try {
      return [{ ...claim, work: workCodec.decode(payload, `work/${claim.workId}`) }];
    } catch (error) {
      log.error('A work item was set aside because it cannot be read', error, {
        workId: claim.workId,
      });
      return [];
    }
  });
}
