import { answerQuestion, type TrailAnswer, withChain } from '../domain/trail/answer.ts';
import { canBeFollowed } from '../domain/trail/chain.ts';
import { parseQuery } from '../domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type {
  ActivitySource,
  Asker,
  AwsTarget,
  Clock,
  Logger,
  People,
  Store,
  Work,
} from '../ports.ts';
import { chooseTargets } from './choose-targets.ts';
import { lookUp } from './look-up.ts';
import { resolveChain } from './resolve-chain.ts';

/** Somebody waits for the answer: credentials are followed back only as far as this allows. */
const CHAIN_TIME_MAX_MS = 8_000;

export interface TrailDependencies {
  readonly store: Pick<Store, 'recordAudit'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly activity: ActivitySource;
  /** The accounts and Regions that this installation may ask. */
  readonly targets: readonly AwsTarget[];
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
  const targets = chooseTargets(deps.targets, parsed.query);
  if (targets.length === 0) {
    await audit(deps, work, 0, 'no-target');
    const sentence = 'This bot has no access to that account.';
    return { kind: 'error', sentence, start: 0, end: work.question.length, suggestion: null };
  }
  const answer = await ask(deps, work, parsed.query, targets, signal);
  const outcome = answer.lead === null ? 'nothing-found' : 'answered';
  await audit(deps, work, answer.coverage.recordCount, outcome);
  return { kind: 'answer', answer };
}

async function ask(
  deps: TrailDependencies,
  { question, userId }: TrailWork,
  query: TrailQuery,
  targets: readonly AwsTarget[],
  signal: AbortSignal,
): Promise<TrailAnswer> {
  const asker: Asker = { userId, urgency: 'waiting' };
  const deliveredUntilMs = deps.clock.nowMs() - deps.activity.deliveryLagMs;
  const found = await lookUp({ ...deps, query, targets, asker, signal });
  deps.log.info('trail question answered', {
    matches: found.records.length,
    targets: targets.length,
  });
  const answer = answerQuestion({ question, query, ...found, deliveredUntilMs });
  return followBack({ ...deps, asker }, answer, signal);
}

async function followBack(
  deps: TrailDependencies & { readonly asker: Asker },
  answer: TrailAnswer,
  signal: AbortSignal,
): Promise<TrailAnswer> {
  const record = answer.lead?.record;
  if (record === undefined || !canBeFollowed(record)) return answer;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(CHAIN_TIME_MAX_MS)]);
  return withChain(answer, await resolveChain(deps, record, inTime));
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
