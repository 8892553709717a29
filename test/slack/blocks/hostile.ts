import fc from 'fast-check';
import type { Coverage, TargetOutcome } from '../../../src/domain/coverage.ts';
import type { Actor, IncidentEvent, RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { Statement } from '../../../src/domain/incident/evidence.ts';
import { INCIDENT_STEPS } from '../../../src/domain/incident/steps.ts';
import type { InsightFinding, TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { openCommand } from '../../support/incident-builders.ts';

/** Text as an attacker, a careless person or a broken peer would have it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    '',
    ' ',
    '\u200b',
    '<!channel> <!here> <@U12345> <#C1|x> <https://evil.example|AWS console>',
    '*bold* _it_ ~st~ `code` ```pre``` > quote & &lt;!channel&gt;',
    '\u202egpj.exe\u2066 \u0000\u0007 \ud800 \udc00',
    'a'.repeat(40_000),
    '<'.repeat(40_000),
    '&`<!channel>\n'.repeat(4_000),
    '👩‍💻'.repeat(8_000),
    `e${'\u0301'.repeat(40_000)}`,
    '\u{e0041}'.repeat(10_000),
  ),
);

const atMs = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
  fc.constantFrom(0, -1, 8.7e15, Number.NaN),
);
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const rating = fc.constantFrom('high', 'medium', 'low');
const hypothesisId = fc.integer({ min: 1, max: 30 }).map((n) => `hypothesis-${n}`);
const planId = fc.integer({ min: 1, max: 4 }).map((n) => `plan-${n}`);
const outcome: fc.Arbitrary<TargetOutcome> = fc.constantFrom(
  'found',
  'nothing',
  'denied',
  'throttled',
  'timed-out',
  'disabled',
  'failed',
);

const coverage: fc.Arbitrary<Coverage> = fc.record({
  source: fc.constantFrom('event-history', 'cloudwatch'),
  query: hostileText,
  fromMs: atMs,
  toMs: atMs,
  targets: fc.array(
    fc.record({
      accountId: nullable(hostileText),
      accountName: fc.option(hostileText, { nil: undefined }),
      region: hostileText,
      outcome,
      count: fc.nat(),
      truncated: fc.boolean(),
      explanation: nullable(hostileText),
    }),
    { maxLength: 40 },
  ),
  recordCount: fc.nat(),
  skippedCount: fc.nat(),
  mayStillArriveAfterMs: nullable(atMs),
  gaps: fc.array(hostileText, { maxLength: 10 }),
});

const foreign = hostileText.map(untrusted);

const rate = nullable(fc.double({ min: 0, max: 1e6, noNaN: true }));

const insight: fc.Arbitrary<InsightFinding> = fc.record({
  state: fc.constantFrom('start', 'end'),
  measure: fc.constantFrom('call-rate', 'error-rate'),
  errorCode: nullable(foreign),
  baselinePerMinute: rate,
  insightPerMinute: rate,
  durationMinutes: rate,
  attributions: fc.array(
    fc.record({
      attribute: fc.constantFrom('identity', 'user-agent', 'error-code'),
      value: foreign,
      insightPerMinute: rate,
      baselinePerMinute: rate,
    }),
    { maxLength: 4 },
  ),
});

export const trailRecord: fc.Arbitrary<TrailRecord> = fc.record({
  eventId: fc.oneof(fc.uuid(), hostileText),
  category: fc.constantFrom('management', 'data', 'network', 'insight'),
  sharedEventId: nullable(hostileText),
  eventName: hostileText,
  eventSource: hostileText,
  atMs,
  region: fc.oneof(fc.constant('eu-west-1'), hostileText),
  accountId: nullable(hostileText),
  readOnly: fc.boolean(),
  errorCode: nullable(foreign),
  errorMessage: nullable(foreign),
  principal: fc.record({
    label: foreign,
    kind: fc.constantFrom('human', 'automation', 'service', 'unknown'),
    confidence: fc.constantFrom('certain', 'high', 'medium', 'low'),
    reason: hostileText,
    accountId: nullable(hostileText),
    userName: nullable(foreign),
    roleName: nullable(foreign),
    sessionName: nullable(foreign),
    mfa: nullable(fc.boolean()),
  }),
  channel: fc.constantFrom('console', 'cloudshell', 'cli', 'sdk', 'terraform', 'unknown'),
  accessKeyId: nullable(hostileText),
  mintedAccessKeyId: nullable(hostileText),
  sessionStartedAtMs: nullable(atMs),
  insight: nullable(insight),
  sourceAddress: nullable(foreign),
  userAgent: nullable(foreign),
  resources: fc.array(fc.record({ type: nullable(hostileText), name: foreign }), { maxLength: 6 }),
  details: fc.array(fc.record({ label: hostileText, value: foreign }), { maxLength: 6 }),
  hiddenFieldCount: fc.nat(),
});

const alarmState = fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const);

const evaluation = fc.record({
  breachedFromMs: nullable(atMs),
  periodSeconds: nullable(fc.nat()),
});

const alarm = fc.record({
  name: foreign,
  kind: fc.constantFrom('metric' as const, 'composite' as const),
  accountId: nullable(hostileText),
  region: fc.oneof(fc.constant('eu-west-1'), hostileText),
  state: alarmState,
  stateReason: foreign,
  transitionedAtMs: nullable(atMs),
  namespace: nullable(hostileText),
  metric: nullable(hostileText),
  dimensions: fc.array(fc.record({ name: hostileText, value: foreign }), { maxLength: 5 }),
  threshold: nullable(fc.double()),
  comparison: nullable(hostileText),
  periodSeconds: nullable(fc.nat()),
  evaluation: nullable(evaluation),
});

const transition = fc.record({
  alarmName: foreign,
  region: hostileText,
  atMs,
  from: nullable(alarmState),
  to: alarmState,
  reason: foreign,
  evaluatedFromMs: nullable(atMs),
  evaluation: nullable(evaluation),
});

const evidenceBase = {
  evidenceId: fc.integer({ min: 1, max: 6 }).map((n) => `evidence-${n}`),
  gatheringId: fc.constant(null),
  coverage,
};

const slackId = fc.oneof(fc.constantFrom('UANA', 'UBEN'), hostileText);

/** What somebody says about a call, and the call itself, in any words. */
export const hostileStatement: fc.Arbitrary<Statement> = fc.record({
  ...evidenceBase,
  kind: fc.constant('statement' as const),
  recordedAs: foreign,
  personId: slackId,
  askedBy: slackId,
  askedAtMs: atMs,
  question: hostileText,
  records: fc.array(trailRecord, { maxLength: 1 }),
  answer: nullable(
    fc.record({
      verdict: nullable(fc.constantFrom('planned', 'mistake', 'not-me')),
      comment: nullable(hostileText),
      atMs,
    }),
  ),
});

const evidence = fc.oneof(
  hostileStatement,
  fc.record({
    ...evidenceBase,
    kind: fc.constant('alarms' as const),
    alarms: fc.array(alarm, { maxLength: 50, size: 'large' }),
    transitions: fc.array(transition, { maxLength: 100, size: 'large' }),
  }),
  fc.record({
    ...evidenceBase,
    kind: fc.constant('changes' as const),
    records: fc.array(trailRecord, { maxLength: 50, size: 'large' }),
  }),
  fc.record({
    ...evidenceBase,
    kind: fc.constant('lookup' as const),
    question: hostileText,
    records: fc.array(trailRecord, { maxLength: 50, size: 'large' }),
  }),
);

const type = <T extends IncidentEvent['type']>(name: T) => fc.constant(name);

export const hostileEvent: fc.Arbitrary<IncidentEvent> = fc.oneof(
  fc.record({
    type: type('problem-stated'),
    symptoms: hostileText,
    affected: hostileText,
    startedAtMs: nullable(atMs),
    recentChanges: hostileText,
  }),
  fc.record({ type: type('component-isolated'), component: hostileText, finding: hostileText }),
  fc.record({ type: type('title-changed'), title: hostileText }),
  fc.record({ type: type('owner-changed'), ownerId: nullable(hostileText) }),
  fc.record({
    type: type('severity-changed'),
    severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4'),
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
  fc.record({ type: type('evidence-recorded'), evidence }),
  fc.record({
    type: type('hypothesis-proposed'),
    hypothesisId,
    statement: hostileText,
    likelihood: rating,
    impact: rating,
    evidenceIds: fc.array(hostileText, { maxLength: 5 }),
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
  }),
  fc.record({ type: type('plan-approved'), planId }),
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
  fc.record({
    type: type('document-published'),
    ofVersion: fc.nat(),
    permalink: nullable(fc.oneof(hostileText, fc.webUrl())),
  }),
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
    actor,
    fc.array(fc.tuple(hostileEvent, actor), { maxLength: 80, size: 'max' }),
  )
  .map(([title, opener, rest]) => {
    const { gatheringId: _gatheringId, ...opened } = openCommand({
      title,
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
