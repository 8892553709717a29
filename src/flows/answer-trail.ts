import { answerQuestion, type TrailAnswer, withChain } from '../domain/trail/answer.ts';
import { canBeFollowed } from '../domain/trail/chain.ts';
import { parseQuery } from '../domain/trail/query/parse-query.ts';
import type {
  ActivitySource,
  Asker,
  Clock,
  Logger,
  People,
  Store,
  TrailScope,
  TrailSearch,
  TrailSource,
  Work,
} from '../ports.ts';
import { chooseTargets } from './choose-targets.ts';
import { resolveChain } from './resolve-chain.ts';

/** Somebody waits for the answer: credentials are followed back only as far as this allows. */
const CHAIN_TIME_MAX_MS = 8_000;

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

/** Answers "who did that?". Relative times count from the moment it was asked, also when retried. */
export async function answerTrail(
  deps: TrailDependencies,
  work: TrailWork,
  signal: AbortSignal,
): Promise<TrailReply> {
  const person = await deps.people.describe(work.userId);
  const parsed = parseQuery(work.question, {
    timeZone: person.timeZone,
    nowMs: work.askedAtMs,
    meaning: 'past',
    lookbackMaxMs: deps.activity.lookbackMaxMs,
  });
  if (parsed.kind === 'error') {
    await audit(deps, work, 0, 'not-understood');
    return parsed;
  }
  const { query } = parsed;
  const scope = deps.scopeOf(work.channelId);
  const targets = chooseTargets(scope.targets, query);
  if (targets.length === 0) {
    await audit(deps, work, 0, 'no-target');
    const sentence = 'This bot has no access to that account.';
    return { kind: 'error', sentence, start: 0, end: work.question.length, suggestion: null };
  }
  const search = { query, targets, asker: askerOf(work), ...paceOf(deps, work) };
  const found = await ask(deps, work.question, search, signal);
  const answer = await followBack(deps, { answer: found, scope, asker: search.asker }, signal);
  const outcome = answer.lead === null ? 'nothing-found' : 'answered';
  await audit(deps, work, answer.coverage.recordCount, outcome);
  return { kind: 'answer', answer };
}

/** Nobody waits for a second look. */
function askerOf({ userId, look }: TrailWork): Asker {
  return { userId, urgency: look > 0 ? 'background' : 'waiting' };
}

function paceOf({ onProgress }: TrailDependencies, { page }: TrailWork) {
  return { matchesEnough: MATCHES_PER_PAGE * (page + 1), onProgress };
}

async function ask(
  { clock, log, sources: [source] }: TrailDependencies,
  question: string,
  search: TrailSearch,
  signal: AbortSignal,
): Promise<TrailAnswer> {
  const { id, gaps, deliveryLagMs } = source.reach;
  const deliveredUntilMs = clock.nowMs() - deliveryLagMs;
  const found = await source.search(search, signal);
  log.info('trail question answered', {
    source: id,
    matches: found.records.length,
    targets: search.targets.length,
  });
  const { query } = search;
  return answerQuestion({
    question,
    query,
    ...found,
    deliveredUntilMs,
    from: { source: id, gaps },
  });
}

async function followBack(
  deps: TrailDependencies,
  found: { readonly answer: TrailAnswer; readonly scope: TrailScope; readonly asker: Asker },
  signal: AbortSignal,
): Promise<TrailAnswer> {
  const { answer, asker } = found;
  const { targets } = found.scope;
  const record = answer.lead?.record;
  if (record === undefined || !canBeFollowed(record)) return answer;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(CHAIN_TIME_MAX_MS)]);
  return withChain(answer, await resolveChain({ ...deps, targets, asker }, record, inTime));
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
