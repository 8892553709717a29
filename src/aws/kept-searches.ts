import { createHash } from 'node:crypto';
import { z } from 'zod';
import type {
  Logger,
  SourceReach,
  Store,
  TrailFindings,
  TrailSearch,
  TrailSource,
} from '../ports.ts';
import type { RecordsCodec } from './cloudtrail/kept-windows.ts';
import { pack, unpack } from './packed-text.ts';

export interface KeptSearchDependencies {
  readonly store: Pick<Store, 'readCached' | 'saveCached'>;
  readonly records: RecordsCodec;
  /** Changes with what the findings depend on besides the search: the credentials, what is searched. */
  readonly scope: string;
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** To be counted up when findings are kept in another way, or records reduced in another. */
const FORM = 1;

const LIMITS = {
  keepMs: 60 * 60_000,
  /** Stores keep no larger body. */
  bodyCharactersMax: 256 * 1024,
} as const;

const keptSchema = z.object({
  readAtMs: z.number(),
  matchesEnough: z.int(),
  targets: z.array(
    z.object({
      accountId: z.string().nullable(),
      region: z.string(),
      outcome: z.enum(['found', 'nothing']),
      count: z.int(),
      truncated: z.boolean(),
      explanation: z.string().nullable(),
    }),
  ),
  skippedCount: z.int(),
  matchedBy: z.string().nullable(),
  records: z.string(),
});

interface Kept {
  readonly matchesEnough: number;
  readonly findings: TrailFindings & { readonly readAtMs: number };
}

/**
 * A source whose searches cost money each, asked once for all pages of an answer and for whatever
 * is done with it. What nobody waits for is asked anew: it is to find what arrived late.
 */
export function createKeptSearch(source: TrailSource, deps: KeptSearchDependencies): TrailSource {
  return {
    reach: source.reach,
    async search(search, signal) {
      const key = keyOf(search, deps.scope);
      const kept = search.asker.urgency === 'waiting' ? await recall(deps, key) : null;
      if (kept !== null && answersFor(kept, search, source.reach, deps.nowMs())) {
        deps.log.info('search answered from what was kept', { store: source.reach.id });
        return kept.findings;
      }
      const readAtMs = deps.nowMs();
      const findings = await source.search(search, signal);
      if (isWorthKeeping(findings)) await keep(deps, key, search, { ...findings, readAtMs });
      return findings;
    },
  };
}

/** The window is frozen with the question, so that only this very question has this key. */
function keyOf({ query, targets }: TrailSearch, scope: string): string {
  const places = targets.map(({ accountId, region }) => [accountId, region]);
  const text = JSON.stringify([scope, query, places]);
  return `trail-search ${FORM} ${createHash('sha256').update(text).digest('base64url')}`;
}

/** It has as many matches as are wanted, or all; and what it may lack has not arrived meanwhile. */
function answersFor(
  { findings, matchesEnough }: Kept,
  search: TrailSearch,
  { deliveryLagMs }: SourceReach,
  nowMs: number,
): boolean {
  const isAll = findings.targets.every(({ truncated }) => !truncated);
  const matchesHeld = Math.max(matchesEnough, findings.records.length);
  const deliveredAtMs = search.query.toMs + deliveryLagMs;
  const isStale = findings.readAtMs < deliveredAtMs && nowMs >= deliveredAtMs;
  return (isAll || matchesHeld >= search.matchesEnough) && !isStale;
}

function isWorthKeeping({ targets, endedInTrouble = false }: TrailFindings): boolean {
  return !endedInTrouble && targets.every(({ outcome }) => KEPT_OUTCOMES.has(outcome));
}

const KEPT_OUTCOMES: ReadonlySet<string> = new Set(['found', 'nothing']);

/** Null when there is nothing; the cache is a help, never a condition. */
async function recall(
  { store, records, log }: KeptSearchDependencies,
  key: string,
): Promise<Kept | null> {
  try {
    const body = await store.readCached(key);
    if (body === null) return null;
    const kept = keptSchema.parse(JSON.parse(await unpack(body)));
    const { matchesEnough, ...findings } = kept;
    return { matchesEnough, findings: { ...findings, records: records.decode(kept.records, key) } };
  } catch (error) {
    log.warn('a kept search could not be read', { reason: String(error) });
    return null;
  }
}

async function keep(
  { store, records, log }: KeptSearchDependencies,
  key: string,
  { matchesEnough }: TrailSearch,
  findings: TrailFindings,
): Promise<void> {
  try {
    const text = { ...findings, matchesEnough, records: records.encode(findings.records) };
    const body = await pack(JSON.stringify(text));
    if (body.length > LIMITS.bodyCharactersMax) return;
    await store.saveCached(key, body, LIMITS.keepMs);
  } catch (error) {
    log.warn('a search could not be kept', { reason: String(error) });
  }
}
