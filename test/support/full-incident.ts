import type { Coverage } from '../../src/domain/coverage.ts';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../src/domain/incident/events.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import {
  ana,
  ben,
  bot,
  commands,
  MINUTE_MS,
  openCommand,
  play,
  STARTED_AT_MS,
} from './incident-builders.ts';

export function aTrailRecord(changes: Partial<TrailRecord> = {}): TrailRecord {
  return {
    eventId: 'event-1',
    category: 'management',
    sharedEventId: null,
    eventName: 'RevokeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    atMs: STARTED_AT_MS - MINUTE_MS,
    region: 'eu-west-1',
    accountId: '111122223333',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    principal: {
      label: untrusted('clean-up-job'),
      kind: 'automation',
      confidence: 'high',
      reason: 'the session name is that of a Lambda function',
      accountId: '111122223333',
      userName: null,
      roleName: untrusted('clean-up'),
      sessionName: untrusted('clean-up-job'),
      mfa: null,
    },
    channel: 'sdk',
    accessKeyId: null,
    mintedAccessKeyId: null,
    sessionStartedAtMs: null,
    insight: null,
    sourceAddress: null,
    userAgent: null,
    resources: [{ type: 'AWS::EC2::SecurityGroup', name: untrusted('sg-0abc') }],
    details: [{ label: 'port', value: untrusted('443') }],
    hiddenFieldCount: 0,
    ...changes,
  };
}

export function aCoverage(changes: Partial<Coverage> = {}): Coverage {
  return {
    source: 'event-history',
    query: 'successful writes',
    fromMs: STARTED_AT_MS - 60 * MINUTE_MS,
    toMs: STARTED_AT_MS + 3 * MINUTE_MS,
    targets: [
      {
        accountId: '111122223333',
        region: 'eu-west-1',
        outcome: 'found',
        count: 1,
        truncated: false,
        explanation: null,
      },
      {
        accountId: '444455556666',
        accountName: 'staging',
        region: 'eu-west-1',
        outcome: 'denied',
        count: 0,
        truncated: false,
        explanation: 'The role of the bot may not call cloudtrail:LookupEvents here.',
      },
    ],
    recordCount: 1,
    skippedCount: 0,
    mayStillArriveAfterMs: STARTED_AT_MS - 12 * MINUTE_MS,
    gaps: ['Data events, such as reads of objects, are not in Event history.'],
    ...changes,
  };
}

const alarmEvidence: IncidentCommand = {
  type: 'record-evidence',
  evidence: {
    evidenceId: 'evidence-alarms',
    gatheringId: 'gathering-1',
    kind: 'alarms',
    coverage: aCoverage({
      source: 'cloudwatch',
      query: 'alarms in ALARM',
      mayStillArriveAfterMs: null,
    }),
    alarms: [
      {
        name: untrusted('checkout-5xx'),
        kind: 'metric',
        accountId: '111122223333',
        region: 'eu-west-1',
        state: 'ALARM',
        stateReason: untrusted('Threshold Crossed'),
        transitionedAtMs: STARTED_AT_MS + MINUTE_MS,
        namespace: 'AWS/ApplicationELB',
        metric: 'HTTPCode_ELB_5XX_Count',
        dimensions: [],
        threshold: 10,
        comparison: 'GreaterThanThreshold',
        periodSeconds: 60,
        drawable: null,
        evaluation: null,
        children: [],
        contributors: [],
      },
    ],
    transitions: [
      {
        alarmName: untrusted('checkout-5xx'),
        region: 'eu-west-1',
        atMs: STARTED_AT_MS + MINUTE_MS,
        from: 'OK',
        to: 'ALARM',
        reason: untrusted('Threshold Crossed'),
        evaluatedFromMs: STARTED_AT_MS,
        evaluation: null,
      },
    ],
  },
};

