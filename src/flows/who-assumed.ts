import {
  isAnswered,
  outcomeWeight,
  type TargetReport,
  withAccountNames,
} from '../domain/coverage.ts';
import { partitionOf, withGlobalRegions } from '../domain/partition.ts';
import { answerQuestion, type TrailAnswer, withChain } from '../domain/trail/answer.ts';
import {
  type AssumedRole,
  assumedArn,
  assumes,
  foldAssumers,
  roleBehind,
} from '../domain/trail/assumed-role.ts';
import { type Actor, actorOf, type CredentialChain, canBeFollowed } from '../domain/trail/chain.ts';
import { eachOnce } from '../domain/trail/newest-first.ts';
import { isFailed } from '../domain/trail/query/matches-query.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { ActivityRequest, AwsTarget, Clock, SourceReach } from '../ports.ts';
import { collectRecords } from './collect-records.ts';
import {
  type ChainDependencies,
  findIssuingCall,
  resolveChain,
  withinChainTime,
} from './resolve-chain.ts';

export const WHO_ASSUMED_LIMITS = {
  windowMs: 24 * 3_600_000,
  /** Ten pages, which take a Region five seconds. */
  recordsPerRegionMax: 500,
  /** Callers whose own credentials are followed back: most are the same few, again and again. */
  chainsMax: 5,
} as const;

const ASSUMING = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'] as const;

export interface WhoAssumedDependencies extends ChainDependencies {
  readonly clock: Clock;
  /** What Event history never shows. */
  readonly gaps: SourceReach['gaps'];
}

export interface WhoAssumedQuestion {
  /** A call made with the role, or one that assumed it. */
  readonly record: TrailRecord;
  /** Both inclusive; the last 24 hours before `nowMs` when left out. */
  readonly window?: { readonly fromMs: number; readonly toMs: number };
  readonly nowMs: number;
}

/**
 * Everybody who assumed the role behind a call, newest first, as an answer like any other: each
 * caller is followed back to who that is, as far as time and a few lookups allow. Null: the call
 * has no role behind it. Never throws for what AWS answers.
 */
export async function whoAssumed(
  deps: WhoAssumedDependencies,
  question: WhoAssumedQuestion,
  signal: AbortSignal,
): Promise<TrailAnswer | null> {
  const role = await completeRole(deps, question.record, withinChainTime(signal));
  if (role === null) return null;
  const { record, nowMs } = question;
  const window = question.window ?? { fromMs: nowMs - WHO_ASSUMED_LIMITS.windowMs, toMs: nowMs };
  const asked = { record, window, role };
  const readings = await Promise.all(
    targetsOf(deps.targets, asked).map((target) => readRegion(deps, target, asked, signal)),
  );
  const records = eachOnce(readings.flatMap((reading) => reading.records));
  const chains = await chainsOf(deps, records, withinChainTime(signal));
  return answerFor(deps, asked, { readings, records, chains });
}

interface Asked {
  readonly record: TrailRecord;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly role: AssumedRole;
}

interface Reading {
  readonly records: readonly TrailRecord[];
  readonly report: TargetReport;
  readonly skippedCount: number;
}

/** With the whole ARN, under which CloudTrail lists a role: only the call that began a session has it. */
async function completeRole(
  deps: ChainDependencies,
  record: TrailRecord,
  signal: AbortSignal,
): Promise<AssumedRole | null> {
  const role = roleBehind(record);
  if (role === null || role.arn !== null || role.accountId === null) return role;
  const issuing = await findIssuingCall(deps, record, signal);
  const assumed = issuing === null ? null : assumedArn(issuing);
  if (assumed?.name === role.name && assumed.accountId === role.accountId) return assumed;
  return role;
}

/** STS answers in every Region, and records in the one that was asked. */
function targetsOf(targets: readonly AwsTarget[], { record, role }: Asked): readonly AwsTarget[] {
  const named = targets.filter(({ accountId }) => accountId === role.accountId);
  const isHome = role.accountId === record.accountId;
  const own = isHome ? targets.filter(({ accountId }) => accountId === null) : [];
  const [first, ...others] = named.length > 0 ? named : own;
  if (first === undefined) return [];
  const regions = [first, ...others].map(({ region }) => region);
  return withGlobalRegions([record.region, ...regions]).map((region) => ({ ...first, region }));
}

/** Without the ARN a role is looked up as if it had no path; and where that is empty, by its name. */
async function readRegion(
  deps: WhoAssumedDependencies,
  target: AwsTarget,
  asked: Asked,
  signal: AbortSignal,
): Promise<Reading> {
  const { arn, name, accountId } = asked.role;
  const guess = `arn:${partitionOf(target.region).id}:iam::${accountId}:role/${name}`;
  const byRole = { key: 'ResourceName', value: arn ?? guess } as const;
  const reading = await readBy(deps, { ...asked, target, attribute: byRole }, signal);
  if (arn !== null || reading.report.outcome !== 'nothing') return reading;
  const byName = await Promise.all(
    ASSUMING.map((value) =>
      readBy(deps, { ...asked, target, attribute: { key: 'EventName', value } }, signal),
    ),
  );
  return byName.reduce(together, reading);
}

