import type { TargetReport } from '../domain/coverage.ts';
import { answerRank, matchesQuery } from '../domain/trail/query/matches-query.ts';
import {
  type LookupAttribute,
  type LookupStage,
  planLookups,
} from '../domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type {
  ActivityEnd,
  ActivitySource,
  AwsTarget,
  TrailFindings,
  TrailSearch,
} from '../ports.ts';

export const LOOKUP_LIMITS = {
  /** 50 records a page and two pages a second: 2,000 take a Region twenty seconds. */
  recordsPerLookupMax: 2_000,
} as const;

export interface LookUpInput extends TrailSearch {
  readonly activity: ActivitySource;
  readonly signal: AbortSignal;
}

interface Reading {
  readonly target: AwsTarget;
  /** What was looked up, in words. */
  readonly by: string;
  readonly matches: readonly TrailRecord[];
  readonly end: ActivityEnd;
}

/**
 * Runs the planned stages over all targets. The first, selective stage may miss calls that
 * CloudTrail indexed under another spelling; the last one misses none, so it has to read only
 * what is newer than the best answer so far.
 */
export async function lookUp(input: LookUpInput): Promise<TrailFindings> {
  const readings: Reading[] = [];
  let fromMs = input.query.fromMs;
  const report = createProgress(input);
  for (const stage of planLookups(input.query)) {
    const targets = input.targets.filter((target) => !hadTrouble(target, readings));
    readings.push(...(await runStage({ ...input, targets }, stage, fromMs, report)));
    fromMs = newestAnswerMs(input.query, readings) ?? input.query.fromMs;
  }
  return {
    records: readings.flatMap(({ matches }) => matches),
    targets: input.targets.map((target) => reportOf(target, readings)),
    skippedCount: readings.reduce((sum, { end }) => sum + end.skippedCount, 0),
    matchedBy: matchedBy(readings),
  };
}

/** The lookup that found the newest match; of two that found it, the earlier and more selective one. */
function matchedBy(readings: readonly Reading[]): string | null {
  let newest: { readonly atMs: number; readonly by: string } | null = null;
  for (const { matches, by } of readings) {
    for (const { atMs } of matches) {
      if (newest === null || atMs > newest.atMs) newest = { atMs, by };
    }
  }
  return newest?.by ?? null;
}

/** Targets have rate limits of their own, so they are read side by side; one target's lookups are not. */
async function runStage(
  input: LookUpInput,
  stage: LookupStage,
  fromMs: number,
  report: (records: number, matches: number) => void,
): Promise<readonly Reading[]> {
  const perTarget = input.targets.map(async (target) => {
    const readings: Reading[] = [];
    for (const attribute of stage.attributes) {
      const lookup = { target, by: stage.by, attribute, fromMs };
      const reading = await readOne(input, lookup, report);
      readings.push(reading);
      if (isTrouble(reading.end)) break;
    }
    return readings;
  });
  return (await Promise.all(perTarget)).flat();
}

async function readOne(
  { activity, query, asker, matchesEnough, signal }: LookUpInput,
  lookup: { target: AwsTarget; by: string; attribute: LookupAttribute | null; fromMs: number },
  report: (records: number, matches: number) => void,
): Promise<Reading> {
  const { target, by, attribute, fromMs } = lookup;
  const { recordsPerLookupMax: recordsMax } = LOOKUP_LIMITS;
  const request = { target, asker, attribute, fromMs, toMs: query.toMs, recordsMax };
  const pages = activity.readPages(request, signal);
  const matches: TrailRecord[] = [];
  let skippedCount = 0;
  let recordCount = 0;
  for (;;) {
    const step = await pages.next();
    if (step.done) return { target, by, matches, end: step.value };
    const { records } = step.value;
    const fresh = records.filter((record) => matchesQuery(query, record));
    matches.push(...fresh);
    recordCount += records.length;
    skippedCount += step.value.skippedCount;
    report(records.length, fresh.length);
    if (matches.length < matchesEnough || !hasAnswer(query, matches)) continue;
    const accountId = matches[0]?.accountId ?? target.accountId;
    const end = stoppedEarly({ accountId, recordCount, skippedCount });
    await pages.return(end);
    return { target, by, matches, end };
  }
}

function hasAnswer(query: TrailQuery, matches: readonly TrailRecord[]): boolean {
  return matches.some((record) => answerRank(query, record) === 'best');
}

function stoppedEarly(counts: {
  accountId: string | null;
  recordCount: number;
  skippedCount: number;
}): ActivityEnd {
  const explanation = 'Reading stopped when the newest matches were found.';
  return { ...counts, outcome: 'found', truncated: true, explanation };
}

function newestAnswerMs(query: TrailQuery, readings: readonly Reading[]): number | null {
  const times = readings
    .flatMap(({ matches }) => matches)
    .filter((record) => answerRank(query, record) === 'best')
    .map((record) => record.atMs);
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}

function isTrouble({ outcome }: ActivityEnd): boolean {
  return outcome !== 'found' && outcome !== 'nothing';
}

/** Where one lookup was refused the next one would be too. */
function hadTrouble(target: AwsTarget, readings: readonly Reading[]): boolean {
  return readings.some((reading) => reading.target === target && isTrouble(reading.end));
}

/** One line for all lookups of a target: what was found, and the first trouble there was. */
function reportOf(target: AwsTarget, readings: readonly Reading[]): TargetReport {
  const own = readings.filter((reading) => reading.target === target);
  const matchIds = new Set(own.flatMap(({ matches }) => matches.map(({ eventId }) => eventId)));
  const trouble = own.find(({ end }) => isTrouble(end))?.end;
  const cut = trouble ?? own.find(({ end }) => end.truncated)?.end;
  const withoutTrouble = matchIds.size > 0 ? 'found' : 'nothing';
  return {
    accountId: own.find(({ end }) => end.accountId !== null)?.end.accountId ?? target.accountId,
    region: target.region,
    outcome: matchIds.size > 0 ? 'found' : (trouble?.outcome ?? withoutTrouble),
    count: matchIds.size,
    truncated: cut !== undefined,
    explanation: cut?.explanation ?? null,
  };
}

function createProgress({ targets, onProgress }: LookUpInput) {
  let read = 0;
  let matching = 0;
  const places = targets.length === 1 ? '1 Region' : `${targets.length} Regions`;
  return (records: number, matches: number): void => {
    read += records;
    matching += matches;
    onProgress?.(`Looking in ${places}: ${read} calls read, ${matching} match.`);
  };
}
