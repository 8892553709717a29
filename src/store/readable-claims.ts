import { isAppError } from '../errors.ts';
import type { ClaimedWork, Logger } from '../ports.ts';
import { workCodec } from './codec.ts';

const LEFT_FIRST_MS = 1_000;
const LEFT_MAX_MS = 30_000;

export type RawClaim = Omit<ClaimedWork, 'work'> & { readonly payload: string };

export interface SortedClaims {
  readonly readable: readonly ClaimedWork[];
  /** To be given back: whoever can read them takes them, and they wait longer each time. */
  readonly unreadable: readonly {
    readonly claim: Omit<ClaimedWork, 'work'>;
    readonly delayMs: number;
  }[];
}

/** How the store hears of what only a newer version can read. */
export interface ClaimReport {
  readonly log: Logger;
  readonly onNewer: () => void;
}

/** An item that cannot be read must not stop the others, and is nobody's failure. */
export function sortClaims(claims: readonly RawClaim[], report: ClaimReport): SortedClaims {
  const readable: ClaimedWork[] = [];
  const unreadable: SortedClaims['unreadable'][number][] = [];
  for (const { payload, ...claim } of claims) {
    try {
      readable.push({ ...claim, work: workCodec.decode(payload, `work/${claim.workId}`) });
    } catch (error) {
      tell(report, claim.workId, error);
      const delayMs = Math.min(LEFT_FIRST_MS * 2 ** (claim.attempt - 1), LEFT_MAX_MS);
      unreadable.push({ claim, delayMs });
    }
  }
  return { readable, unreadable };
}

function tell({ log, onNewer }: ClaimReport, workId: string, error: unknown): void {
  if (!isAppError(error, 'store-newer')) {
    log.error('A work item was set aside because it cannot be read', error, { workId });
    return;
  }
  log.warn('A work item of a newer version was left to others', { workId, reason: error.message });
  onNewer();
}
