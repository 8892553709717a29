import { withAccountNames } from '../domain/coverage.ts';
import { type AnswerInput, answerQuestion, type TrailAnswer } from '../domain/trail/answer.ts';
import { chooseSources } from '../domain/trail/query/choose-source.ts';
import { parseQuery } from '../domain/trail/query/parse-query.ts';
import type { SourceChoice } from '../domain/trail/query/source-reach.ts';
import type {
  ActivitySource,
  Asker,
  AwsTarget,
  Clock,
  Logger,
  MintMemory,
  People,
  Store,
  TrailScope,
  TrailSearch,
  TrailSource,
  Work,
} from '../ports.ts';
import { accountNamesOf, chooseTargets } from './choose-targets.ts';
import { followBack } from './follow-back.ts';
import { resolveChain, withinChainTime } from './resolve-chain.ts';
import { searchSources } from './search-sources.ts';
import { whoAssumed } from './who-assumed.ts';

/** A page of other matches; with an answer among so many, more would only make the list longer. */
export const MATCHES_PER_PAGE = 25;

export interface TrailDependencies {
  readonly store: Pick<Store, 'recordAudit'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Event history, in which credentials are followed back. */
  readonly activity: ActivitySource;
  /** Event history first; then those that the configuration names. */
  readonly sources: readonly [TrailSource, ...TrailSource[]];
  scopeOf(channelId: string): TrailScope;
  readonly people: People;
  /** What earlier chains found out; null: nothing is kept. */
  readonly mints?: MintMemory | null;
  /** Told in a short sentence how far the lookup is, after every page. */
  readonly onProgress?: ((sentence: string) => void) | undefined;
}

export type TrailReply =
  | { readonly kind: 'answer'; readonly answer: TrailAnswer }
  | {
      readonly kind: 'error';
      readonly sentence: string;
      /** The part of the question it is about, as offsets; `end` is exclusive. */
      readonly start: number;
      readonly end: number;
      /** The question as it was probably meant. */
      readonly suggestion: string | null;
    };

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

interface Asked {
  readonly choice: SourceChoice<TrailSource, AwsTarget>;
  readonly search: TrailSearch;
  readonly scope: TrailScope;
}

/** Answers "who did that?". Relative times count from the moment it was asked, also when retried. */
export async function answerTrail(
  deps: TrailDependencies,
  work: TrailWork,
  signal: AbortSignal,
): Promise<TrailReply> {
  const person = await deps.people.describe(work.userId);
  const scope = deps.scopeOf(work.channelId);
  const parsed = parseQuery(work.question, {
    timeZone: person.timeZone,
    nowMs: work.askedAtMs,
    meaning: 'past',
    lookbackMaxMs: farthestMs(deps.sources),
    accounts: accountNamesOf(scope),
  });
  if (parsed.kind === 'error') {
    await audit(deps, work, 0, 'not-understood');
    return parsed;
  }
  const { query } = parsed;
  const allowed = chooseTargets(scope, query);
  if (allowed.kind === 'refused') {
    await audit(deps, work, 0, 'no-target');
    return refusal(work.question, allowed);
  }
  const { targets } = allowed;
  const { sources } = deps;
  const choice = chooseSources({ query, targets, sources, nowMs: work.askedAtMs });
  if (choice.kind === 'refusal') {
    await audit(deps, work, 0, 'no-source');
    return refusal(work.question, { ...choice, account: '' });
  }
  const search = { query, targets, asker: askerOf(work), ...paceOf(deps, work) };
  const found = await ask(deps, work.question, { choice, search, scope }, signal);
  const told = { found, scope, asker: search.asker };
  const answer = await (work.about === 'who-assumed'
    ? tellAssumers(deps, work, told, signal)
    : tellActor(deps, told, signal));
  if (answer === null) {
    await audit(deps, work, 0, 'no-role');
    const sentence = 'There is no role behind that call, so nobody assumed one for it.';
    return refusal(work.question, { sentence, account: '' });
  }
  const outcome = answer.lead === null ? 'nothing-found' : 'answered';
  await audit(deps, work, answer.coverage.recordCount, outcome);
  return { kind: 'answer', answer };
}

/** `account` is the part of the question that it is about; empty: all of it. */
function refusal(
  question: string,
  { sentence, account }: { readonly sentence: string; readonly account: string },
): TrailReply {
  const found = question.toLowerCase().lastIndexOf(account.toLowerCase());
  const place =
    account === '' || found < 0
      ? { start: 0, end: question.length }
      : { start: found, end: found + account.length };
  return { kind: 'error', sentence, ...place, suggestion: null };
}

/** Nobody waits for a second look. */
function askerOf({ userId, look }: TrailWork): Asker {
  return { userId, urgency: look > 0 ? 'background' : 'waiting' };
}

function paceOf({ onProgress }: TrailDependencies, { page }: TrailWork) {
  return { matchesEnough: MATCHES_PER_PAGE * (page + 1), onProgress };
}

/** How far back the farthest source reaches; null: one has no end. */
function farthestMs(sources: readonly TrailSource[]): number | null {
  const reaches = sources.map(({ reach }) => reach.lookbackMaxMs);
  return reaches.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)), 0);
}

async function ask(
  { clock, log }: TrailDependencies,
  question: string,
  { choice, search, scope }: Asked,
  signal: AbortSignal,
): Promise<AnswerInput> {
  // Before anything was read: what was delivered meanwhile may have been missed.
  const askedAtMs = clock.nowMs();
  const found = await searchSources(choice, search, signal);
  log.info('trail question answered', {
    source: found.from.source,
    matches: found.records.length,
    targets: search.targets.length,
  });
  return {
    question,
    query: search.query,
    ...found,
    targets: withAccountNames(found.targets, scope.accountNames),
    deliveredUntilMs: (found.readAtMs ?? askedAtMs) - found.deliveryLagMs,
  };
}

interface Told {
  readonly found: AnswerInput;
  readonly scope: TrailScope;
  readonly asker: Asker;
}

async function tellActor(
  deps: TrailDependencies,
  { found, scope, asker }: Told,
  signal: AbortSignal,
): Promise<TrailAnswer> {
  const chainDeps = { ...deps, ...scope, asker };
  // One bound for all that are followed: somebody waits for the answer, not for a chain.
  const inTime = withinChainTime(signal);
  return followBack(found, (record) => resolveChain(chainDeps, record, inTime));
}

/** The question named one call and is about the role behind it; null: it has none. */
async function tellAssumers(
  deps: TrailDependencies,
  { askedAtMs: nowMs }: TrailWork,
  { found, scope, asker }: Told,
  signal: AbortSignal,
): Promise<TrailAnswer | null> {
  const answer = answerQuestion(found);
  const record = answer.lead?.record ?? answer.records[0];
  if (record === undefined) return answer;
  const { gaps } = deps.sources[0].reach;
  return whoAssumed({ ...deps, ...scope, asker, gaps }, { record, nowMs }, signal);
}

async function audit(
  deps: TrailDependencies,
  { userId, channelId, question }: TrailWork,
  recordCount: number,
  outcome: string,
): Promise<void> {
  await deps.store.recordAudit({
    atMs: deps.clock.nowMs(),
    userId,
    channelId,
    action: 'trail-lookup',
    question,
    recordCount,
    outcome,
  });
}
