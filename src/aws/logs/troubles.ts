import type { AwsTarget } from '../../ports.ts';
import type { QueryTroubles } from '../query-troubles.ts';

interface Asked {
  readonly target: AwsTarget;
  readonly names: readonly string[];
}

/** What Logs Insights refuses in its own way; the rest is told as for every service. */
export const LOGS_TROUBLES: QueryTroubles<Asked> = {
  errors: {
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
  },
  statuses: {
    Failed: ['failed', () => 'The search failed in CloudWatch Logs: ask again.'],
    Cancelled: ['failed', () => 'The search was cancelled in CloudWatch Logs.'],
    Timeout: [
      'timed-out',
      () => 'The search took longer than CloudWatch Logs allows: ask about a shorter time.',
    ],
    other: ['failed', () => 'CloudWatch Logs does not know what became of the search: ask again.'],
  },
  doneStatus: 'Complete',
  fullError: 'LimitExceededException',
};
