import type { TargetReport } from '../domain/coverage.ts';
import { isOfAskedKind } from '../domain/trail/query/asked-kind.ts';
import {
  type CompletePlan,
  completeLookups,
  type LookupAttribute,
  lookupWords,
  selectiveLookups,
} from '../domain/trail/query/plan-lookups.ts';
import type { ActivitySource, AwsTarget, TrailFindings, TrailSearch } from '../ports.ts';
import { createReader, hadTrouble, type LookupReader, leave, readOn } from './lookup-reader.ts';

export const LOOKUP_LIMITS = {
  /** Without an answer: 5,000 with the usual 25 wanted, which take a Region a minute. */
  recordsPerMatchMax: 200,
  /** With one: so many behind it for more matches, or before it for what is indexed otherwise. */
  recordsPerMatchAfterAnswerMax: 8,
  /** As many as AWS gives at once. */
  recordsPerPage: 50,
  /** Up to so many targets are read in the strict order of time, one page after the other. */
  targetsInStepMax: 3,
} as const;

export interface LookUpInput extends TrailSearch {
  readonly activity: ActivitySource;
  readonly signal: AbortSignal;
}

/** A question being looked up; `readers` grows. */
interface Search extends LookUpInput {
  readonly plan: CompletePlan;
  readonly readers: LookupReader[];
  readonly report: (counts: { recordCount: number; matchCount: number }) => void;
}

/**
 * The newest call that answers, as a reading of everything would find it, in few calls. The
 * lookups that miss nothing are opened first, a page each: where that ends them, or brings the
 * answer, nothing else is needed. Otherwise the selective ones say how far back the answer is, and
 * the complete ones have to be read only that far.
 */
export async function lookUp(input: LookUpInput): Promise<TrailFindings> {
  const plan = completeLookups(input.query);
  const search: Search = { ...input, plan, readers: [], report: createProgress(input) };
  await inEveryTarget(search, (target) => openAll(search, target, plan.attributes, true));
  await inEveryTarget(search, (target) => openSelective(search, target));
  await readTogether(search, false);
  await inEveryTarget(search, (target) => openFanOut(search, target));
  await readTogether(search, true);
  return {
    records: search.readers.flatMap(({ matches }) => matches),
    targets: input.targets.map((target) => reportOf(target, search.readers)),
    skippedCount: search.readers.reduce((sum, reader) => sum + reader.skippedCount, 0),
    matchedBy: matchedBy(search.readers),
  };
}

/** Targets have rate limits of their own, so they are read side by side; one target's lookups are not. */
async function inEveryTarget(
  search: Search,
  read: (target: AwsTarget) => Promise<void>,
): Promise<void> {
  const answering = search.targets.filter((target) => !ownReaders(search, target).some(hadTrouble));
  await Promise.all(answering.map(read));
}

/** Opens lookups and reads a page of each. */
async function openAll(
  search: Search,
  target: AwsTarget,
  attributes: readonly (LookupAttribute | null)[],
  isComplete: boolean,
): Promise<void> {
  for (const attribute of attributes) {
    const reader = open(search, { target, attribute, isComplete });
    await readPage(search, reader);
    if (hadTrouble(reader)) return;
  }
}

async function openSelective(search: Search, target: AwsTarget): Promise<void> {
  const unread = ownReaders(search, target).filter((reader) => !reader.isOver);
  if (unread.every((reader) => stopOf(search, reader) !== null)) return;
  const place = { accountId: accountOf(search, target), region: target.region };
  await openAll(search, target, selectiveLookups(search.query, place), false);
}

async function openFanOut(search: Search, target: AwsTarget): Promise<void> {
  const { fanOut } = search.plan;
  const own = ownReaders(search, target).filter((reader) => reader.isComplete && !reader.isOver);
  const unread = own.filter((reader) => stopOf(search, reader) === null);
  if (fanOut === null || unread.length === 0) return;
  if (fanOut.length >= pagesLeft(search, unread)) return;
  for (const reader of own) await leave(reader, null);
  await openAll(search, target, fanOut, true);
}

