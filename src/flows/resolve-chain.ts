import { globalRegionOf } from '../domain/partition.ts';
import {
  type ChainTrail,
  type CredentialChain,
  endChain,
  followLookup,
  type MintLookup,
  nextStep,
  startChain,
} from '../domain/trail/chain.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ActivityEnd, ActivitySource, Asker, AwsTarget, Logger } from '../ports.ts';

/** What lists a key as a resource: the call that issued it, and at most a few about it. */
const RECORDS_PER_LOOKUP_MAX = 50;

export interface ChainDependencies {
  readonly activity: ActivitySource;
  /** The accounts and Regions that this installation may ask. */
  readonly targets: readonly AwsTarget[];
  readonly asker: Asker;
  readonly log: Logger;
}

export type ChainReply = CredentialChain;

/**
 * Follows the credentials of a call back to whom they were issued first, by one exact lookup a
 * step. Never throws for what AWS answers, nor when told to stop: the chain then ends there.
 */
export async function resolveChain(
  deps: ChainDependencies,
  record: TrailRecord,
  signal: AbortSignal,
): Promise<ChainReply> {
  let trail: ChainTrail = startChain(record);
  for (;;) {
    const step = nextStep(trail);
    if (step.kind === 'ended') return finished(deps, endChain(trail, step.end));
    const { records, trouble } = await findMint(deps, step.lookup, signal);
    const further = followLookup(trail, step.lookup, records);
    if (further === null) {
      const end = trouble === null ? 'not-found' : 'unchecked';
      return finished(deps, endChain(trail, end, trouble ?? undefined));
    }
    trail = further;
  }
}

interface Found {
  readonly records: readonly TrailRecord[];
  /** Why a place could not be asked; null when all answered. */
  readonly trouble: string | null;
}

/** The likely Regions first, side by side; the others only when the key was not issued there. */
async function findMint(
  deps: ChainDependencies,
  lookup: MintLookup,
  signal: AbortSignal,
): Promise<Found> {
  let trouble: string | null = null;
  for (const targets of stagesOf(deps.targets, lookup)) {
    const found = await Promise.all(targets.map((target) => readAll(deps, target, lookup, signal)));
    const records = found.flatMap((reading) => reading.records);
    trouble ??= found.find((reading) => reading.trouble !== null)?.trouble ?? null;
    if (records.some(({ mintedAccessKeyId }) => mintedAccessKeyId === lookup.accessKeyId)) {
      return { records, trouble };
    }
  }
  return { records: [], trouble };
}

function stagesOf(
  targets: readonly AwsTarget[],
  { accountId, region }: MintLookup,
): readonly (readonly AwsTarget[])[] {
  const named = targets.filter((target) => target.accountId === accountId);
  const own = targets.filter((target) => target.accountId === null);
  const reachable = accountId !== null && named.length > 0 ? named : own;
  const [first] = reachable;
  if (first === undefined) return [];
  const likely = [...new Set([region, globalRegionOf(region)])];
  const others = [...new Set(reachable.map((target) => target.region))].filter(
    (candidate) => !likely.includes(candidate),
  );
  return [likely, others]
    .filter((regions) => regions.length > 0)
    .map((regions) => regions.map((name) => ({ ...first, region: name })));
}

async function readAll(
  { activity, asker }: ChainDependencies,
  target: AwsTarget,
  { accessKeyId, fromMs, toMs }: MintLookup,
  signal: AbortSignal,
): Promise<Found> {
  const attribute = { key: 'ResourceName', value: accessKeyId } as const;
  const recordsMax = RECORDS_PER_LOOKUP_MAX;
  const request = { target, asker, fromMs, toMs, attribute, recordsMax };
  const pages = activity.readPages(request, signal);
  const records: TrailRecord[] = [];
  for (;;) {
    const step = await pages.next();
    if (step.done) return { records, trouble: troubleOf(step.value) };
    records.push(...step.value.records);
  }
}

function troubleOf({ outcome, explanation }: ActivityEnd): string | null {
  if (outcome === 'found' || outcome === 'nothing') return null;
  return explanation ?? 'CloudTrail did not answer.';
}

function finished({ log }: ChainDependencies, chain: CredentialChain): CredentialChain {
  log.info('credentials followed back', { links: chain.links.length, end: chain.end });
  return chain;
}