const changeEvidence: IncidentCommand = {
  type: 'record-evidence',
  evidence: {
    evidenceId: 'evidence-changes',
    gatheringId: 'gathering-1',
    kind: 'changes',
    coverage: aCoverage(),
    records: [aTrailRecord()],
  },
};

const message: IncidentCommand = {
  type: 'capture-message',
  channelId: 'C1',
  messageTs: '1772966700.000100',
  authorId: 'UCARLA',
  text: 'Support has 14 tickets since 10:43:\n  * “payment failed”\n  * https://status.example.com says nothing',
  permalink: 'https://example.slack.com/archives/C1/p1772966700000100',
  writtenAtMs: STARTED_AT_MS + 2 * MINUTE_MS,
};

const earlierHypothesis: IncidentCommand = {
  ...commands.propose,
  hypothesisId: 'hypothesis-0',
  statement: 'The 10:30 deployment broke the health check.',
  likelihood: 'medium',
};

/** With dead ends: an eliminated cause, a mitigation rolled back, a verification that failed. */
const FULL_STORY: readonly (readonly [IncidentCommand, Actor])[] = [
  [
    openCommand({
      alarmNames: ['checkout-5xx'],
      sourcePermalink: 'https://example.slack.com/archives/C1/p1772966580000100',
    }),
    ana,
  ],
  [commands.own, ana],
  [alarmEvidence, bot],
  [changeEvidence, bot],
  [
    {
      type: 'finish-gathering',
      gatheringId: 'gathering-1',
      summary: '1 alarm in ALARM, 1 change in the hour before; one account could not be read.',
    },
    bot,
  ],
  [message, ben],
  [commands.state, ana],
  [{ type: 'change-severity', severity: 'sev1' }, ben],
  [{ ...commands.isolate, component: 'checkout targets' }, ben],
  [earlierHypothesis, ben],
  [{ ...commands.startTest, hypothesisId: 'hypothesis-0', test: 'Call the health check.' }, ben],
  [
    {
      type: 'conclude-test',
      hypothesisId: 'hypothesis-0',
      verdict: 'eliminated',
      finding: 'The health check answers 200 from inside the network.',
    },
    ben,
  ],
  [{ type: 'escalate-incident', to: 'Network team', reason: 'Looks like the network.' }, ana],
  [{ ...commands.isolate }, ana],
  [{ type: 'assign-owner', ownerId: 'UBEN' }, ana],
  [
    {
      ...commands.plan,
      planId: 'plan-0',
      hypothesisId: null,
      solution: 'Send traffic to the standby Region.',
      risk: 'Cold caches: slow for some minutes.',
      mitigation: 'Shift a tenth at a time.',
      rollback: 'Shift the weights back.',
    },
    ana,
  ],
  [
    {
      type: 'waive-approval',
      planId: 'plan-0',
      reason: 'Nobody else is awake and revenue is lost every minute.',
    },
    ana,
  ],
  [{ type: 'report-implemented', planId: 'plan-0', what: 'Shifted 10 %.' }, ana],
  [{ type: 'fail-verification', finding: 'The standby answers 503 as well.' }, ana],
  [{ type: 'roll-back', planId: 'plan-0', reason: 'It did not help.' }, ana],
  [{ ...commands.propose, evidenceIds: ['evidence-changes'] }, ben],
  [commands.startTest, ben],
  [commands.confirm, ben],
  [commands.plan, ben],
  [commands.approve, ana],
  [commands.implement, ben],
  [commands.verify, ana],
  [commands.document, ben],
  [commands.close, ben],
];

export function fullIncident(): readonly RecordedEvent[] {
  return play(FULL_STORY);
}

export const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ['UANA', 'Ana'],
  ['UBEN', 'Ben'],
  ['UCARLA', 'Carla'],
]);

export const FULL_PERMALINKS: ReadonlyMap<string, string> = new Map([
  ['root', 'https://example.slack.com/archives/C1/p1772966700000000'],
  ['evidence-evidence-changes', 'https://example.slack.com/archives/C1/p1772966760000000'],
]);