/**
 * Reads what is unread in the order of time over all targets, so that none goes further back than
 * needed, and whoever asks the same again needs nothing that was not read the first time.
 */
async function readTogether(search: Search, isComplete: boolean): Promise<void> {
  const atOnceMax = Math.ceil(search.targets.length / LOOKUP_LIMITS.targetsInStepMax);
  for (;;) {
    for (const reader of search.readers) await leaveIfDone(search, reader, isComplete);
    const unread = search.readers.filter((row) => !row.isOver && row.isComplete === isComplete);
    const newestOfTargets = new Map(
      unread.toSorted(oldestFirst).map((reader) => [reader.target, reader]),
    );
    const next = [...newestOfTargets.values()].toSorted(oldestFirst).slice(-atOnceMax);
    if (next.length === 0) return;
    await Promise.all(next.map((reader) => readPage(search, reader)));
  }
}

async function leaveIfDone(search: Search, reader: LookupReader, isComplete: boolean) {
  const hasTrouble = ownReaders(search, reader.target).some(hadTrouble);
  if (hasTrouble) return leave(reader, null);
  const stop = reader.isComplete === isComplete ? stopOf(search, reader) : null;
  if (stop !== null) await leave(reader, stop.cutBecause);
}

function oldestFirst(a: LookupReader, b: LookupReader): number {
  return (a.frontierMs ?? Number.MAX_SAFE_INTEGER) - (b.frontierMs ?? Number.MAX_SAFE_INTEGER);
}

interface Stop {
  readonly cutBecause: string | null;
}

/** Why a lookup need not be read on; null while it must be. */
function stopOf(search: Search, reader: LookupReader): Stop | null {
  const answerMs = answerMsOf(search);
  const { frontierMs } = reader;
  if (answerMs === null || frontierMs === null) return null;
  const recordsMax = recordsAfterAnswerMax(search);
  const wholeMs = reader.timesMs.filter((atMs) => atMs > frontierMs);
  if (frontierMs >= answerMs) {
    const isSpent = wholeMs.length >= recordsMax && isRecheck(search, reader);
    return isSpent ? { cutBecause: recheckCut(reader) } : null;
  }
  if (isListedBySelective(search, reader)) return { cutBecause: null };
  if (isListFull(search, frontierMs)) {
    return { cutBecause: 'Reading stopped when the newest matches were found.' };
  }
  return wholeMs.filter((atMs) => atMs < answerMs).length >= recordsMax
    ? { cutBecause: 'Reading stopped soon after the answer was found: older calls may match too.' }
    : null;
}

/** There is an answer already; this lookup is read for calls that CloudTrail indexed otherwise. */
function isRecheck({ readers }: Search, { isComplete }: LookupReader): boolean {
  return isComplete && readers.some((row) => !row.isComplete && row.answerMs !== null);
}

/** What was found here so far was found by name too, so the older matches were as well. */
function isListedBySelective(search: Search, { target, isComplete }: LookupReader): boolean {
  const own = ownReaders(search, target);
  const selective = own.filter((row) => !row.isComplete);
  if (!isComplete || selective.length === 0) return false;
  const listed = idsOf(selective);
  return [...idsOf(own)].every((eventId) => listed.has(eventId));
}

function idsOf(readers: readonly LookupReader[]): ReadonlySet<string> {
  return new Set(readers.flatMap(({ matches }) => matches.map(({ eventId }) => eventId)));
}

function recheckCut({ timesMs }: LookupReader): string {
  return `CloudTrail may list a call under another name: for those, only the newest ${timesMs.length} calls were read.`;
}

/** The newest matches that are wanted are all newer than what was not read. */
function isListFull({ query, readers, matchesEnough }: Search, frontierMs: number): boolean {
  const newer = readers.flatMap(({ matches }) =>
    matches.filter(
      ({ atMs, principal }) => atMs > frontierMs && isOfAskedKind(query, principal.kind),
    ),
  );
  return new Set(newer.map(({ eventId }) => eventId)).size >= matchesEnough;
}