async function readBy(
  { activity, asker }: WhoAssumedDependencies,
  lookup: Asked & Pick<ActivityRequest, 'target' | 'attribute'>,
  signal: AbortSignal,
): Promise<Reading> {
  const { target, attribute, window, role } = lookup;
  const { recordsPerRegionMax: recordsMax } = WHO_ASSUMED_LIMITS;
  const pages = activity.readPages({ target, asker, ...window, attribute, recordsMax }, signal);
  const { records, end } = await collectRecords(pages, (record) => assumes(record, role));
  const { outcome, accountId, truncated, explanation, skippedCount } = end;
  const count = records.length;
  const report: TargetReport = {
    accountId: accountId ?? target.accountId,
    region: target.region,
    outcome: count > 0 ? 'found' : isAnswered({ outcome }) ? 'nothing' : outcome,
    count,
    truncated,
    explanation,
  };
  return { records, report, skippedCount };
}

/** Of one Region: what was found counts before trouble, trouble before nothing. */
function together(a: Reading, b: Reading): Reading {
  const isBetter = outcomeWeight(b.report) > outcomeWeight(a.report);
  const [first, second] = isBetter ? [b, a] : [a, b];
  return {
    records: [...a.records, ...b.records],
    skippedCount: a.skippedCount + b.skippedCount,
    report: {
      ...first.report,
      count: a.report.count + b.report.count,
      truncated: a.report.truncated || b.report.truncated,
      explanation: first.report.explanation ?? second.report.explanation,
    },
  };
}

type Chains = ReadonlyMap<string, CredentialChain>;

/** Newest first; of the others only those whose own record does not say for sure who they are. */
async function chainsOf(
  deps: WhoAssumedDependencies,
  records: readonly TrailRecord[],
  signal: AbortSignal,
): Promise<Chains> {
  const successes = records.filter((record) => !isFailed(record));
  const callers = new Map(successes.toReversed().map((record) => [callerOf(record), record]));
  const followed = [...callers.values()]
    .toReversed()
    .filter((record) => canBeFollowed(record) && (record === successes[0] || !isSure(record)))
    .slice(0, WHO_ASSUMED_LIMITS.chainsMax);
  const chains = await Promise.all(
    followed.map(async (record) => {
      return [callerOf(record), await resolveChain(deps, record, signal)] as const;
    }),
  );
  return new Map(chains);
}

function isSure({ principal }: TrailRecord): boolean {
  return principal.confidence === 'certain' || principal.confidence === 'high';
}

/** Two people may give their sessions one name, but never share a key: without one, each call is its own. */
function callerOf({ accessKeyId, eventId }: TrailRecord): string {
  return accessKeyId ?? eventId;
}

function answerFor(
  { clock, activity, gaps, accountNames = new Map() }: WhoAssumedDependencies,
  { window, role }: Asked,
  found: {
    readonly readings: readonly Reading[];
    readonly records: readonly TrailRecord[];
    readonly chains: Chains;
  },
): TrailAnswer {
  const { readings, records, chains } = found;
  const name = role.arn ?? role.name;
  const answer = answerQuestion({
    question: `who assumed resource:"${name}"`,
    query: queryFor(name, window),
    records,
    targets: withAccountNames(
      readings.map(({ report }) => report),
      accountNames,
    ),
    skippedCount: readings.reduce((sum, { skippedCount }) => sum + skippedCount, 0),
    deliveredUntilMs: clock.nowMs() - activity.deliveryLagMs,
    from: { source: 'event-history', gaps },
    matchedBy: records.length > 0 ? 'role' : null,
  });
  const chainOf = (record: TrailRecord) => chains.get(callerOf(record));
  const whoIs = (record: TrailRecord): Actor => {
    const chain = chainOf(record);
    return chain === undefined ? record.principal : actorOf(chain);
  };
  const successes = records.filter((record) => !isFailed(record));
  const chain = answer.lead === null ? undefined : chainOf(answer.lead.record);
  const told = chain === undefined ? answer : withChain(answer, chain);
  return { ...told, assumedBy: foldAssumers(successes, whoIs) };
}

function queryFor(value: string, window: Asked['window']): TrailQuery {
  return {
    verbs: ['assumed'],
    conditions: [{ key: 'resource', value, negated: false }],
    flags: [],
    assumesWrites: false,
    ...window,
    hasWindow: true,
    place: 'event-history',
  };
}
