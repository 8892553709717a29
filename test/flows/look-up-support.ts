import { answerQuestion, type TrailAnswer } from '../../src/domain/trail/answer.ts';
import { matchesQuery } from '../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { lookUp } from '../../src/flows/look-up.ts';
import type { AwsTarget } from '../../src/ports.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';
import { aRecord } from '../support/trail-record.ts';

export const nowMs = Date.parse('2026-03-10T12:00:00Z');
export const minutesAgo = (minutes: number) => nowMs - minutes * 60_000;
export const IRELAND: AwsTarget = { accountId: null, region: 'eu-west-1' };
export const GLOBAL: AwsTarget = { accountId: null, region: 'us-east-1' };

export function queryOf(question: string): TrailQuery {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  return (parseQuery(question, context) as { query: TrailQuery }).query;
}

export interface Setting extends MemoryActivityOptions {
  readonly targets?: readonly AwsTarget[];
  readonly matchesEnough?: number;
}

export async function search(question: string, setting: Setting) {
  const activity = createMemoryActivity(setting);
  const query = queryOf(question);
  const progress: string[] = [];
  const findings = await lookUp({
    activity,
    query,
    targets: setting.targets ?? [IRELAND, GLOBAL],
    asker: { userId: 'U1', urgency: 'waiting' },
    matchesEnough: setting.matchesEnough ?? 25,
    signal: new AbortController().signal,
    onProgress: (sentence) => progress.push(sentence),
  });
  const { targets, records, skippedCount } = findings;
  const input = { question, query, deliveredUntilMs: nowMs, targets, records, skippedCount };
  const { requests, calls } = activity;
  return { findings, answer: answerQuestion(input), progress, requests, calls };
}

/** The answer of somebody who read every record there is. */
export function scan(question: string, records: readonly TrailRecord[]): TrailAnswer {
  const query = queryOf(question);
  const matches = records.filter((record) => matchesQuery(query, record));
  const rest = { targets: [], skippedCount: 0, deliveredUntilMs: nowMs };
  return answerQuestion({ question, query, records: matches, ...rest });
}

/** Other calls, every half a minute, going back from now. */
export function noise(count: number, changes: Parameters<typeof aRecord>[0] = {}) {
  return Array.from({ length: count }, (_, index) =>
    aRecord({
      eventId: `noise-${index}-${changes.region ?? ''}`,
      eventName: 'PutEvaluations',
      atMs: minutesAgo(index / 2),
      named: [`thing-${index}`],
      ...changes,
    }),
  );
}
