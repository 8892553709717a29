import { newestFirst } from '../../domain/trail/newest-first.ts';
import { reduceRecord } from '../../domain/trail/reduce-record.ts';
import { DELIVERY_LAG_MS } from '../../domain/trail/windows.ts';
import type {
  ActivityEnd,
  ActivityPage,
  ActivityRequest,
  ActivitySource,
  AwsTarget,
  Logger,
} from '../../ports.ts';
import { type AnswerTrouble, foreignAccount } from '../answer-trouble.ts';
import { type LookupDependencies, readPage } from './read-page.ts';
import { parseEnvelope } from './schema.ts';

const LIMITS = {
  lookbackMaxMs: 90 * 86_400_000,
  deliveryLagMs: DELIVERY_LAG_MS,
  // Pages may come empty with a token, so the records' number alone does not end the reading.
  pagesMax: 250,
} as const;

export interface ActivityDependencies extends LookupDependencies {
  readonly log: Logger;
}

/** CloudTrail's Event history through LookupEvents. */
export function createActivitySource(deps: ActivityDependencies): ActivitySource {
  return {
    lookbackMaxMs: LIMITS.lookbackMaxMs,
    deliveryLagMs: LIMITS.deliveryLagMs,
    readPages: (request, signal) => readPages(deps, request, signal),
  };
}

interface Progress {
  readonly seenIds: Set<string>;
  accountId: string | null;
  skippedCount: number;
}

async function* readPages(
  deps: ActivityDependencies,
  request: ActivityRequest,
  signal: AbortSignal,
): AsyncGenerator<ActivityPage, ActivityEnd> {
  const progress: Progress = { seenIds: new Set(), accountId: null, skippedCount: 0 };
  let token: string | null = null;
  for (let pages = 0; pages < LIMITS.pagesMax; pages += 1) {
    const answer = await readPage(deps, request, token, signal);
    if (answer.kind === 'trouble') return stoppedBy(answer.trouble, deps, request, progress);
    const page = reducePage(answer.events, request, progress);
    const other = foreignAccount(request.target, progress.accountId);
    if (other !== null) return foreign(other, request.target, progress);
    const room = request.recordsMax - progress.seenIds.size;
    const kept = page.records.slice(0, room);
    for (const record of kept) progress.seenIds.add(record.eventId);
    if (kept.length > 0 || page.skippedCount > 0) {
      yield { ...page, records: kept, isLast: answer.nextToken === null };
    }
    const cut = page.records.length > room;
    if (cut || (room === kept.length && answer.nextToken !== null)) {
      return ended(progress, cutAt(request.recordsMax));
    }
    if (answer.nextToken === null) return ended(progress, null);
    token = answer.nextToken;
  }
  return ended(progress, `Reading stopped after ${LIMITS.pagesMax} pages.`);
}

/** The readable, new records of a page, newest first; a bad one is counted and left out. */
function reducePage(
  events: readonly unknown[],
  request: ActivityRequest,
  progress: Progress,
): ActivityPage {
  const parsed = events.map((event) => parseEnvelope(event, request.target.region));
  const readable = parsed.filter((record) => record !== null);
  const skippedCount = parsed.length - readable.length;
  progress.skippedCount += skippedCount;
  const fresh = new Map(
    readable
      .filter((record) => !progress.seenIds.has(record.eventId))
      .map((record) => [record.eventId, record]),
  );
  const records = [...fresh.values()].map(reduceRecord).sort(newestFirst);
  progress.accountId ??= records.find((record) => record.accountId !== null)?.accountId ?? null;
  return { records, skippedCount };
}

/** What is said when reading stopped at the limit. */
export function cutAt(recordsMax: number): string {
  return `Only the newest ${recordsMax} records were read.`;
}

function ended(progress: Progress, cutBecause: string | null): ActivityEnd {
  return {
    outcome: progress.seenIds.size > 0 ? 'found' : 'nothing',
    ...countsOf(progress),
    truncated: cutBecause !== null,
    explanation: cutBecause,
  };
}

function stoppedBy(
  trouble: AnswerTrouble,
  deps: ActivityDependencies,
  { target }: ActivityRequest,
  progress: Progress,
): ActivityEnd {
  const { outcome } = trouble;
  deps.log.warn('lookup ended early', { region: target.region, outcome });
  return { ...trouble, ...countsOf(progress), truncated: true };
}

function foreign(trouble: AnswerTrouble, target: AwsTarget, progress: Progress): ActivityEnd {
  const { accountId } = target;
  return { ...trouble, ...countsOf(progress), accountId, truncated: true };
}

function countsOf({ accountId, seenIds, skippedCount }: Progress) {
  return { accountId, recordCount: seenIds.size, skippedCount };
}
