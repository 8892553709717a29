import type { Untrusted } from '../untrusted.ts';
import type { Channel, Confidence, Principal, PrincipalKind, TrailRecord } from './record.ts';

/** By what the call that issued credentials was recognised; `name` is the only one that can mislead. */
export type FoundBy = 'key' | 'name' | 'shared-id' | 'sign-in' | 'switch';

/** How the reason of an actor begins whom only the chain has shown. */
export const FOLLOWED_BACK = {
  key: 'followed back by access key: ',
  name: 'followed back by session name and time: ',
  'shared-id': 'followed back into the other account: ',
  switch: 'followed back to the role switch in the console: ',
} as const satisfies Record<Exclude<FoundBy, 'sign-in'>, string>;

/** One call of a chain, and how it was found; null for the one in question. */
export interface ChainCall {
  readonly record: TrailRecord;
  readonly by: FoundBy | null;
}

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
  /** How that call was found; null for the one in question. */
  readonly by: FoundBy | null;
  readonly eventName: string;
  readonly accountId: string | null;
  readonly region: string;
  readonly sourceAddress: Untrusted | null;
  /** Null where the record does not say. */
  readonly mfa: boolean | null;
}

/** Who somebody is taken for, with how sure and why. */
export type Actor = Pick<Principal, 'label' | 'kind' | 'confidence' | 'reason'>;

type Links = readonly [ChainLink, ...ChainLink[]];

export function linksOf([first, ...others]: readonly [ChainCall, ...ChainCall[]]): Links {
  let isDoubtful = false;
  return [
    linkOf(first, isDoubtful),
    ...others.map((call) => {
      isDoubtful ||= call.by === 'name';
      return linkOf(call, isDoubtful);
    }),
  ];
}

/** Who made the call, seen to the far end of its credentials: the furthest holder whom we know. */
export function actorAmong(links: Links): Actor {
  const holders = links
    .map((link, index) => asWorkload(link, links[index + 1]))
    .filter(({ kind }, index) => index === 0 || kind !== 'service');
  const known = holders.findLast(({ kind }) => kind === 'human' || kind === 'automation');
  const { label, kind, confidence, reason } = known ?? links[0];
  if (known === undefined || known === holders[0]) return { label, kind, confidence, reason };
  const end = links.findIndex(({ eventId }) => eventId === known.eventId);
  const way = links.slice(0, end + 1).map(({ by }) => by);
  const by = way.find((found) => found === 'name' || found === 'switch') ?? way[1] ?? 'key';
  // Whoever signed in is whom the record named.
  const how = by === 'sign-in' ? '' : FOLLOWED_BACK[by];
  return { label, kind, confidence, reason: `${how}${reason}` };
}

/** A service that issues credentials hands them to what it runs: a function, an instance, a task. */
function asWorkload(link: ChainLink, issuer: ChainLink | undefined): ChainLink {
  if (issuer?.kind !== 'service' || link.kind !== 'unknown') return link;
  const reason = 'a workload: an AWS service issued its credentials';
  const confidence = issuer.by === 'name' ? 'medium' : 'high';
  return { ...link, kind: 'automation', confidence, reason };
}

/** A chain is as sure as its weakest link: names are chosen by callers, keys are not. */
function linkOf({ record, by }: ChainCall, isDoubtful: boolean): ChainLink {
  const { principal, eventId, atMs, channel, eventName, accountId, region } = record;
  const { label, kind, reason, roleName, mfa } = principal;
  const isSure = principal.confidence === 'certain' || principal.confidence === 'high';
  const confidence = isDoubtful && isSure ? 'medium' : principal.confidence;
  const who = { label, kind, confidence, reason, roleName, mfa };
  const call = { eventId, atMs, channel, by, eventName, accountId, region };
  return { ...who, ...call, sourceAddress: record.sourceAddress };
}
