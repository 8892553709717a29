import type { IncidentEvent, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { INCIDENT_STEPS } from '../../../src/domain/incident/steps.ts';
import { WATCH_LIMITS } from '../../../src/domain/incident/watch.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import {
  ana,
  ben,
  bot,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
} from '../../support/incident-builders.ts';
import { aSimilarIncident } from '../../support/ranking-builders.ts';
import {
  evidenceOf,
  type Fill,
  many,
  maximalRanking,
  NAME_CHARACTERS_MAX,
} from './maximal-evidence.ts';

/** As many as a card shows of one hypothesis; one of them has as many as it may. */
const TESTS_SHOWN = 5;

const text = (fill: Fill) => fill(LIMITS.textCharactersMax);

function alarmEvents(fill: Fill): readonly IncidentEvent[] {
  const changes = many(
    LIMITS.alarmsMax,
    (index): IncidentEvent => ({
      type: 'alarm-changed',
      mergedFrom: null,
      change: anAlarmChange({
        name: untrusted(`${fill(NAME_CHARACTERS_MAX - 3)}${index}`),
        reason: untrusted(fill(1_000)),
        dimensions: many(30, () => ({
          name: fill(60),
          value: untrusted(fill(NAME_CHARACTERS_MAX)),
        })),
      }),
    }),
  );
  return [
    { type: 'incident-proposed' },
    ...changes,
    { type: 'proposal-decided', verdict: 'accepted', mergedInto: null },
  ];
}

function hypothesisEvents(fill: Fill, from: number, to: number): readonly IncidentEvent[] {
  return many(to - from, (offset) => `hypothesis-${from + offset}`).flatMap(
    (hypothesisId, offset): readonly IncidentEvent[] => [
      {
        type: 'hypothesis-proposed',
        hypothesisId,
        statement: text(fill),
        likelihood: 'high',
        impact: 'high',
        evidenceIds: ['evidence-changes'],
      },
      ...many(
        offset === 0 ? LIMITS.testsPerHypothesisMax : TESTS_SHOWN,
        (): readonly IncidentEvent[] => [
          { type: 'test-started', hypothesisId, test: text(fill) },
          {
            type: 'test-concluded',
            hypothesisId,
            verdict: offset % 3 === 0 ? 'eliminated' : 'inconclusive',
            finding: text(fill),
          },
        ],
      ).flat(),
    ],
  );
}

function planEvents(fill: Fill): readonly IncidentEvent[] {
  return many(LIMITS.plansMax, (index) => `plan-${index}`).flatMap(
    (planId): readonly IncidentEvent[] => [
      {
        type: 'solution-planned',
        planId,
        hypothesisId: 'hypothesis-1',
        solution: text(fill),
        risk: text(fill),
        mitigation: text(fill),
        rollback: text(fill),
        resources: many(LIMITS.planResourcesMax, () => fill(300)),
        window: { fromMs: OPENED_AT_MS, toMs: OPENED_AT_MS + MINUTE_MS },
        need: { rule: 'one-other', entitledIds: many(20, (n) => `UENTITLED${n}`) },
      } as IncidentEvent,
      { type: 'window-began', planId },
      { type: 'approval-waived', planId, reason: text(fill) },
      { type: 'solution-implemented', planId, what: text(fill) },
      ...(planId === `plan-${LIMITS.plansMax - 1}`
        ? []
        : [{ type: 'solution-rolled-back', planId, reason: text(fill) } as const]),
    ],
  );
}

/** What is recorded whatever the step is. */
function anyTimeEvents(fill: Fill): readonly IncidentEvent[] {
  return [
    {
      type: 'playbook-chosen',
      playbookId: 'downtime',
      title: fill(60),
      reason: fill(300),
      isByHand: false,
    },
    {
      type: 'problem-stated',
      symptoms: text(fill),
      affected: text(fill),
      startedAtMs: OPENED_AT_MS,
      recentChanges: text(fill),
      drafted: [],
    },
    { type: 'component-isolated', component: fill(300), finding: text(fill) },
    ...many(LIMITS.gatheringsMax, (index) => `gathering-${index}`).flatMap(
      (gatheringId): readonly IncidentEvent[] => [
        { type: 'gathering-requested', gatheringId, fromMs: 0, toMs: 1 },
        { type: 'gathering-finished', gatheringId, summary: text(fill) },
      ],
    ),
    ...evidenceOf(fill).map((evidence): IncidentEvent => ({ type: 'evidence-recorded', evidence })),
    { type: 'causes-ranked', ranking: maximalRanking(fill), moves: [] },
    {
      type: 'similar-found',
      similar: many(5, (index) => ({
        ...aSimilarIncident(`RT-${index + 10}`),
        title: fill(LIMITS.titleCharactersMax),
        reasons: many(4, () => fill(300)),
        rootCause: text(fill),
        fix: text(fill),
      })),
    },
    { type: 'similar-dismissed', similarId: 'RT-10' },
    { type: 'incident-escalated', to: fill(300), reason: `${fill(300)}\n\n${fill(2_600)}` },
    { type: 'nudge-sent', why: 'quiet' },
    { type: 'severity-changed', severity: 'sev1', need: null },
    { type: 'owner-changed', ownerId: 'UBEN' },
    { type: 'work-abandoned', task: fill(300), reason: text(fill) },
  ];
}

