import type { AlarmStateValue } from '../../../src/domain/alarm/alarm.ts';
import type { Coverage } from '../../../src/domain/coverage.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { RANKING_LIMITS, type Ranking } from '../../../src/domain/incident/ranking.ts';
import { STATEMENT_LIMITS } from '../../../src/domain/incident/statement.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aCoverage, aTrailRecord } from '../../support/full-incident.ts';
import { OPENED_AT_MS } from '../../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { anAnswer, aStatement } from '../../support/statement-builders.ts';

/** A text of so many characters, between marks by which it is seen whether it was cut. */
export type Fill = (charactersMax: number) => string;

export const BEGIN = '⟦';
export const END = '⟧';

const filled =
  (unit: string): Fill =>
  (charactersMax) => {
    const room = Math.max(0, charactersMax - 2);
    return `${BEGIN}${unit.repeat(Math.floor(room / unit.length))}${END}`;
  };

/** What is wide, what grows when it is escaped, and what has no width at all. */
export const FILLS: Readonly<Record<string, Fill>> = {
  'wide letters': filled('W'),
  'emoji of four bytes': filled('😀'),
  'characters that are escaped': filled('&<>'),
  'marks that turn the direction': filled('א\u200f\u202e'),
  'lines of one letter': filled('a\n'),
  'families of emoji': filled('👩‍💻'),
};

export const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** AWS allows no longer names. */
export const NAME_CHARACTERS_MAX = 255;
const TARGETS = 40;
const EVENT_ID = '61a5e29f-1180-46e1-b308-729fd62ac61c';

export function maximalCoverage(fill: Fill): Coverage {
  return aCoverage({
    query: fill(300),
    targets: many(TARGETS, (index) => ({
      accountId: String(111122223333 + index),
      accountName: fill(60),
      region: 'ap-southeast-2',
      outcome: index % 2 === 0 ? ('denied' as const) : ('found' as const),
      count: 9_999,
      truncated: true,
      explanation: fill(300),
    })),
    recordCount: 9_999_999,
    skippedCount: 9_999,
    gaps: many(12, () => fill(300)),
  });
}

export function maximalRecord(fill: Fill, index = 0): TrailRecord {
  const name = untrusted(fill(NAME_CHARACTERS_MAX));
  const base = aTrailRecord();
  return {
    ...base,
    eventId: `${EVENT_ID.slice(0, -3)}${index + 100}`,
    eventName: fill(60),
    atMs: base.atMs - index * 7_000,
    errorCode: name,
    errorMessage: untrusted(fill(1_000)),
    principal: { ...base.principal, label: name, kind: 'human', roleName: name, sessionName: name },
    accessKeyId: `ASIA${String(index).padStart(16, 'X')}`,
    sourceAddress: name,
    userAgent: name,
    resources: many(20, () => ({ type: fill(60), name })),
    details: many(10, () => ({ label: fill(60), value: name })),
    hiddenFieldCount: 99,
  };
}

function alarmsEvidence(fill: Fill): Evidence {
  const name = untrusted(fill(NAME_CHARACTERS_MAX));
  const alarm = {
    name,
    kind: 'metric' as const,
    accountId: '111122223333',
    region: 'eu-west-1',
    state: 'ALARM' as AlarmStateValue,
    stateReason: untrusted(fill(1_000)),
    transitionedAtMs: OPENED_AT_MS,
    namespace: fill(NAME_CHARACTERS_MAX),
    metric: fill(NAME_CHARACTERS_MAX),
    dimensions: many(30, () => ({ name: fill(NAME_CHARACTERS_MAX), value: name })),
    threshold: 1.7976931348623157e308,
    comparison: 'GreaterThanThreshold',
    periodSeconds: 60,
    drawable: null,
    evaluation: null,
    children: many(10, () => name),
    contributors: many(10, () => ({
      attributes: many(3, () => ({ name: fill(60), value: name })),
      reason: name,
      transitionedAtMs: OPENED_AT_MS,
    })),
  };
  return {
    evidenceId: 'evidence-alarms',
    gatheringId: null,
    kind: 'alarms',
    coverage: maximalCoverage(fill),
    alarms: many(LIMITS.evidenceAlarmsMax, () => alarm),
    transitions: many(LIMITS.evidenceTransitionsMax, () => ({
      alarmName: name,
      region: 'eu-west-1',
      atMs: OPENED_AT_MS,
      from: 'OK' as const,
      to: 'ALARM' as const,
      reason: untrusted(fill(1_000)),
      evaluatedFromMs: OPENED_AT_MS,
      evaluation: null,
    })),
  };
}

/** One of each kind: a card shows one, however many there are. */
export function evidenceOf(fill: Fill): readonly Evidence[] {
  const base = { gatheringId: null, coverage: maximalCoverage(fill) };
  const records = many(LIMITS.evidenceRecordsMax, (index) => maximalRecord(fill, index));
  const inside = records
    .slice(0, 25)
    .map(({ eventId }) => ({ eventId, because: 'resource' as const }));
  return [
    alarmsEvidence(fill),
    { ...base, evidenceId: 'evidence-changes', kind: 'changes', records },
    {
      ...base,
      evidenceId: 'fix-plan-1',
      kind: 'changes',
      records,
      fix: { planId: 'plan-1', inside },
    },
    { ...base, evidenceId: 'evidence-lookup', kind: 'lookup', question: fill(1_000), records },
    maximalStatement(fill),
  ];
}

export function maximalStatement(fill: Fill) {
  return aStatement({
    coverage: maximalCoverage(fill),
    recordedAs: untrusted(fill(NAME_CHARACTERS_MAX)),
    question: fill(STATEMENT_LIMITS.questionCharactersMax),
    records: [maximalRecord(fill)],
    answer: anAnswer({ verdict: 'not-me', comment: fill(STATEMENT_LIMITS.commentCharactersMax) }),
  });
}

export function maximalRanking(fill: Fill): Ranking {
  const points = many(RANKING_LIMITS.pointsMax, () => fill(RANKING_LIMITS.pointCharactersMax));
  const suggested = fill(RANKING_LIMITS.suggestionCharactersMax);
  const base = aRanking();
  return {
    ...base,
    causes: many(RANKING_LIMITS.causesMax, (index) => {
      const cause = aRankedCause({ eventId: `e${index}`, probability: 0.9 / (index + 1) });
      return {
        ...cause,
        statement: fill(RANKING_LIMITS.statementCharactersMax),
        assessment: { ...cause.assessment, for: points, against: points },
        suggestion: { test: suggested, solution: suggested, risk: suggested, rollback: suggested },
      };
    }),
    nothing: { ...base.nothing, for: points, against: points },
    basis: { ...base.basis, gaps: many(RANKING_LIMITS.gapsMax, () => fill(300)) },
  };
}
