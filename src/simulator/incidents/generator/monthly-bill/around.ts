import { AGENTS, denied, PEOPLE, PERMISSION_SETS } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL, HOME } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { clock, clockDaysAgo } from '../story-time.ts';

const NIGHTS = [4, 3, 2, 1] as const;

/** Every night a batch starts two machines and ends them an hour later: known, and wanted. */
export function writeNightlyBatch(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): void {
  const from = { address: '10.20.9.15', agent: AGENTS.boto };
  for (const night of NIGHTS) {
    const at = (time: string) => clockDaysAgo(night, time);
    const batch = sessions.workload(
      at('22:00:03'),
      'lambda',
      'settlement-role',
      'settlement',
      from,
    );
    const ids = [0, 1].map(() => `i-0${random.hex(16)}`);
    const items = ids.map((instanceId) => ({ instanceId, instanceType: 'c7g.2xlarge' }));
    recorder.write(at('22:00:06'), batch, {
      event: 'ec2.RunInstances',
      request: {
        instancesSet: { items: [{ imageId: 'ami-05b7c1d83e90f4a26', minCount: 2, maxCount: 2 }] },
        instanceType: 'c7g.2xlarge',
      },
      response: { instancesSet: { items } },
    });
    recorder.write(at('22:57:41'), batch, {
      event: 'ec2.TerminateInstances',
      request: { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } },
    });
  }
}

/** Four days ago the orders database got the next larger type: planned, and in the budget. */
export function writeDatabaseResize(recorder: Recorder, sessions: Sessions): string {
  const { email, address } = PEOPLE.marek;
  const marek = sessions.person(clockDaysAgo(4, '13:02:10'), email, 'DatabaseAdmin', address);
  const dBInstanceIdentifier = 'orders-prod';
  return recorder.write(clockDaysAgo(4, '13:05:44'), marek, {
    event: 'rds.ModifyDBInstance',
    request: { dBInstanceIdentifier, dBInstanceClass: 'db.r7g.xlarge', applyImmediately: true },
    response: {
      dBInstanceIdentifier,
      dBInstanceArn: `arn:aws:rds:${HOME}:${ACCOUNT}:db:orders-prod`,
      dBInstanceClass: 'db.r7g.large',
      pendingModifiedValues: { dBInstanceClass: 'db.r7g.xlarge' },
    },
  });
}

/** The day before, for the sale: the storefront may grow to twice its size, and has not yet. */
export function writeCapacityRaise(recorder: Recorder, sessions: Sessions): void {
  const terraform = sessions.gitHub(clockDaysAgo(1, '16:10:02'), {
    repository: 'northwind/infrastructure',
    role: 'ci-terraform',
    sessionName: 'terraform-8836',
    address: '192.0.2.72',
    agent: AGENTS.terraform,
  });
  recorder.write(clockDaysAgo(1, '16:11:20'), terraform, {
    event: 'autoscaling.UpdateAutoScalingGroup',
    request: { autoScalingGroupName: 'storefront-prod', maxSize: 12 },
  });
}

/** Two days ago, for an experiment: some dollars a day. */
export function writeGateway(recorder: Recorder, sessions: Sessions): void {
  const { email, address } = PEOPLE.noor;
  const noor = sessions.person(clockDaysAgo(2, '09:10:33'), email, 'PlatformOperator', address);
  recorder.write(clockDaysAgo(2, '09:14:05'), noor, {
    event: 'ec2.CreateNatGateway',
    request: {
      CreateNatGatewayRequest: {
        SubnetId: 'subnet-05d8a1c3e7f29b604',
        AllocationId: 'eipalloc-0e91b3d7c5a28f460',
      },
    },
    response: {
      CreateNatGatewayResponse: {
        natGateway: { natGatewayId: 'nat-0b6e4d81f7c23a950', state: 'pending' },
      },
    },
  });
}

/** This morning old reports are kept longer: it will cost, but not yet. */
export function writeRetention(recorder: Recorder, sessions: Sessions): void {
  const ilse = sessions.iamUser('ilse.varga', '198.51.100.37', AGENTS.cli);
  const bucketName = 'northwind-reports';
  recorder.write(clock('07:48:16'), ilse, {
    event: 's3.PutBucketLifecycle',
    request: {
      bucketName,
      LifecycleConfiguration: {
        Rule: { ID: 'old-reports', Status: 'Enabled', Expiration: { Days: 730 } },
      },
    },
    resources: [{ type: 'AWS::S3::Bucket', arn: `arn:aws:s3:::${bucketName}` }],
  });
}

/** Somebody without the rights wanted machines of the dearest kind, and got none. */
export function writeRefusedStart(recorder: Recorder, sessions: Sessions): string {
  const { email, address } = PEOPLE.noor;
  const noor = sessions.person(clockDaysAgo(1, '14:22:09'), email, 'Developer', address);
  const caller = `arn:aws:sts::${ACCOUNT}:assumed-role/${PERMISSION_SETS.Developer}/${email}`;
  const error = denied(caller, 'ec2:RunInstances', `arn:aws:ec2:${HOME}:${ACCOUNT}:instance/*`);
  return recorder.write(clockDaysAgo(1, '14:25:50'), noor, {
    event: 'ec2.RunInstances',
    error: { ...error, code: 'Client.UnauthorizedOperation' },
  });
}

/** After the alarm the person on call looks at the bill; so far nothing is stopped. */
export function writeResponse(recorder: Recorder, sessions: Sessions): void {
  const { email, address } = PEOPLE.tomas;
  const tomas = sessions.person(clock('10:20:30'), email, 'OnCall', address);
  const reads = [
    ['10:21:20', 'monitoring.DescribeAlarms', { stateValue: 'ALARM' }],
    ['10:24:05', 'ce.GetCostAndUsage', { granularity: 'DAILY', metrics: ['UnblendedCost'] }],
    ['10:31:41', 'ce.GetCostAndUsage', { granularity: 'DAILY', groupBy: [{ type: 'DIMENSION' }] }],
  ] as const;
  for (const [time, event, request] of reads) {
    recorder.write(clock(time), tomas, { event, region: GLOBAL, request });
  }
}
