import { describeUnchecked } from '../account-coverage.ts';
import { type Coverage, isAnswered, NO_DATA_EVENTS, type TargetReport } from '../coverage.ts';
import type { Untrusted } from '../untrusted.ts';
import { actionWords } from './action-words.ts';
import type { AssumedBy } from './assumed-role.ts';
import { actorOf, type CredentialChain } from './chain.ts';
import { insightWords } from './insight.ts';
import { type FollowedChains, isByAskedKind, isUnjudged, leftOutSentence } from './judge-kind.ts';
import { eachOnce } from './newest-first.ts';
import { describeQuery } from './query/describe-query.ts';
import { answerRank, isFailed } from './query/matches-query.ts';
import { nameHint } from './query/name-hint.ts';
import { asksForOneRecord, type TrailQuery } from './query/query.ts';
import type { Channel, Confidence, PrincipalKind, TrailRecord } from './record.ts';

export const ANSWER_LIMITS = {
  /** Kept with the answer; the coverage has the real count. */
  recordsMax: 50,
  burstGapMs: 2 * 60_000,
} as const;

/** The one call that answers the question. */
export interface TrailLead {
  readonly record: TrailRecord;
  readonly who: {
    readonly label: Untrusted;
    readonly kind: PrincipalKind;
    readonly confidence: Confidence;
    /** Why we believe it. */
    readonly reason: string;
  };
  /** `words` is null where only the event's name says it. */
  readonly action: { readonly words: string | null; readonly eventName: string };
  readonly resources: readonly Untrusted[];
  readonly atMs: number;
  readonly region: string;
  readonly sourceAddress: Untrusted | null;
  readonly channel: Channel;
  /** Null where the record does not say. */
  readonly mfa: boolean | null;
  /** The call was refused or went wrong: an attempt, not a change. */
  readonly failed: boolean;
}

/** Calls of one session with less than two minutes between them; newest first, at least one. */
export interface CallGroup {
  readonly records: readonly [TrailRecord, ...TrailRecord[]];
}

export interface TrailAnswer {
  readonly question: string;
  /** How the question was read, in words. */
  readonly understood: string;
  /** One record was asked for by its id: everything about it is to be told. */
  readonly explains: boolean;
  readonly lead: TrailLead | null;
  /** From the lead's credentials back to where they came from; null: not looked for. */
  readonly chain: CredentialChain | null;
  /** The other calls that match, newest first. */
  readonly others: readonly CallGroup[];
  /** Calls that match and failed, where the question was not about failures. */
  readonly attempts: readonly CallGroup[];
  /** All that match, newest first, cut to `ANSWER_LIMITS.recordsMax`. */
  readonly records: readonly TrailRecord[];
  readonly coverage: Coverage;
  /** What "nothing found" means here; null when there is a lead. */
  readonly notFound: string | null;
  /** Beside a lead: how many calls could not be judged, as a sentence; null when none. */
  readonly leftOut: string | null;
  /** By what the newest match was found ("resource", "all writes"); null without one. */
  readonly matchedBy: string | null;
  /** Why this was searched and not something else, as a sentence; null where it goes without saying. */
  readonly sourceReason: string | null;
  /** Where the question was who assumed a role: everybody who did, with how often. */
  readonly assumedBy?: readonly AssumedBy[];
}

export interface AnswerInput {
  readonly question: string;
  readonly query: TrailQuery;
  /** Matching records, and those that may match, in any order; doubles are dropped. */
  readonly records: readonly TrailRecord[];
  readonly targets: readonly TargetReport[];
  readonly skippedCount: number;
  /** Events after this may not have been delivered when the lookup ran. */
  readonly deliveredUntilMs: number;
  /** Event history and what it never holds, when left out. */
  readonly from?: { readonly source: Coverage['source']; readonly gaps: readonly string[] };
  readonly matchedBy?: string | null;
  readonly sourceReason?: string | null;
  /** What was found out about who is behind some of the records. */
  readonly followed?: FollowedChains;
}

/** What Event history never holds, whatever was asked. */
export const EVENT_HISTORY_GAPS = [NO_DATA_EVENTS, 'kubectl and changes inside instances'] as const;

