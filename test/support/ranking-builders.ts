import type { Assessment, RankedCause, Ranking } from '../../src/domain/incident/ranking.ts';
import type { SimilarIncident } from '../../src/domain/knowledge/find-similar.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { OPENED_AT_MS } from './store-builders.ts';

const MINUTE_MS = 60_000;

export function anAssessment(probability = 0.72, changes: Partial<Assessment> = {}): Assessment {
  return {
    probability,
    likelihood: probability >= 0.6 ? 'likely' : probability >= 0.1 ? 'possible' : 'unlikely',
    for: ['3 minutes before the trouble began', 'it names sg-0abc, which the alarm hangs on'],
    against: ['such changes are made here every day'],
    ...changes,
  };
}

export interface CauseFacts {
  readonly causeId?: string;
  readonly eventId?: string;
  readonly statement?: string;
  readonly probability?: number;
  readonly atMs?: number;
}

export function aRankedCause({
  eventId = 'e1',
  causeId = `cause-${eventId}`,
  statement = 'ana@example.com revoked a rule of sg-0abc, 3 minutes before the trouble began.',
  probability = 0.72,
  atMs = OPENED_AT_MS - 13 * MINUTE_MS,
}: CauseFacts = {}): RankedCause {
  return {
    causeId,
    statement,
    cause: {
      kind: 'change',
      changeClass: 'network-closed',
      eventIds: [eventId],
      eventCount: 1,
      actor: { label: untrusted('ana@example.com'), kind: 'human' },
      atMs,
      accountId: '111122223333',
      region: 'eu-west-1',
    },
    assessment: anAssessment(probability),
    suggestion: {
      test: 'Look whether the rule is missing from sg-0abc.',
      solution: 'Put the rule back.',
      risk: 'If it was removed for safety, it opens the door again.',
      rollback: 'Remove the rule again.',
    },
  };
}

/** No change, but something seen that hints at one that is not on record. */
export function anObservedCause(probability = 0.1): RankedCause {
  return {
    causeId: 'cause-e9',
    statement: 'Calls of checkout-worker are throttled since 10:42.',
    cause: {
      kind: 'observation',
      observation: 'limit-reached',
      eventIds: ['e9'],
      eventCount: 32,
      atMs: OPENED_AT_MS - 10 * MINUTE_MS,
    },
    assessment: anAssessment(probability),
    suggestion: null,
  };
}

export function aRanking(changes: Partial<Ranking> = {}): Ranking {
  return {
    gatheringId: 'g1',
    occasion: 'gathering',
    isPartial: false,
    onset: {
      earliestMs: OPENED_AT_MS - 10 * MINUTE_MS,
      latestMs: OPENED_AT_MS - 9 * MINUTE_MS,
      spreadToMs: OPENED_AT_MS - 10 * MINUTE_MS,
      alarms: [{ name: untrusted('checkout-5xx'), breachedFromMs: OPENED_AT_MS - 10 * MINUTE_MS }],
      flapping: [],
      stale: [],
    },
    causes: [aRankedCause()],
    nothing: anAssessment(0.2, { for: ['many incidents are no change on record at all'] }),
    basis: {
      recordCount: 212,
      alarmCount: 3,
      fromMs: OPENED_AT_MS - 3 * 60 * MINUTE_MS,
      toMs: OPENED_AT_MS,
      gaps: ['changes inside a cluster (kubectl), an instance or an application'],
    },
    ...changes,
  };
}

export function aSimilarIncident(incidentId = 'RT-7'): SimilarIncident {
  return {
    incidentId,
    title: 'Checkout refuses connections',
    openedAtMs: OPENED_AT_MS - 30 * 24 * 60 * MINUTE_MS,
    reasons: ['the same alarm checkout-5xx', 'words in common: checkout'],
    rootCause: 'A clean-up job removed the rule for port 443.',
    fix: 'The rule was put back by the pipeline.',
    documentLink: 'https://example.slack.com/files/U1/F1/checkout.md',
    isOpen: false,
  };
}
