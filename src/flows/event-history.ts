import { EVENT_HISTORY_GAPS } from '../domain/trail/answer.ts';
import type { ActivitySource, TrailSource } from '../ports.ts';
import { lookUp } from './look-up.ts';

/** CloudTrail's Event history: always there, free, 90 days, one attribute a lookup. */
export function createEventHistory(activity: ActivitySource): TrailSource {
  return {
    reach: {
      id: 'event-history',
      lookbackMaxMs: activity.lookbackMaxMs,
      deliveryLagMs: activity.deliveryLagMs,
      holds: ['management'],
      gaps: EVENT_HISTORY_GAPS,
      searchesEverything: false,
      covers: () => true,
    },
    search: (search, signal) => lookUp({ ...search, activity, signal }),
  };
}