export function answerQuestion(input: AnswerInput): TrailAnswer {
  const { query, question, followed = new Map() } = input;
  const candidates = eachOnce(input.records);
  const records = candidates.filter((record) => isByAskedKind(query, record, followed));
  const unjudged = candidates.filter((record) => isUnjudged(query, record, followed));
  const leftOut = leftOutSentence(query, unjudged.length);
  const hints = [leftOut, nameHint(query)].filter((hint) => hint !== null);
  const best = records.find((record) => answerRank(query, record) === 'best');
  const lead = best ?? records.find((record) => answerRank(query, record) === 'second') ?? null;
  const rest = records.filter((record) => record !== lead);
  const isAttempt = (record: TrailRecord): boolean => answerRank(query, record) === null;
  const coverage = coverageOf(input, records.length);
  return {
    question,
    understood: describeQuery(query),
    explains: asksForOneRecord(query),
    lead: lead === null ? null : leadOf(lead),
    chain: null,
    others: groupCalls(rest.filter((record) => !isAttempt(record))),
    attempts: groupCalls(rest.filter(isAttempt)),
    records: records.slice(0, ANSWER_LIMITS.recordsMax),
    coverage,
    notFound: lead === null ? notFoundSentence(coverage, records.length, hints) : null,
    leftOut: lead === null ? null : leftOut,
    matchedBy: input.matchedBy ?? null,
    sourceReason: input.sourceReason ?? null,
  };
}

/** The answer with what the lead's credentials lead back to: who did it may now be surer, or another. */
export function withChain(answer: TrailAnswer, chain: CredentialChain): TrailAnswer {
  if (answer.lead === null) return answer;
  return { ...answer, chain, lead: { ...answer.lead, who: actorOf(chain) } };
}

/** Folds calls (newest first) into bursts: one session, gaps of less than two minutes. */
export function groupCalls(records: readonly TrailRecord[]): readonly CallGroup[] {
  const groups: [TrailRecord, ...TrailRecord[]][] = [];
  const newestOf = new Map<string, [TrailRecord, ...TrailRecord[]]>();
  for (const record of records) {
    const session = sessionOf(record);
    const group = newestOf.get(session);
    const earliest = group?.at(-1);
    if (group && earliest && earliest.atMs - record.atMs < ANSWER_LIMITS.burstGapMs) {
      group.push(record);
      continue;
    }
    const started: [TrailRecord, ...TrailRecord[]] = [record];
    groups.push(started);
    newestOf.set(session, started);
  }
  return groups.map((group) => ({ records: group }));
}

/** Temporary credentials are one session; without a key, the principal as it calls itself. */
function sessionOf({ accessKeyId, principal, accountId }: TrailRecord): string {
  const names = [principal.roleName, principal.sessionName, principal.userName, principal.label];
  return accessKeyId ?? JSON.stringify([accountId, ...names]);
}

function leadOf(record: TrailRecord): TrailLead {
  const { label, kind, confidence, reason, mfa } = record.principal;
  return {
    record,
    who: { label, kind, confidence, reason },
    action: {
      words: record.insight ? insightWords(record.insight) : actionWords([record]),
      eventName: record.eventName,
    },
    resources: record.resources.map(({ name }) => name),
    atMs: record.atMs,
    region: record.region,
    sourceAddress: record.sourceAddress,
    channel: record.channel,
    mfa,
    failed: isFailed(record),
  };
}

function coverageOf(input: AnswerInput, recordCount: number): Coverage {
  const { query, targets, skippedCount, deliveredUntilMs } = input;
  const { source, gaps } = input.from ?? { source: 'event-history', gaps: EVENT_HISTORY_GAPS };
  return {
    source,
    query: describeQuery(query),
    fromMs: query.fromMs,
    toMs: query.toMs,
    targets,
    recordCount,
    skippedCount,
    mayStillArriveAfterMs: query.toMs > deliveredUntilMs ? deliveredUntilMs : null,
    gaps,
  };
}

function notFoundSentence(
  coverage: Coverage,
  failedCount: number,
  hints: readonly string[],
): string {
  const unchecked = coverage.targets.filter((report) => !isAnswered(report));
  if (unchecked.length === coverage.targets.length) {
    return 'Nothing could be checked, so this does not say that nobody did it.';
  }
  return [
    failedCount === 0
      ? 'No call that matches was found in what was checked.'
      : `Nobody succeeded in what was checked: ${failedCount === 1 ? 'one attempt' : `${failedCount} attempts`} failed.`,
    ...hints,
    unchecked.length > 0 ? `Not checked: ${describeUnchecked(coverage.targets)}.` : '',
    coverage.targets.some(({ truncated }) => truncated)
      ? 'The reading was cut short, so older calls may be missing.'
      : '',
    coverage.mayStillArriveAfterMs === null
      ? ''
      : 'CloudTrail delivers calls some minutes late: ask again before concluding that nobody did it.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
