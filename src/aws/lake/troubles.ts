import { z } from 'zod';
import type { AwsTarget } from '../../ports.ts';
import type { AnswerTrouble } from '../answer-trouble.ts';

interface Asked {
  readonly target: AwsTarget;
  readonly storeId: string;
}

type Row = readonly [AnswerTrouble['outcome'], (asked: Asked) => string];

const missing: Row = [
  'failed',
  ({ target, storeId }) =>
    `No event data store ${storeId} exists in ${target.region}: look at the configuration.`,
];
const notAccepted: Row = [
  'failed',
  () => 'CloudTrail Lake did not accept the query. Ask in other words, or with in:history.',
];

/** What Lake refuses in its own way; the rest is told as for every service. */
const ROWS: Readonly<Record<string, Row>> = {
  EventDataStoreNotFoundException: missing,
  EventDataStoreARNInvalidException: missing,
  InactiveEventDataStoreException: [
    'disabled',
    ({ storeId }) => `The event data store ${storeId} is not active.`,
  ],
  MaxConcurrentQueriesException: [
    'throttled',
    () =>
      'Ten queries are running in CloudTrail Lake, which is all it allows: ask again in a minute.',
  ],
  InvalidQueryStatementException: notAccepted,
  InvalidParameterException: notAccepted,
  QueryIdNotFoundException: [
    'failed',
    () => 'CloudTrail Lake does not know the search any more: ask again.',
  ],
};

const STATUSES: Readonly<Record<string, Row>> = {
  FAILED: ['failed', () => 'The search failed in CloudTrail Lake: ask again.'],
  CANCELLED: ['failed', () => 'The search was cancelled in CloudTrail Lake.'],
  TIMED_OUT: [
    'timed-out',
    () => 'The search took longer than CloudTrail Lake allows: ask about a shorter time.',
  ],
};

const named = z.object({ name: z.string() });

export function troubleOfQuery(error: unknown, asked: Asked): AnswerTrouble | null {
  const parsed = named.safeParse(error);
  const row =
    parsed.success && Object.hasOwn(ROWS, parsed.data.name) ? ROWS[parsed.data.name] : null;
  return row ? { outcome: row[0], explanation: row[1](asked) } : null;
}

/** Null for a query that is done. */
export function troubleOfStatus(status: string, asked: Asked): AnswerTrouble | null {
  if (status === 'FINISHED') return null;
  const [outcome, explain] = STATUSES[status] ?? [
    'failed',
    () => 'CloudTrail Lake does not say what became of the search: ask again.',
  ];
  return { outcome, explanation: explain(asked) };
}

export function isFull(error: unknown): boolean {
  return named.safeParse(error).data?.name === 'MaxConcurrentQueriesException';
}
