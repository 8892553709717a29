import { AGENTS, DEVELOPMENT_INSTANCES, PEOPLE } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL, HOME } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { stopRequest, stopResponse } from '../stop-calls.ts';
import { clock, clockYesterday, javaTime } from '../story-time.ts';

/** Real changes of the last day that have nothing to do with it. */
export function writeEarlierChanges(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): void {
  writeDatabaseChange(recorder, sessions);
  writeOfficeHours(recorder, sessions);
  writeAccessKey(recorder, sessions, random);
  writeDnsUpdates(recorder, sessions);
  writeServiceEvents(recorder, random);
}

function writeDatabaseChange(recorder: Recorder, sessions: Sessions): void {
  const { email, address } = PEOPLE.marek;
  const marek = sessions.person(clock('06:04:50'), email, 'DatabaseAdmin', address);
  const dBInstanceIdentifier = 'orders-prod';
  recorder.write(clock('06:11:37'), marek, {
    event: 'rds.ModifyDBInstance',
    request: { dBInstanceIdentifier, backupRetentionPeriod: 14, applyImmediately: true },
    response: {
      dBInstanceIdentifier,
      dBInstanceArn: `arn:aws:rds:${HOME}:${ACCOUNT}:db:orders-prod`,
      engine: 'postgres',
      dBInstanceStatus: 'modifying',
      pendingModifiedValues: {},
    },
  });
  recorder.write(clock('06:12:20'), marek, {
    event: 'rds.DescribeDBInstances',
    request: { dBInstanceIdentifier },
  });
}

/** The schedule stops development in the evening and starts it in the morning. */
function writeOfficeHours(recorder: Recorder, sessions: Sessions): void {
  const from = { address: '10.20.9.8', agent: `${AGENTS.boto} exec-env/AWS_Lambda_python3.13` };
  const name = 'development-hours';
  const evening = sessions.workload(
    clockYesterday('19:00:04'),
    'lambda',
    'development-hours-role',
    name,
    from,
  );
  recorder.write(clockYesterday('19:00:06'), evening, {
    event: 'ec2.StopInstances',
    request: stopRequest(...DEVELOPMENT_INSTANCES),
    response: stopResponse(DEVELOPMENT_INSTANCES),
  });
  const morning = sessions.workload(
    clock('06:00:03'),
    'lambda',
    'development-hours-role',
    name,
    from,
  );
  recorder.write(clock('06:00:05'), morning, {
    event: 'ec2.StartInstances',
    request: {
      instancesSet: { items: DEVELOPMENT_INSTANCES.map((instanceId) => ({ instanceId })) },
    },
  });
}

/** In IAM, so in us-east-1: a key is created, and its id is a thing not to be repeated. */
function writeAccessKey(recorder: Recorder, sessions: Sessions, random: SeededRandom): void {
  const { email, address } = PEOPLE.marek;
  const marek = sessions.person(clock('10:10:14'), email, 'DatabaseAdmin', address);
  const userName = 'reporting-export';
  recorder.write(clock('10:12:06'), marek, {
    event: 'iam.CreateAccessKey',
    region: GLOBAL,
    request: { userName },
    response: {
      accessKey: {
        accessKeyId: random.keyId('AKIA'),
        status: 'Active',
        userName,
        createDate: javaTime(clock('10:12:06')),
      },
    },
  });
}

function writeDnsUpdates(recorder: Recorder, sessions: Sessions): void {
  const from = { address: '10.20.7.30', agent: AGENTS.node };
  const operator = sessions.workload(
    clock('10:00:10'),
    'ec2',
    'dns-operator',
    'i-0e52b6c7d8f90a134',
    from,
  );
  for (const [time, name] of [
    ['10:06:30', 'basket'],
    ['10:20:12', 'search'],
  ] as const) {
    recorder.write(clock(time), operator, {
      event: 'route53.ChangeResourceRecordSets',
      region: GLOBAL,
      request: {
        hostedZoneId: 'Z0EXAMPLE4QK7',
        changeBatch: {
          changes: [
            {
              action: 'UPSERT',
              resourceRecordSet: {
                name: `${name}.internal.northwind.example.`,
                type: 'A',
                tTL: 60,
                resourceRecords: [{ value: '10.20.5.40' }],
              },
            },
          ],
        },
      },
      response: {
        changeInfo: {
          id: '/change/C0EXAMPLE91B',
          status: 'PENDING',
          submittedAt: javaTime(clock(time)),
        },
      },
    });
  }
}

/** What AWS did of its own accord: an identity without a type. */
function writeServiceEvents(recorder: Recorder, random: SeededRandom): void {
  for (const [timeMs, keyId] of [
    [clock('03:17:29'), random.uuid()],
    [clockYesterday('22:40:51'), random.uuid()],
  ] as const) {
    const host = 'kms.amazonaws.com';
    recorder.write(
      timeMs,
      { identity: { accountId: ACCOUNT, invokedBy: host }, address: host, agent: host },
      {
        event: 'kms.RotateKey',
        eventType: 'AwsServiceEvent',
        resources: [{ type: 'AWS::KMS::Key', arn: `arn:aws:kms:${HOME}:${ACCOUNT}:key/${keyId}` }],
        more: { serviceEventDetails: { keyId, rotationType: 'AUTOMATIC' } },
      },
    );
  }
}