/** By how the first page went, in the pages that it takes to the answer, or to the beginning. */
function pagesLeft(search: Search, readers: readonly LookupReader[]): number {
  const { fromMs, toMs } = search.query;
  const untilMs = answerMsOf(search) ?? fromMs;
  const records = readers.map((reader) => {
    const frontierMs = reader.frontierMs ?? toMs;
    const left = (reader.timesMs.length * (frontierMs - untilMs)) / Math.max(1, toMs - frontierMs);
    return isRecheck(search, reader) ? Math.min(left, recordsAfterAnswerMax(search)) : left;
  });
  return records.reduce((sum, count) => sum + count, 0) / LOOKUP_LIMITS.recordsPerPage;
}

function recordsAfterAnswerMax({ matchesEnough }: Search): number {
  return matchesEnough * LOOKUP_LIMITS.recordsPerMatchAfterAnswerMax;
}

function answerMsOf({ readers }: Search): number | null {
  return readers.reduce<number | null>((newest, { answerMs }) => {
    return newest === null || (answerMs !== null && answerMs > newest) ? answerMs : newest;
  }, null);
}

async function readPage(search: Search, reader: LookupReader): Promise<void> {
  const { query, report } = search;
  report(await readOn(reader, query));
}

function open(
  { activity, query, asker, matchesEnough, signal, readers }: Search,
  lookup: Pick<LookupReader, 'target' | 'isComplete'> & { attribute: LookupAttribute | null },
): LookupReader {
  const { target, attribute } = lookup;
  const { fromMs, toMs } = query;
  const recordsMax = matchesEnough * LOOKUP_LIMITS.recordsPerMatchMax;
  const request = { target, asker, attribute, fromMs, toMs, recordsMax };
  const reader = createReader({ ...lookup, pages: activity.readPages(request, signal) });
  readers.push(reader);
  return reader;
}

function ownReaders(
  { readers }: { readonly readers: readonly LookupReader[] },
  target: AwsTarget,
): readonly LookupReader[] {
  return readers.filter((reader) => reader.target === target);
}

/** Targets without a number are all in the account of the bot's own credentials. */
function accountOf({ readers }: Search, target: AwsTarget): string | null {
  const known = readers.find(
    (reader) => reader.target.accountId === target.accountId && reader.accountId !== null,
  );
  return target.accountId ?? known?.accountId ?? null;
}

/** What the newest match was looked up by; of two lookups that found it, the selective one. */
function matchedBy(readers: readonly LookupReader[]): string | null {
  const found = readers
    .toSorted((a, b) => Number(a.isComplete) - Number(b.isComplete))
    .flatMap(({ matches, attribute }) =>
      matches.slice(0, 1).map(({ atMs }) => ({ atMs, attribute })),
    )
    .toSorted((a, b) => b.atMs - a.atMs)[0];
  return found === undefined ? null : lookupWords(found.attribute);
}

/** One line for all lookups of a target: what was found, and the first trouble there was. */
function reportOf(target: AwsTarget, readers: readonly LookupReader[]): TargetReport {
  const own = ownReaders({ readers }, target);
  const count = idsOf(own).size;
  const trouble = own.find(hadTrouble);
  const cut = trouble ?? own.find(({ isCut }) => isCut);
  return {
    accountId: own.find(({ accountId }) => accountId !== null)?.accountId ?? target.accountId,
    region: target.region,
    outcome: count > 0 ? 'found' : (trouble?.end?.outcome ?? 'nothing'),
    count,
    truncated: cut !== undefined,
    explanation: cut?.cutBecause ?? null,
  };
}

function createProgress({ targets, onProgress }: LookUpInput): Search['report'] {
  let read = 0;
  let matching = 0;
  const places = targets.length === 1 ? '1 Region' : `${targets.length} Regions`;
  return ({ recordCount, matchCount }) => {
    if (recordCount === 0) return;
    read += recordCount;
    matching += matchCount;
    onProgress?.(`Looking in ${places}: ${read} calls read, ${matching} match.`);
  };
}
