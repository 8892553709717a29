import { z } from 'zod';
import type { AwsTarget } from '../../ports.ts';
import type { AnswerTrouble } from '../answer-trouble.ts';

interface Asked {
  readonly target: AwsTarget;
  readonly names: readonly string[];
}

type Row = readonly [AnswerTrouble['outcome'], (asked: Asked) => string];

/** What Logs Insights refuses in its own way; the rest is told as for every service. */
const ROWS: Readonly<Record<string, Row>> = {
  ResourceNotFoundException: [
    'failed',
    ({ target, names }) =>
      `No log group ${names.join(', ')} exists in ${target.region}: look at the configuration.`,
  ],
  LimitExceededException: [
    'throttled',
    ({ target }) =>
      `As many queries as CloudWatch Logs allows are running in ${target.region}: ask again in a minute.`,
  ],
  MalformedQueryException: [
    'failed',
    () => 'CloudWatch Logs did not accept the query. Ask in other words, or with in:history.',
  ],
  InvalidParameterException: [
    'failed',
    () =>
      'CloudWatch Logs did not accept the query: the time may be older than the log group keeps.',
  ],
};

const STATUSES: Readonly<Record<string, Row>> = {
  Failed: ['failed', () => 'The search failed in CloudWatch Logs: ask again.'],
  Cancelled: ['failed', () => 'The search was cancelled in CloudWatch Logs.'],
  Timeout: [
    'timed-out',
    () => 'The search took longer than CloudWatch Logs allows: ask about a shorter time.',
  ],
  Unknown: ['failed', () => 'CloudWatch Logs does not know what became of the search: ask again.'],
};

const named = z.object({ name: z.string() });

export function troubleOfQuery(error: unknown, asked: Asked): AnswerTrouble | null {
  const parsed = named.safeParse(error);
  return parsed.success ? fromTable(ROWS, parsed.data.name, asked) : null;
}

/** Null for a query that is done. */
export function troubleOfStatus(status: string, asked: Asked): AnswerTrouble | null {
  if (status === 'Complete') return null;
  return fromTable(STATUSES, status, asked) ?? fromTable(STATUSES, 'Unknown', asked);
}

export function isFull(error: unknown): boolean {
  return named.safeParse(error).data?.name === 'LimitExceededException';
}

function fromTable(
  table: Readonly<Record<string, Row>>,
  key: string,
  asked: Asked,
): AnswerTrouble | null {
  const row = Object.hasOwn(table, key) ? table[key] : undefined;
  return row === undefined ? null : { outcome: row[0], explanation: row[1](asked) };
}
