import fc from 'fast-check';
import type { Actor, IncidentEvent, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { INCIDENT_STEPS } from '../../../src/domain/incident/steps.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import { openCommand } from '../../support/incident-builders.ts';
import { hostileEvidence } from './hostile-evidence.ts';
import { hostileRanking } from './hostile-ranking.ts';
import { atMs, hostileText, nullable } from './hostile-text.ts';

export { hostileStatement, trailRecord } from './hostile-evidence.ts';
export { hostileText } from './hostile-text.ts';

const rating = fc.constantFrom('high', 'medium', 'low');
const hypothesisId = fc.integer({ min: 1, max: 30 }).map((n) => `hypothesis-${n}`);
const planId = fc.integer({ min: 1, max: 4 }).map((n) => `plan-${n}`);
const planWindow = fc.record({ fromMs: atMs, toMs: nullable(atMs) });
const need = fc.record({
  rule: fc.constantFrom('one-other', 'none'),
  entitledIds: fc.array(fc.oneof(fc.constantFrom('UANA', 'UBEN'), hostileText), { maxLength: 20 }),
});
const alarmChange = fc
  .record({
    name: hostileText.map(untrusted),
    reason: hostileText.map(untrusted),
    kind: fc.constantFrom('metric', 'composite'),
    to: fc.constantFrom('OK', 'ALARM'),
    atMs,
    dimensions: fc.array(
      fc.record({ name: fc.constant('QueueName'), value: hostileText.map(untrusted) }),
      { maxLength: 4 },
    ),
  })
  .map(anAlarmChange);
const type = <T extends IncidentEvent['type']>(name: T) => fc.constant(name);

export const hostileEvent: fc.Arbitrary<IncidentEvent> = fc.oneof(
  fc.record({
    type: type('problem-stated'),
    symptoms: hostileText,
    affected: hostileText,
    startedAtMs: nullable(atMs),
    recentChanges: hostileText,
    drafted: fc.array(hostileText, { maxLength: 3 }),
  }),
  fc.record({ type: type('component-isolated'), component: hostileText, finding: hostileText }),
  fc.constant({ type: 'incident-proposed' }),
  fc.record({
    type: type('alarm-changed'),
    change: alarmChange,
    mergedFrom: nullable(fc.constant('RT-2')),
  }),
  fc.record({
    type: type('proposal-decided'),
    verdict: fc.constantFrom('accepted', 'declined', 'merged', 'lapsed'),
    mergedInto: nullable(fc.constant('RT-2')),
  }),
  fc.record({ type: type('title-changed'), title: hostileText }),
  fc.record({ type: type('owner-changed'), ownerId: nullable(hostileText) }),
  fc.record({
    type: type('severity-changed'),
    severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4'),
    need: nullable(need),
  }),
  fc.record({
    type: type('step-entered'),
    step: fc.constantFrom(...INCIDENT_STEPS.map((row) => row.id)),
    reason: nullable(hostileText),
  }),
  fc.record({
    type: type('gathering-requested'),
    gatheringId: fc.constantFrom('g1', 'g2'),
    fromMs: atMs,
    toMs: atMs,
  }),
  fc.record({
    type: type('gathering-finished'),
    gatheringId: fc.constantFrom('g1', 'g2'),
    summary: hostileText,
  }),
  fc.record({ type: type('evidence-recorded'), evidence: hostileEvidence }),
  fc.record({
    type: type('hypothesis-proposed'),
    hypothesisId,
    statement: hostileText,
    likelihood: rating,
    impact: rating,
    evidenceIds: fc.array(hostileText, { maxLength: 5 }),
  }) as fc.Arbitrary<IncidentEvent>,
  fc.record({
    type: type('causes-ranked'),
    ranking: hostileRanking,
    moves: fc.constant([]),
  }) as fc.Arbitrary<IncidentEvent>,
  fc.record({ type: type('test-started'), hypothesisId, test: hostileText }),
  fc.record({
    type: type('test-concluded'),
    hypothesisId,
    verdict: fc.constantFrom('confirmed', 'eliminated', 'inconclusive'),
    finding: hostileText,
  }),
  fc.record({ type: type('hypothesis-revived'), hypothesisId, reason: hostileText }),
  fc.record({
    type: type('solution-planned'),
    planId,
    hypothesisId: nullable(hypothesisId),
    solution: hostileText,
    risk: hostileText,
    mitigation: hostileText,
    rollback: hostileText,
    resources: fc.array(hostileText, { maxLength: 20 }),
    window: nullable(planWindow),
    need,
  }),
  fc.record({ type: type('plan-approved'), planId }),
  fc.record({ type: type('window-began'), planId }),
  fc.record({ type: type('approval-waived'), planId, reason: hostileText }),
  fc.record({ type: type('solution-implemented'), planId, what: hostileText }),
  fc.record({ type: type('solution-rolled-back'), planId, reason: hostileText }),
  fc.record({ type: type('solution-verified'), finding: hostileText }),
  fc.record({ type: type('verification-failed'), finding: hostileText }),
  fc.record({ type: type('incident-escalated'), to: hostileText, reason: hostileText }),
  fc.record({
    type: type('findings-documented'),
    rootCause: hostileText,
    lessons: hostileText,
    preventiveMeasures: fc.array(fc.record({ text: hostileText, ownerId: nullable(hostileText) }), {
      maxLength: 20,
    }),
  }),
  fc.record({ type: type('incident-closed'), reason: nullable(hostileText) }),
  fc.record({ type: type('incident-reopened'), reason: hostileText }),
  fc.record({ type: type('nudge-sent'), why: fc.constantFrom('no-owner', 'quiet') }),
  fc.record({ type: type('nudges-snoozed'), untilMs: atMs }),
  fc.record({ type: type('nudges-stopped') }),
  fc.record({
    type: type('document-published'),
    ofVersion: fc.nat(),
    permalink: nullable(fc.oneof(hostileText, fc.webUrl())),
    canvasLink: nullable(fc.oneof(hostileText, fc.webUrl())),
  }),
  fc.record({ type: type('record-redacted'), reason: hostileText, places: fc.nat() }),
  fc.record({ type: type('work-abandoned'), task: hostileText, reason: hostileText }),
);

const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant<Actor>({ kind: 'bot' }),
  hostileText.map((userId): Actor => ({ kind: 'person', userId })),
  fc.constant<Actor>({ kind: 'person', userId: 'UANA' }),
);

/** A log as no honest person would leave it: any event in any order, with any text. */
export const hostileLog: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .tuple(
    hostileText,
    fc.boolean(),
    actor,
    fc.array(fc.tuple(hostileEvent, actor), { maxLength: 80, size: 'max' }),
  )
  .map(([title, isDrill, opener, rest]) => {
    const { gatheringId: _gatheringId, ...opened } = openCommand({
      title,
      isDrill,
      alarmNames: [title],
      resources: [title],
    });
    const events = [[{ ...opened, type: 'incident-opened' }, opener], ...rest] as const;
    return events.map(([event, by], index) => ({
      schemaVersion: 1,
      version: index + 1,
      atMs: 1_772_966_000_000 + index * 60_000,
      actor: by,
      event: event as IncidentEvent,
    }));
  });
