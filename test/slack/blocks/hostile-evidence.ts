import fc from 'fast-check';
import type { Coverage, TargetOutcome } from '../../../src/domain/coverage.ts';
import type { Statement } from '../../../src/domain/incident/evidence.ts';
import type { InsightFinding, TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { atMs, hostileText, nullable } from './hostile-text.ts';

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

const contributor = fc.record({
  attributes: fc.array(fc.record({ name: hostileText, value: foreign }), { maxLength: 3 }),
  reason: foreign,
  transitionedAtMs: nullable(atMs),
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
  drawable: fc.constant(null),
  evaluation: nullable(evaluation),
  children: fc.array(foreign, { maxLength: 3 }),
  contributors: fc.array(contributor, { maxLength: 3 }),
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

export const hostileEvidence = fc.oneof(
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
  fc
    .record({
      ...evidenceBase,
      kind: fc.constant('changes' as const),
      records: fc.array(trailRecord, { maxLength: 50, size: 'large' }),
      planId: fc.constantFrom('plan-1', 'plan-9'),
      because: fc.constantFrom('resource' as const, 'person' as const),
      insideCount: fc.nat(50),
    })
    .map(({ planId, because, insideCount, ...row }) => {
      const inside = row.records.slice(0, insideCount);
      return {
        ...row,
        fix: { planId, inside: inside.map(({ eventId }) => ({ eventId, because })) },
      };
    }),
  fc.record({
    ...evidenceBase,
    kind: fc.constant('lookup' as const),
    question: hostileText,
    records: fc.array(trailRecord, { maxLength: 50, size: 'large' }),
  }),
);
