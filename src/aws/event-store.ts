import { NO_DATA_EVENTS, type TargetReport } from '../domain/coverage.ts';
import { isAnswer, matchesQuery } from '../domain/trail/query/matches-query.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { reduceRecord } from '../domain/trail/reduce-record.ts';
import type {
  AwsTarget,
  EventStoreSettings,
  Logger,
  SourceReach,
  TrailFindings,
  TrailSearch,
  TrailSource,
} from '../ports.ts';
import type { AnswerTrouble } from './answer-trouble.ts';
import { parseRecord } from './cloudtrail/schema.ts';
import { type QueryService, runQuery } from './run-query.ts';

const LIMITS = {
  /** Somebody waits; a search in the background may take as long as its work is held. */
  waitingMaxMs: 60_000,
  backgroundMaxMs: 180_000,
  /** What is newest first and longer than this answers no question. */
  rowsMax: 10_000,
  /** AWS's own limit for an event; what is longer is something else. */
  recordCharactersMax: 262_144,
} as const;

export const ROWS_MAX = LIMITS.rowsMax;

export interface EventStore {
  readonly settings: EventStoreSettings;
  readonly reach: Omit<SourceReach, 'covers' | 'searchesEverything' | 'lookbackMaxMs'>;
  /** What people call it. */
  readonly name: string;
  readonly log: Logger;
  /** The query for one search, ready to be started. */
  query(search: TrailSearch): QueryService;
}

/** A place that finds by everything at once: one query for all targets, filtered exactly here. */
export function createEventStore(store: EventStore): TrailSource {
  const covers = (target: AwsTarget): boolean => isCovered(store.settings, target);
  const { reach } = store;
  const gaps = reach.holds.includes('data') ? reach.gaps : [NO_DATA_EVENTS, ...reach.gaps];
  return {
    reach: { ...reach, gaps, lookbackMaxMs: null, searchesEverything: true, covers },
    search: (search, signal) => searchStore(store, search, signal),
  };
}

/** Null is whatever account the bot's own credentials belong to. */
function isCovered(
  { home, accountIds, regions }: EventStoreSettings,
  { accountId, region }: AwsTarget,
): boolean {
  const isOfAccount =
    accountIds === null
      ? accountId === home.accountId
      : accountId !== null && accountIds.includes(accountId);
  return isOfAccount && (regions === null || regions.includes(region));
}

interface Progress {
  readonly matches: TrailRecord[];
  rowCount: number;
  skippedCount: number;
  /** Reading ended because there was enough, or because more rows cannot be had. */
  cut: string | null;
}

async function searchStore(
  store: EventStore,
  search: TrailSearch,
  signal: AbortSignal,
): Promise<TrailFindings> {
  const progress: Progress = { matches: [], rowCount: 0, skippedCount: 0, cut: null };
  const { urgency } = search.asker;
  const timeMaxMs = urgency === 'waiting' ? LIMITS.waitingMaxMs : LIMITS.backgroundMaxMs;
  const patience = {
    timeMaxMs,
    tooLong: `The search in ${store.name} was not done after ${timeMaxMs / 1_000} seconds and was stopped: ask about a shorter time.`,
    onWaiting: () => search.onProgress?.(`Searching ${store.name}.`),
  };
  const pages = runQuery(store.query(search), patience, signal);
  const trouble = await readPages(pages, search, progress);
  const { outcome } = trouble ?? { outcome: 'done' };
  store.log.info('store searched', { store: store.reach.id, rows: progress.rowCount, outcome });
  const told = progress.matches[0] === undefined ? null : 'full search';
  return {
    records: progress.matches,
    targets: search.targets.map((target) => reportOf(target, progress, trouble)),
    skippedCount: progress.skippedCount,
    matchedBy: told,
    endedInTrouble: trouble !== null,
  };
}

async function readPages(
  pages: ReturnType<typeof runQuery>,
  { query, targets, matchesEnough, onProgress }: TrailSearch,
  progress: Progress,
): Promise<AnswerTrouble | null> {
  for (;;) {
    const step = await pages.next();
    if (step.done) return step.value;
    for (const text of step.value.texts) take(text, query, targets, progress);
    const { matches, rowCount } = progress;
    onProgress?.(`${rowCount} calls read, ${matches.length} match.`);
    const isLast = step.value.nextToken === null;
    if (isLast && rowCount >= LIMITS.rowsMax) {
      progress.cut = `Only the newest ${LIMITS.rowsMax} calls that may match were read.`;
    }
    const hasAnswer = matches.some((record) => isAnswer(query, record));
    if (isLast || matches.length < matchesEnough || !hasAnswer) continue;
    progress.cut = 'Reading stopped when the newest matches were found.';
    await pages.return(null);
    return null;
  }
}

function take(
  text: string,
  query: TrailQuery,
  targets: readonly AwsTarget[],
  progress: Progress,
): void {
  progress.rowCount += 1;
  const raw = text.length > LIMITS.recordCharactersMax ? null : parseRecord(parseJson(text));
  if (raw === null) {
    progress.skippedCount += 1;
    return;
  }
  const record = reduceRecord(raw);
  const isAsked = targets.some((target) => isFrom(record, target));
  if (isAsked && matchesQuery(query, record)) progress.matches.push(record);
}

function isFrom(record: TrailRecord, { accountId, region }: AwsTarget): boolean {
  return record.region === region && (accountId === null || record.accountId === accountId);
}

function reportOf(
  target: AwsTarget,
  { matches, cut }: Progress,
  trouble: AnswerTrouble | null,
): TargetReport {
  const own = matches.filter((record) => isFrom(record, target));
  const count = new Set(own.map(({ eventId }) => eventId)).size;
  return {
    accountId: target.accountId ?? own[0]?.accountId ?? null,
    region: target.region,
    outcome: count > 0 ? 'found' : (trouble?.outcome ?? 'nothing'),
    count,
    truncated: trouble !== null || cut !== null,
    explanation: trouble?.explanation ?? cut,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
