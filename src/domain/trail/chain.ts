import type { Untrusted } from '../untrusted.ts';
import { newestFirst } from './newest-first.ts';
import type { Channel, Confidence, Principal, PrincipalKind, TrailRecord } from './record.ts';

export const CHAIN_LIMITS = {
  /** Role sessions last 12 hours at most (chained ones 1), federation tokens 36. */
  windowMs: 36 * 3_600_000,
  /** How many times credentials are followed back to the call that issued them. */
  stepsMax: 5,
} as const;

/** How the reason of an actor begins whom only the chain has shown. */
export const FOLLOWED_BACK = 'followed back by access key: ';

/** Who somebody is taken for, with how sure and why. */
export type Actor = Pick<Principal, 'label' | 'kind' | 'confidence' | 'reason'>;

/** One holder of credentials: the first made the call in question, each next one issued the last's. */
export interface ChainLink {
  readonly label: Untrusted;
  readonly kind: PrincipalKind;
  readonly confidence: Confidence;
  /** Why we take it for that. */
  readonly reason: string;
  readonly roleName: Untrusted | null;
  /** The call by which it is known: the one in question, or the one that issued credentials. */
  readonly eventId: string | null;
  readonly atMs: number;
  readonly channel: Channel;
}

/** Why a chain ends where it does; only at its `origin` is it whole. */
export type ChainEnd =
  | 'origin'
  | 'foreign'
  | 'no-key'
  | 'not-found'
  | 'unchecked'
  | 'too-long'
  | 'loop';

/** From the credentials used back to where they came from. */
export interface CredentialChain {
  readonly links: readonly [ChainLink, ...ChainLink[]];
  readonly end: ChainEnd;
  /** What is missing and where to ask on, in our own words; null for a whole chain. */
  readonly sentence: string | null;
}

/** Calls so far: the one in question, then each the one that issued the last one's credentials. */
export interface ChainTrail {
  readonly calls: readonly [TrailRecord, ...TrailRecord[]];
  /** Account and key of the lookups made, so that none is made twice. */
  readonly asked: readonly string[];
}

