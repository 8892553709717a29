import {
  type ChainTrail,
  type CredentialChain,
  endChain,
  followSearch,
  nextStep,
  startChain,
} from '../domain/trail/chain.ts';
import type { MintSearch } from '../domain/trail/chain-searches.ts';
import type { TrailRecord } from '../domain/trail/record.ts';

/** All calls that begin sessions and may be what one of the searches is for; others do no harm. */
export type FindStarts = (searches: readonly MintSearch[]) => Promise<readonly TrailRecord[]>;

/** Follows the credentials of a call back among the records of files. */
export async function followChain(record: TrailRecord, find: FindStarts): Promise<CredentialChain> {
  let trail = startChain(record);
  for (;;) {
    const step = nextStep(trail);
    if (step.kind === 'ended') return endChain(trail, step.end);
    const further = takeStep(trail, step.searches, await find(step.searches));
    if (further === null) return endChain(trail, step.otherwise);
    trail = further;
  }
}

function takeStep(
  trail: ChainTrail,
  searches: readonly MintSearch[],
  records: readonly TrailRecord[],
): ChainTrail | null {
  for (const search of searches) {
    const found = records.filter((record) => isThere(record, search));
    const further = followSearch(trail, search, found, true);
    if (further !== null) return further;
  }
  return null;
}

function isThere({ atMs, accountId }: TrailRecord, search: MintSearch): boolean {
  return (
    atMs >= search.fromMs &&
    atMs <= search.toMs &&
    (search.accountId === null || accountId === search.accountId)
  );
}
