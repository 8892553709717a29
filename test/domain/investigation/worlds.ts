import fc from 'fast-check';
import type { Alarm, AlarmTransition } from '../../../src/domain/alarm/alarm.ts';
import type { InvestigationInput } from '../../../src/domain/investigation/investigate.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anEventId } from '../../support/raw-record.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';
import { anAlarm, minutes, wentOff } from './builders.ts';

export const ACCOUNT = '111122223333';

const SYSTEMS = ['orders', 'billing', 'search', 'playlists'] as const;
type System = (typeof SYSTEMS)[number];

const hashOf = (system: string) => Buffer.from(system.padEnd(8, '.')).toString('hex');
const groupOf = (system: string) => `sg-0${hashOf(system).slice(0, 16)}`;
const targetsOf = (system: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/${system}/${hashOf(system).slice(0, 16)}`;

/** What is done to the things of a system, and what its programs read. */
const CALLS: readonly (readonly [
  service: string,
  call: string,
  named: (system: string) => readonly string[],
])[] = [
  ['ec2', 'RevokeSecurityGroupIngress', (system) => [groupOf(system)]],
  ['ec2', 'AuthorizeSecurityGroupIngress', (system) => [groupOf(system)]],
  ['rds', 'ModifyDBInstance', (system) => [`${system}-db`, groupOf(system)]],
  ['lambda', 'UpdateFunctionCode20150331v2', (system) => [`${system}-fn`]],
  ['lambda', 'PutFunctionConcurrency20171031', (system) => [`${system}-fn`]],
  ['ecs', 'UpdateService', (system) => ['apps', `service/apps/${system}`]],
  ['elasticloadbalancing', 'DeregisterTargets', (system) => [targetsOf(system), groupOf(system)]],
  ['iam', 'DetachRolePolicy', (system) => [`arn:aws:iam::${ACCOUNT}:role/${system}-role`]],
  ['s3', 'PutBucketLifecycle', (system) => [`${system}-archive`]],
  ['ssm', 'PutParameter', (system) => [`/prod/${system}/limit`]],
];

const call = fc.record({
  kind: fc.nat(CALLS.length - 1),
  system: fc.constantFrom(...SYSTEMS),
  // Whole seconds, as CloudTrail has them; many at the same one.
  second: fc.oneof(
    fc.integer({ min: -600 * 60, max: 25 * 60 }),
    fc.integer({ min: -10, max: 2 }).map((minute) => minute * 60),
  ),
  person: fc.nat(5),
  outcome: fc.constantFrom('done', 'done', 'done', 'read', 'refused'),
  desired: fc.option(fc.nat(4)),
});

type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

function recordOf({ kind, system, second, person, outcome, desired }: Call, index: number) {
  const [service, eventName, named] = CALLS[kind] ?? ['s3', 'PutBucketLifecycle', () => []];
  const isHuman = person > 1;
  return aRecord({
    eventId: anEventId(index + 1),
    eventName,
    eventSource: `${service}.amazonaws.com`,
    atMs: minutes(0) + second * 1_000,
    named: named(system),
    readOnly: outcome === 'read',
    errorCode: outcome === 'refused' ? untrusted('AccessDenied') : null,
    details: desired === null ? [] : [{ label: 'desired', value: untrusted(String(desired)) }],
    accessKeyId: `ASIA00000000000000${person}`,
    sourceAddress: untrusted(`198.51.100.${person + (second % 2)}`),
    channel: isHuman ? 'console' : 'sdk',
    principal: aPrincipal({
      label: untrusted(`caller-${person}`),
      kind: isHuman ? 'human' : 'automation',
      roleName: untrusted(`${system}-role`),
      sessionName: untrusted(`session-${person}`),
    }),
  });
}

function alarmOf(system: System, metric: 'errors' | 'targets' | 'connections' | 'calls'): Alarm {
  const about = {
    errors: ['AWS/Lambda', 'Errors', [['FunctionName', `${system}-fn`]]],
    targets: ['AWS/ApplicationELB', 'UnHealthyHostCount', [['TargetGroup', targetsOf(system)]]],
    connections: ['AWS/RDS', 'DatabaseConnections', [['DBInstanceIdentifier', `${system}-db`]]],
    calls: ['CloudTrailMetrics', 'PolicyChanges', []],
  } as const;
  const [namespace, name, dimensions] = about[metric];
  return anAlarm(`${system}-${metric}`, {
    namespace,
    metric: name,
    dimensions: dimensions.map(([key, value]) => ({ name: key, value: untrusted(value) })),
  });
}

const OTHERS =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike oscar papa quebec romeo sierra tango';

/** Reads of the day before, of these systems and of many more: an account knows hundreds of names. */
const inventory: readonly TrailRecord[] = [...SYSTEMS, ...OTHERS.split(' ')].flatMap(
  (system, row) =>
    CALLS.map(([service, , named], column) =>
      aRecord({
        eventId: anEventId(100_000 + row * CALLS.length + column),
        eventName: 'DescribeInventory',
        eventSource: `${service}.amazonaws.com`,
        atMs: minutes(-1_400),
        named: named(system),
        readOnly: true,
        principal: aPrincipal({ label: untrusted('inventory') }),
      }),
    ),
);

const alarm = fc
  .tuple(
    fc.constantFrom(...SYSTEMS),
    fc.constantFrom('errors', 'targets', 'connections', 'calls' as const),
    fc.integer({ min: 0, max: 20 }),
  )
  .map(([system, metric, minute]) => ({ alarm: alarmOf(system, metric), minute }));

/** Some hours of calls on four of many systems, and alarms on one or more of them. */
export const worlds: fc.Arbitrary<InvestigationInput> = fc
  .record({
    calls: fc.array(call, { minLength: 3, maxLength: 40 }),
    alarms: fc.uniqueArray(alarm, {
      minLength: 1,
      maxLength: 3,
      selector: ({ alarm: { name } }) => name,
    }),
  })
  .map(({ calls, alarms }) => ({
    records: [...inventory, ...calls.map(recordOf)],
    alarms: alarms.map((row) => row.alarm),
    transitions: alarms.map(
      (row): AlarmTransition => wentOff(row.alarm, minutes(4 + row.minute), minutes(row.minute)),
    ),
    nowMs: minutes(40),
  }));

/** Calls of another system, by others, long before: they have nothing to do with it. */
export const unrelatedRecords: fc.Arbitrary<readonly TrailRecord[]> = fc
  .array(fc.record({ minute: fc.integer({ min: -590, max: -200 }), thing: fc.nat(3) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows) =>
    rows.map(({ minute, thing }, index) =>
      aRecord({
        eventId: anEventId(900_000 + index),
        eventName: index % 2 === 0 ? 'PutMetricFilter' : 'DescribeLogStreams',
        eventSource: 'logs.amazonaws.com',
        atMs: minutes(minute),
        named: [`/vendor/zebra-${thing}`],
        readOnly: index % 2 === 1,
        accessKeyId: 'ASIAOTHER0000000000X',
        principal: aPrincipal({ label: untrusted('vendor-agent'), kind: 'automation' }),
      }),
    ),
  );
