import { isAnswered } from '../domain/coverage.ts';
import { isAnswer, matchesQuery } from '../domain/trail/query/matches-query.ts';
import type { LookupAttribute } from '../domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ActivityEnd, ActivityPage, AwsTarget } from '../ports.ts';

/** One lookup, read page by page and only as far as it is needed; only this file changes it. */
export interface LookupReader {
  readonly target: AwsTarget;
  readonly attribute: LookupAttribute | null;
  /** Whether what it returns is all there is, or only what CloudTrail indexed that way. */
  readonly isComplete: boolean;
  readonly pages: AsyncGenerator<ActivityPage, ActivityEnd>;
  readonly matches: TrailRecord[];
  skippedCount: number;
  /** When the calls read were made, newest first. */
  readonly timesMs: number[];
  /** Of the newest match that answers the question, whoever may be behind those of unsure origin. */
  answerMs: number | null;
  /** All of its calls newer than this were read; null before the first page. */
  frontierMs: number | null;
  accountId: string | null;
  /** How it ended by itself. */
  end: ActivityEnd | null;
  /** Nothing more is read, because it ended or because it is not needed. */
  isOver: boolean;
  isCut: boolean;
  cutBecause: string | null;
}

export function createReader(
  lookup: Pick<LookupReader, 'target' | 'attribute' | 'isComplete' | 'pages'>,
): LookupReader {
  return {
    ...lookup,
    matches: [],
    skippedCount: 0,
    timesMs: [],
    answerMs: null,
    frontierMs: null,
    accountId: lookup.target.accountId,
    end: null,
    isOver: false,
    isCut: false,
    cutBecause: null,
  };
}

/** Reads one page; how many calls were on it and how many of them match. */
export async function readOn(
  reader: LookupReader,
  query: TrailQuery,
): Promise<{ readonly recordCount: number; readonly matchCount: number }> {
  const step = await reader.pages.next();
  if (step.done) {
    finish(reader, step.value);
    return { recordCount: 0, matchCount: 0 };
  }
  const { records, skippedCount, isLast } = step.value;
  const fresh = records.filter((record) => matchesQuery(query, record));
  const answer = fresh.find((record) => isAnswer(query, record));
  reader.matches.push(...fresh);
  reader.skippedCount += skippedCount;
  reader.timesMs.push(...records.map(({ atMs }) => atMs));
  reader.answerMs ??= answer?.atMs ?? null;
  reader.frontierMs = records.at(-1)?.atMs ?? reader.frontierMs;
  reader.accountId ??= records.find(({ accountId }) => accountId !== null)?.accountId ?? null;
  // Costs no call, and what ended by itself need not be weighed against other lookups.
  if (isLast === true) await readOn(reader, query);
  return { recordCount: records.length, matchCount: fresh.length };
}

/** Leaves the rest unread; with a sentence when something that was asked for may be in it. */
export async function leave(reader: LookupReader, cutBecause: string | null): Promise<void> {
  if (reader.isOver) return;
  reader.isOver = true;
  reader.isCut = cutBecause !== null;
  reader.cutBecause = cutBecause;
  const { accountId, skippedCount } = reader;
  const counts = { accountId, skippedCount, recordCount: reader.timesMs.length };
  const explanation = cutBecause;
  await reader.pages.return({ ...counts, outcome: 'found', truncated: true, explanation });
}

/** The target did not answer, or not to the end. */
export function hadTrouble({ end }: LookupReader): boolean {
  return end !== null && !isAnswered(end);
}

function finish(reader: LookupReader, end: ActivityEnd): void {
  reader.end = end;
  reader.isOver = true;
  reader.accountId = end.accountId ?? reader.accountId;
  reader.isCut = end.truncated;
  reader.cutBecause = end.explanation;
}
