import { type Actor, actorAmong, type ChainCall, type ChainLink, linksOf } from './chain-links.ts';
import {
  CHAIN_LIMITS,
  contextOf,
  isForeign,
  isIdentityCenter,
  isSession,
  type MintSearch,
  type SearchContext,
  searchesFor,
} from './chain-searches.ts';
import { type ChainEnd, type ChainExplanation, chainSentence } from './chain-words.ts';
import { findMint } from './find-mint.ts';
import type { TrailRecord } from './record.ts';

export type { Actor, ChainLink } from './chain-links.ts';
export { CHAIN_LIMITS } from './chain-searches.ts';

/** From the credentials used back to where they came from. */
export interface CredentialChain {
  readonly links: readonly [ChainLink, ...ChainLink[]];
  readonly end: ChainEnd;
  /** What is missing and where to ask on, in our own words; null for a whole chain. */
  readonly sentence: string | null;
}

/** Calls so far: the one in question, then each the one that issued the last one's credentials. */
export interface ChainTrail {
  readonly calls: readonly [ChainCall, ...ChainCall[]];
  readonly stepCount: number;
  /** What was sought already, so that nothing is sought twice. */
  readonly asked: readonly string[];
}

export type ChainStep =
  | {
      readonly kind: 'look-up';
      /** One after the other, until one brings the call. */
      readonly searches: readonly [MintSearch, ...MintSearch[]];
      readonly context: SearchContext;
      /** How the chain ends when none does. */
      readonly otherwise: ChainEnd;
    }
  | { readonly kind: 'ended'; readonly end: ChainEnd };

/** Whether there is somebody or something behind the caller that the record alone does not show. */
export function canBeFollowed(record: TrailRecord): boolean {
  const { kind, confidence } = record.principal;
  if (kind === 'service' || confidence === 'certain' || record.category === 'insight') return false;
  return isForeign(record) || nextStep(startChain(record)).kind === 'look-up';
}

export function startChain(record: TrailRecord): ChainTrail {
  return { calls: [{ record, by: null }], stepCount: 0, asked: [] };
}

/** What to look up next, or why there is nothing more to look up. */
export function nextStep(trail: ChainTrail): ChainStep {
  const context = contextOf(trail.calls);
  const possible = searchesFor(context);
  const [first, ...others] = possible.filter(
    (search) => !trail.asked.includes(askedName(search, context)),
  );
  if (first === undefined) {
    return { kind: 'ended', end: possible.length > 0 ? circleEnd(context) : endWithout(context) };
  }
  if (trail.stepCount >= CHAIN_LIMITS.stepsMax) return { kind: 'ended', end: 'too-long' };
  const otherwise = endWithout(context) === 'no-key' ? 'not-found' : endWithout(context);
  return { kind: 'look-up', searches: [first, ...others], context, otherwise };
}

/** The trail with the call that the search was for; null when it is not among the records. */
export function followSearch(
  trail: ChainTrail,
  search: MintSearch,
  found: readonly TrailRecord[],
  isWhole: boolean,
): ChainTrail | null {
  const context = contextOf(trail.calls);
  const known = new Set(trail.calls.map(({ record }) => record.eventId));
  const fresh = found.filter(({ eventId }) => !known.has(eventId));
  const mint = findMint(search, context, fresh, isWhole);
  if (mint === null) return null;
  const [first, ...others] = trail.calls;
  // The same action as its own account recorded it: it says more about the same holder.
  const isTwin = isForeign(context.last) && isSameAction(context.last, mint.record);
  return {
    calls: [first, ...(isTwin ? others.slice(0, -1) : others), mint],
    stepCount: trail.stepCount + 1,
    asked: [...trail.asked, askedName(search, context)],
  };
}

/** What a chain is when it ends: at its origin, or before it because a lookup brought nothing. */
export function endChain(
  { calls }: ChainTrail,
  end: ChainEnd,
  { explanation = null, accountNames = new Map() }: ChainExplanation = {},
): CredentialChain {
  const { record } = calls.at(-1) ?? calls[0];
  const sentence = chainSentence(end, record, { explanation, accountNames });
  return { links: linksOf(calls), end, sentence };
}

/** Who made the call, seen to the far end of its credentials: the furthest holder whom we know. */
export function actorOf({ links }: CredentialChain): Actor {
  return actorAmong(links);
}

/** How a chain ends where no search brings more. */
function endWithout({ last }: SearchContext): ChainEnd {
  const { principal } = last;
  if (principal.confidence === 'certain') return 'origin';
  if (isForeign(last)) return 'foreign';
  return isSession(principal) && !isIdentityCenter(principal) && principal.kind !== 'service'
    ? 'no-key'
    : 'origin';
}

function circleEnd({ last }: SearchContext): ChainEnd {
  return isForeign(last) ? 'foreign' : 'loop';
}

function isSameAction(last: TrailRecord, found: TrailRecord): boolean {
  const isSameMint =
    last.mintedAccessKeyId !== null && last.mintedAccessKeyId === found.mintedAccessKeyId;
  return isSameMint || (last.sharedEventId !== null && last.sharedEventId === found.sharedEventId);
}

function askedName({ how, accountId, attribute }: MintSearch, { last }: SearchContext): string {
  return [how, accountId, attribute.value, how === 'key' ? '' : last.eventId].join(' ');
}
