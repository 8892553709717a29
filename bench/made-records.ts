import type { Alarm } from '../src/domain/alarm/alarm.ts';
import type { TrailRecord } from '../src/domain/trail/record.ts';
import { untrusted } from '../src/domain/untrusted.ts';

export const ONSET_MS = Date.parse('2026-03-10T10:00:00Z');
const DAYS_MS = 7 * 86_400_000;
const CALLS = [
  ['ecs', 'UpdateService', false],
  ['lambda', 'UpdateFunctionCode20150331v2', false],
  ['ec2', 'AuthorizeSecurityGroupIngress', false],
  ['rds', 'ModifyDBInstance', false],
  ['rds', 'DescribeDBInstances', true],
  ['lambda', 'GetFunction20150331v2', true],
  ['elasticloadbalancing', 'DescribeTargetHealth', true],
  ['secretsmanager', 'GetSecretValue', true],
] as const;

/** The same moment and caller, but everybody changes one service all week. */
export function onOneThing(record: TrailRecord, index: number): TrailRecord {
  return {
    ...record,
    eventSource: 'ecs.amazonaws.com',
    eventName: 'UpdateService',
    readOnly: false,
    resources: [{ type: null, name: untrusted('system7-ecs') }],
    details: [{ label: 'desired', value: untrusted(String(index % 7)) }],
  };
}

/** One of so many calls of a week: four hundred systems, fifty people, five thousand sessions; half only read. */
export function recordAt(index: number, count: number): TrailRecord {
  const [service, eventName, readOnly] = CALLS[index % CALLS.length] ?? CALLS[0];
  const system = `system${(index * 7) % 400}`;
  const group = `sg-${((index * 13) % 900).toString(16).padStart(17, '0')}`;
  return {
    eventId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    category: 'management',
    sharedEventId: null,
    eventName,
    eventSource: `${service}.amazonaws.com`,
    atMs: ONSET_MS - DAYS_MS + Math.floor((DAYS_MS / count) * index),
    region: 'eu-west-1',
    accountId: '111122223333',
    readOnly,
    errorCode: null,
    errorMessage: null,
    principal: {
      label: untrusted(`person-${index % 50}@example.com`),
      kind: index % 3 === 0 ? 'human' : 'automation',
      confidence: 'high',
      reason: 'made up',
      accountId: '111122223333',
      userName: null,
      roleName: untrusted(`role-${index % 60}`),
      sessionName: untrusted(`session-${index % 5_000}`),
      mfa: null,
    },
    channel: 'sdk',
    accessKeyId: `ASIA${index % 5_000}`,
    mintedAccessKeyId: null,
    sessionStartedAtMs: null,
    insight: null,
    sourceAddress: null,
    userAgent: null,
    resources: [`${system}-${service}`, group, `arn:aws:iam::111122223333:role/${system}-role`].map(
      (name) => ({ type: null, name: untrusted(name) }),
    ),
    details: [],
    hiddenFieldCount: 0,
  };
}

export const ALARM: Alarm = {
  name: untrusted('system7-errors'),
  kind: 'metric',
  accountId: '111122223333',
  region: 'eu-west-1',
  state: 'ALARM',
  stateReason: untrusted(''),
  transitionedAtMs: ONSET_MS + 240_000,
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimensions: [{ name: 'FunctionName', value: untrusted('system7-lambda') }],
  threshold: 1,
  comparison: 'GreaterThanThreshold',
  periodSeconds: 60,
  drawable: null,
  evaluation: { breachedFromMs: ONSET_MS, periodSeconds: 60 },
  children: [],
  contributors: [],
};
