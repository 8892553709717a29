import { isAnswered } from '../domain/coverage.ts';
import {
  type ChainTrail,
  type CredentialChain,
  endChain,
  followSearch,
  nextStep,
  startChain,
} from '../domain/trail/chain.ts';
import { type MintSearch, soughtKey } from '../domain/trail/chain-searches.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ActivitySource, Asker, AwsTarget, Logger, MintMemory } from '../ports.ts';
import { placesOf } from './chain-places.ts';
import { collectRecords } from './collect-records.ts';

const OUT_OF_TIME = 'There was no time to look further: ask again, what was found is kept.';

/** Somebody waits for the answer: credentials are followed back only as far as this allows. */
const CHAIN_TIME_MAX_MS = 8_000;

/** What lists a key as a resource is one call or a few; a second of STS in a busy account is more. */
const RECORDS_PER_LOOKUP_MAX = 200;

export interface ChainDependencies {
  readonly activity: ActivitySource;
  /** The accounts and Regions that may be asked. */
  readonly targets: readonly AwsTarget[];
  readonly accountNames?: ReadonlyMap<string, string>;
  /** What is known from earlier chains; null: nothing is kept. */
  readonly mints?: MintMemory | null;
  readonly asker: Asker;
  readonly log: Logger;
}

/**
 * Follows the credentials of a call back to whom they were issued first, by one exact lookup a
 * step. Never throws for what AWS answers, nor when told to stop: the chain then ends there.
 */
export async function resolveChain(
  deps: ChainDependencies,
  record: TrailRecord,
  signal: AbortSignal,
): Promise<CredentialChain> {
  let trail: ChainTrail = startChain(record);
  for (;;) {
    const step = nextStep(trail);
    if (step.kind === 'ended') return finished(deps, endChain(trail, step.end, deps));
    const { further, trouble } = await takeStep(deps, trail, step.searches, signal);
    if (further !== null) {
      trail = further;
      continue;
    }
    const isOpen = trouble !== null && step.otherwise === 'not-found';
    const end = isOpen ? 'unchecked' : step.otherwise;
    return finished(deps, endChain(trail, end, { ...deps, explanation: trouble }));
  }
}

export function withinChainTime(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CHAIN_TIME_MAX_MS)]);
}

/** The call that issued the credentials of this one; null when it is not found. */
export async function findIssuingCall(
  deps: ChainDependencies,
  record: TrailRecord,
  signal: AbortSignal,
): Promise<TrailRecord | null> {
  const trail = startChain(record);
  const step = nextStep(trail);
  if (step.kind === 'ended') return null;
  const { further } = await takeStep(deps, trail, step.searches, signal);
  return further?.calls.at(-1)?.record ?? null;
}

interface StepResult {
  /** Null when nothing was found. */
  readonly further: ChainTrail | null;
  /** Why a place could not be asked; null when all answered. */
  readonly trouble: string | null;
}

/** One search after the other, each in its likely Regions first. */
async function takeStep(
  deps: ChainDependencies,
  trail: ChainTrail,
  searches: readonly [MintSearch, ...MintSearch[]],
  signal: AbortSignal,
): Promise<StepResult> {
  const known = await recall(deps, trail, searches[0]);
  if (known !== null) return { further: known, trouble: null };
  let trouble: string | null = null;
  for (const search of searches) {
    for (const targets of placesOf(deps.targets, search)) {
      if (signal.aborted) return { further: null, trouble: OUT_OF_TIME };
      const reading = await readSide(deps, targets, search, signal);
      const further = followSearch(trail, search, reading.records, reading.isWhole);
      if (further !== null) {
        await keep(deps, trail, search, further);
        return { further, trouble: null };
      }
      trouble ??= isExtra(search) ? null : reading.trouble;
    }
  }
  return { further: null, trouble: signal.aborted ? OUT_OF_TIME : trouble };
}

/** A sign-in adds to what is known; a Region of theirs that may not be asked hides nothing else. */
function isExtra({ how }: MintSearch): boolean {
  return how === 'sign-in' || how === 'switch';
}

interface Reading {
  readonly records: readonly TrailRecord[];
  readonly isWhole: boolean;
  readonly trouble: string | null;
}

async function readSide(
  deps: ChainDependencies,
  targets: readonly AwsTarget[],
  search: MintSearch,
  signal: AbortSignal,
): Promise<Reading> {
  const readings = await Promise.all(
    targets.map((target) => readAll(deps, target, search, signal)),
  );
  return {
    records: readings.flatMap((reading) => reading.records),
    isWhole: readings.every((reading) => reading.isWhole),
    trouble: readings.find((reading) => reading.trouble !== null)?.trouble ?? null,
  };
}

async function readAll(
  { activity, asker }: ChainDependencies,
  target: AwsTarget,
  { attribute, fromMs, toMs }: MintSearch,
  signal: AbortSignal,
): Promise<Reading> {
  const recordsMax = RECORDS_PER_LOOKUP_MAX;
  const request = { target, asker, fromMs, toMs, attribute, recordsMax };
  const pages = activity.readPages(request, signal);
  const { records, end } = await collectRecords(pages);
  const isRead = isAnswered(end);
  const trouble = isRead ? null : (end.explanation ?? 'CloudTrail did not answer.');
  return { records, isWhole: isRead && !end.truncated, trouble };
}

/** What a key's issuing call was never changes. What may not be asked is not told from memory either. */
async function recall(
  deps: ChainDependencies,
  trail: ChainTrail,
  search: MintSearch,
): Promise<ChainTrail | null> {
  const key = keptKey(trail);
  const isReachable = placesOf(deps.targets, search).length > 0;
  if (!deps.mints || key === null || search.accountId === null || !isReachable) return null;
  const mint = await deps.mints.recall(search.accountId, key);
  return mint === null ? null : followSearch(trail, search, [mint], false);
}

/** Kept only where the key itself says that it is the one: a name may mean another tomorrow. */
async function keep(
  { mints }: ChainDependencies,
  trail: ChainTrail,
  { accountId }: MintSearch,
  further: ChainTrail,
): Promise<void> {
  const key = keptKey(trail);
  const mint = further.calls.at(-1);
  const isExact = mint?.by === 'key' || mint?.by === 'sign-in';
  if (!mints || key === null || accountId === null || !isExact) return;
  await mints.keep(accountId, key, mint.record);
}

function keptKey({ calls }: ChainTrail): string | null {
  return soughtKey((calls.at(-1) ?? calls[0]).record);
}

function finished({ log }: ChainDependencies, chain: CredentialChain): CredentialChain {
  log.info('credentials followed back', { links: chain.links.length, end: chain.end });
  return chain;
}