/** One exact lookup: the call that issued this key lists it as a resource. */
export interface MintLookup {
  readonly accessKeyId: string;
  /** Null where the record does not say. */
  readonly accountId: string | null;
  /** STS answers in every Region; the caller's own is the likeliest. */
  readonly region: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export type ChainStep =
  | { readonly kind: 'look-up'; readonly lookup: MintLookup }
  | { readonly kind: 'ended'; readonly end: ChainEnd };

const MINTING = /^(?:AssumeRole|AssumeRoot|GetFederationToken|GetSessionToken)/;

/** Whether there is somebody behind the caller whom the record alone does not name for certain. */
export function canBeFollowed(record: TrailRecord): boolean {
  const { principal, accessKeyId } = record;
  if (principal.kind === 'service' || principal.confidence === 'certain') return false;
  return isForeign(record) || (isSession(principal) && accessKeyId !== null);
}

export function startChain(record: TrailRecord): ChainTrail {
  return { calls: [record], asked: [] };
}

/** What to look up next, or why there is nothing more to look up. */
export function nextStep(trail: ChainTrail): ChainStep {
  const last = lastCall(trail);
  const foreign = isForeign(last);
  const isNamed = !isSession(last.principal) && !foreign;
  if (isNamed || last.principal.confidence === 'certain') return { kind: 'ended', end: 'origin' };
  // A role taken from outside has the key on both sides: the other account's record names the caller.
  const accessKeyId = (foreign ? last.mintedAccessKeyId : null) ?? last.accessKeyId;
  const accountId = foreign ? last.principal.accountId : last.accountId;
  if (accessKeyId === null) return { kind: 'ended', end: foreign ? 'foreign' : 'no-key' };
  if (trail.asked.includes(askedKey(accountId, accessKeyId))) {
    return { kind: 'ended', end: foreign ? 'foreign' : 'loop' };
  }
  if (trail.asked.length >= CHAIN_LIMITS.stepsMax) return { kind: 'ended', end: 'too-long' };
  const { atMs: toMs, region } = last;
  const fromMs = toMs - CHAIN_LIMITS.windowMs;
  return { kind: 'look-up', lookup: { accessKeyId, accountId, region, fromMs, toMs } };
}

/** The trail with what the lookup brought; null when the issuing call is not among the records. */
export function followLookup(
  trail: ChainTrail,
  lookup: MintLookup,
  found: readonly TrailRecord[],
): ChainTrail | null {
  const [mint] = found.filter((record) => hasMinted(record, lookup.accessKeyId)).sort(newestFirst);
  const last = lastCall(trail);
  if (mint === undefined || mint.eventId === last.eventId) return null;
  const [first, ...others] = trail.calls;
  const isTwin = others.length > 0 && last.mintedAccessKeyId === lookup.accessKeyId;
  return {
    calls: [first, ...(isTwin ? others.slice(0, -1) : others), mint],
    asked: [...trail.asked, askedKey(lookup.accountId, lookup.accessKeyId)],
  };
}

/** What a chain is when it ends: here, or before its origin because a lookup brought nothing. */
export function endChain(trail: ChainTrail, end: ChainEnd, explanation?: string): CredentialChain {
  const [first, ...others] = trail.calls;
  const last = lastCall(trail);
  const reached = isForeign(last) && end === 'not-found' ? 'foreign' : end;
  return {
    links: [linkOf(first), ...others.map(linkOf)],
    end: reached,
    sentence: sentenceOf(reached, last, explanation),
  };
}

/** Who made the call, seen to the far end of its credentials: the furthest holder whom we know. */
export function actorOf({ links }: CredentialChain): Actor {
  const holders = links
    .map((link, index) => asWorkload(link, links[index + 1]))
    .filter(({ kind }, index) => index === 0 || kind !== 'service');
  const known = holders.findLast(({ kind }) => kind === 'human' || kind === 'automation');
  const { label, kind, confidence, reason } = known ?? links[0];
  if (known === undefined || known === holders[0]) return { label, kind, confidence, reason };
  return { label, kind, confidence, reason: `${FOLLOWED_BACK}${reason}` };
}

/** A service that issues credentials hands them to what it runs: a function, an instance, a task. */
function asWorkload(link: ChainLink, issuer: ChainLink | undefined): ChainLink {
  if (issuer?.kind !== 'service' || link.kind !== 'unknown') return link;
  const reason = 'a workload: an AWS service issued its credentials';
  return { ...link, kind: 'automation', confidence: 'high', reason };
}

function linkOf({ principal, eventId, atMs, channel }: TrailRecord): ChainLink {
  const { label, kind, confidence, reason, roleName } = principal;
  return { label, kind, confidence, reason, roleName, eventId, atMs, channel };
}

function sentenceOf(end: ChainEnd, last: TrailRecord, explanation: string | undefined) {
  switch (end) {
    case 'origin':
      return null;
    case 'foreign':
      return `The role was assumed from account ${last.principal.accountId}, whose own trail names the caller: ask there.`;
    case 'no-key':
      return 'The session could not be followed further back: its record holds no access key id.';
    case 'not-found':
      return 'The session could not be followed further back: no call that issued its credentials was found.';
    case 'unchecked':
      return `The session could not be followed further back. ${explanation ?? 'The lookup failed.'}`;
    case 'too-long':
      return `Credentials were followed back ${CHAIN_LIMITS.stepsMax} steps without reaching their origin.`;
    case 'loop':
      return 'The session could not be followed further back: the records point in a circle.';
  }
}

/** Role sessions and federation tokens; users, services and identity providers are origins. */
function isSession({ roleName, userName, sessionName }: Principal): boolean {
  return roleName !== null || (userName === null && sessionName !== null);
}

function isForeign({ principal, accountId }: TrailRecord): boolean {
  return (
    principal.kind !== 'service' &&
    principal.accountId !== null &&
    accountId !== null &&
    principal.accountId !== accountId
  );
}

function hasMinted(record: TrailRecord, accessKeyId: string): boolean {
  return (
    record.mintedAccessKeyId === accessKeyId &&
    record.errorCode === null &&
    MINTING.test(record.eventName)
  );
}

function lastCall({ calls }: ChainTrail): TrailRecord {
  return calls.at(-1) ?? calls[0];
}

function askedKey(accountId: string | null, accessKeyId: string): string {
  return `${accountId ?? ''} ${accessKeyId}`;
}
