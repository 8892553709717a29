import type { Alarm } from '../../../src/domain/alarm/alarm.ts';
import type { Coverage } from '../../../src/domain/coverage.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { OPENED_AT_MS } from '../../support/store-builders.ts';

export const gatheringId = 'gathering-1';

const coverage: Coverage = {
  source: 'event-history',
  query: 'successful writes',
  fromMs: OPENED_AT_MS - 3_600_000,
  toMs: OPENED_AT_MS,
  targets: [
    {
      accountId: '111122223333',
      region: 'eu-west-1',
      outcome: 'found',
      count: 1,
      truncated: false,
      explanation: null,
    },
  ],
  recordCount: 1,
  skippedCount: 0,
  mayStillArriveAfterMs: null,
  gaps: ['data events'],
};

const record: TrailRecord = {
  eventId: 'e-1',
  category: 'management',
  sharedEventId: null,
  eventName: 'StopInstances',
  eventSource: 'ec2.amazonaws.com',
  atMs: OPENED_AT_MS - 60_000,
  region: 'eu-west-1',
  accountId: '111122223333',
  readOnly: false,
  errorCode: null,
  errorMessage: null,
  principal: {
    label: untrusted('ana'),
    kind: 'human',
    confidence: 'high',
    reason: 'console session',
    accountId: '111122223333',
    userName: null,
    roleName: untrusted('admin'),
    sessionName: untrusted('ana <!channel>'),
    mfa: true,
  },
  channel: 'console',
  accessKeyId: null,
  mintedAccessKeyId: null,
  sessionStartedAtMs: null,
  insight: null,
  sourceAddress: untrusted('203.0.113.7'),
  userAgent: null,
  resources: [{ type: 'AWS::EC2::Instance', name: untrusted('i-0abc') }],
  details: [{ label: 'state', value: untrusted('stopped') }],
  hiddenFieldCount: 2,
};

const alarm: Alarm = {
  name: untrusted('checkout-5xx'),
  kind: 'metric',
  accountId: null,
  region: 'eu-west-1',
  state: 'ALARM',
  stateReason: untrusted('Threshold Crossed'),
  transitionedAtMs: OPENED_AT_MS,
  namespace: 'AWS/ApplicationELB',
  metric: 'HTTPCode_ELB_5XX_Count',
  dimensions: [{ name: 'LoadBalancer', value: untrusted('app/checkout') }],
  threshold: 5,
  comparison: 'GreaterThanThreshold',
  periodSeconds: 60,
  drawable: {
    namespace: 'AWS/ApplicationELB',
    name: 'HTTPCode_ELB_5XX_Count',
    dimensions: [{ name: 'LoadBalancer', value: untrusted('app/checkout') }],
    statistic: 'Sum',
    periodSeconds: 60,
    ownerAccountId: null,
    isPart: false,
  },
  evaluation: null,
  children: [untrusted('checkout-latency')],
  contributors: [
    {
      attributes: [{ name: 'InstanceId', value: untrusted('i-0abc') }],
      reason: untrusted('Threshold Crossed'),
      transitionedAtMs: OPENED_AT_MS,
    },
  ],
};

/** One of each kind. */
export const EVERY_EVIDENCE: {
  readonly [K in Evidence['kind']]: Extract<Evidence, { kind: K }>;
} = {
  changes: {
    kind: 'changes',
    evidenceId: 'evidence-1',
    gatheringId,
    coverage,
    records: [record],
  },
  lookup: {
    kind: 'lookup',
    evidenceId: 'evidence-2',
    gatheringId: null,
    coverage,
    question: 'who stopped i-0abc',
    records: [record],
  },
  statement: {
    kind: 'statement',
    evidenceId: 'evidence-4',
    gatheringId: null,
    coverage,
    recordedAs: record.principal.label,
    personId: 'U2',
    askedBy: 'U1',
    askedAtMs: OPENED_AT_MS,
    question: 'Was this you?',
    records: [record],
    answer: { verdict: 'not-me', comment: 'I was asleep', atMs: OPENED_AT_MS + 1 },
  },
  alarms: {
    kind: 'alarms',
    evidenceId: 'evidence-3',
    gatheringId,
    coverage,
    alarms: [alarm],
    transitions: [
      {
        alarmName: alarm.name,
        region: 'eu-west-1',
        atMs: OPENED_AT_MS,
        from: 'OK',
        to: 'ALARM',
        reason: alarm.stateReason,
        evaluatedFromMs: null,
        evaluation: null,
      },
    ],
  },
};