function endingEvents(fill: Fill): readonly IncidentEvent[] {
  return [
    ...many(LIMITS.verificationsMax, (): readonly IncidentEvent[] => [
      { type: 'verification-failed', finding: text(fill) },
      { type: 'solution-verified', finding: text(fill) },
    ]).flat(),
    ...many(
      LIMITS.checksMax,
      (index): IncidentEvent => ({
        type: 'check-ticked',
        text: `${fill(235)}${index}`,
        isDone: true,
      }),
    ),
    {
      type: 'watch-checked',
      watch: {
        startedAtMs: OPENED_AT_MS,
        agreedMs: MINUTE_MS,
        alarms: many(WATCH_LIMITS.alarmsMax, (index) => ({
          accountId: '111122223333',
          region: 'eu-west-1',
          name: untrusted(`${fill(NAME_CHARACTERS_MAX - 2)}${index}`),
          state: 'OK' as const,
          sinceMs: OPENED_AT_MS,
          wasOk: true,
          reconfiguredAtMs: OPENED_AT_MS + MINUTE_MS,
        })),
        unread: many(WATCH_LIMITS.alarmsMax, (index) => ({
          accountId: '111122223333',
          region: 'eu-west-1',
          name: untrusted(`${fill(NAME_CHARACTERS_MAX - 3)}u${index}`),
        })),
        outcome: 'watching',
        trouble: fill(WATCH_LIMITS.troubleCharactersMax),
      },
    },
    {
      type: 'findings-documented',
      rootCause: text(fill),
      lessons: text(fill),
      preventiveMeasures: many(LIMITS.preventiveMeasuresMax, () => ({
        text: fill(300),
        ownerId: 'UBEN',
      })),
    },
  ];
}

const LINK = `https://example.slack.com/archives/C1/p${'1'.repeat(900)}`;

const published = {
  type: 'document-published',
  ofVersion: 1,
  permalink: LINK,
  canvasLink: LINK,
} as IncidentEvent;

/** The log of an incident in which everything is as much and as long as it may be. */
export function maximalLog(
  fill: Fill,
  until: { readonly step: (typeof INCIDENT_STEPS)[number]['id']; readonly isClosed: boolean },
): readonly RecordedEvent[] {
  const { gatheringId: _asked, ...opened } = openCommand({
    title: fill(LIMITS.titleCharactersMax),
    alarmNames: many(20, () => fill(NAME_CHARACTERS_MAX)),
    resources: many(20, () => fill(300)),
    isDrill: true,
  });
  const steps = INCIDENT_STEPS.map(({ id }) => id);
  const events: readonly IncidentEvent[] = [
    { ...opened, isDrill: true, type: 'incident-opened' },
    ...alarmEvents(fill),
    ...steps.slice(0, -1).map((step) => entered(step, text(fill))),
    ...anyTimeEvents(fill),
    ...hypothesisEvents(fill, 1, LIMITS.hypothesesMax - 5),
    ...planEvents(fill),
    ...endingEvents(fill),
    entered(until.step, text(fill)),
    published,
    ...(until.isClosed ? [{ type: 'incident-closed', reason: text(fill) } as const] : []),
  ];
  const actors = [ana, ben, bot] as const;
  return events.map((event, index) => ({
    schemaVersion: 1,
    version: index + 1,
    atMs: OPENED_AT_MS + index * 1_000,
    actor: actors[index % 2] ?? bot,
    event,
  }));
}

function entered(step: (typeof INCIDENT_STEPS)[number]['id'], reason: string): IncidentEvent {
  return { type: 'step-entered', step, reason };
}
