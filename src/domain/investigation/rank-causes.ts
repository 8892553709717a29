import { alarmKey } from '../alarm/alarm-change.ts';
import type {
  Assessment,
  RankedCause,
  RankedOnset,
  Ranking,
  RankingOccasion,
} from '../incident/ranking.ts';
import { type Hypothesis, hypothesesOf } from './hypotheses.ts';
import type { Investigation } from './investigate.ts';
import type { Onset } from './onset.ts';

export interface RankingContext {
  readonly gatheringId: string | null;
  readonly occasion: RankingOccasion;
  readonly isPartial: boolean;
  readonly basis: Ranking['basis'];
  /** Events of hypotheses on the board: what holds one of them is told, however unlikely now. */
  readonly knownEventIds: ReadonlySet<string>;
}

const NOTHING_SAID: Assessment = { probability: 0, likelihood: 'unlikely', for: [], against: [] };

/** An investigation as it enters the record of an incident. */
export function rankCauses(found: Investigation, context: RankingContext): Ranking {
  const { gatheringId, occasion, isPartial, basis, knownEventIds } = context;
  const hypotheses = hypothesesOf(found, knownEventIds);
  const nothing = hypotheses.find(({ kind }) => kind === 'no-change');
  return {
    gatheringId,
    occasion,
    isPartial,
    onset: found.onset === null ? null : rankedOnset(found.onset),
    causes: hypotheses.flatMap((row) => rankedCause(row) ?? []),
    nothing: nothing === undefined ? NOTHING_SAID : assessmentOf(nothing),
    basis,
  };
}

function assessmentOf(hypothesis: Hypothesis): Assessment {
  const { probability, confidence: likelihood, against } = hypothesis;
  return { probability, likelihood, for: hypothesis.for, against };
}

function rankedCause(row: Hypothesis): RankedCause | null {
  switch (row.kind) {
    case 'change':
      return changeCause(row);
    case 'observation':
      return observedCause(row);
    case 'no-change':
      return null;
  }
}

function observedCause(row: Extract<Hypothesis, { kind: 'observation' }>): RankedCause {
  const { kind: observation, atMs } = row.observation;
  const { eventIds, statement, suggestion } = row;
  return {
    causeId: `seen-${observation}-${eventIds[0] ?? 'first'}`,
    statement,
    cause: { kind: 'observation', observation, eventIds, eventCount: eventIds.length, atMs },
    assessment: assessmentOf(row),
    suggestion,
  };
}

function changeCause(row: Extract<Hypothesis, { kind: 'change' }>): RankedCause {
  const { lead } = row.suspect;
  const { eventId, atMs, accountId, region } = lead.record;
  return {
    causeId: `cause-${eventId}`,
    statement: row.statement,
    cause: {
      kind: 'change',
      changeClass: lead.kind.changeClass,
      // The record may hold fewer than there are: the one that tells most is kept.
      eventIds: [eventId, ...row.eventIds.filter((other) => other !== eventId)],
      eventCount: row.eventIds.length,
      actor: row.actor,
      atMs,
      accountId,
      region,
    },
    assessment: assessmentOf(row),
    suggestion: row.suggestion,
  };
}

function rankedOnset(onset: Onset): RankedOnset {
  const { earliestMs, latestMs, spreadToMs, episodes, flapping, stale } = onset;
  const firstOf = new Map<string, RankedOnset['alarms'][number]>();
  for (const { alarm, breachedFromMs } of episodes) {
    const key = alarmKey(alarm);
    if (!firstOf.has(key)) firstOf.set(key, { name: alarm.name, breachedFromMs });
  }
  return {
    earliestMs,
    latestMs,
    spreadToMs,
    alarms: [...firstOf.values()],
    flapping: flapping.map(({ name }) => name),
    stale: stale.map(({ name }) => name),
  };
}
