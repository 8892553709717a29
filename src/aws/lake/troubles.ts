import type { AwsTarget } from '../../ports.ts';
import type { QueryTroubles, TroubleTable } from '../query-troubles.ts';

interface Asked {
  readonly target: AwsTarget;
  readonly storeId: string;
}

type Row = TroubleTable<Asked>[string];

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
export const LAKE_TROUBLES: QueryTroubles<Asked> = {
  errors: {
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
  },
  statuses: {
    FAILED: ['failed', () => 'The search failed in CloudTrail Lake: ask again.'],
    CANCELLED: ['failed', () => 'The search was cancelled in CloudTrail Lake.'],
    TIMED_OUT: [
      'timed-out',
      () => 'The search took longer than CloudTrail Lake allows: ask about a shorter time.',
    ],
    other: ['failed', () => 'CloudTrail Lake does not say what became of the search: ask again.'],
  },
  doneStatus: 'FINISHED',
  fullError: 'MaxConcurrentQueriesException',
};
