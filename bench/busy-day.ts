import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ACCOUNT,
  type Call,
  type Caller,
  createRecorder,
  GLOBAL,
  HOME,
} from '../src/simulator/incidents/generator/recorder.ts';
import {
  createSeededRandom,
  type SeededRandom,
} from '../src/simulator/incidents/generator/seeded-random.ts';
import { createSessions, type Sessions } from '../src/simulator/incidents/generator/sessions.ts';
import { STORY_AT_MS } from '../src/simulator/incidents/generator/story-time.ts';

export const WRITES_A_DAY = 20_000;
export const READS_A_DAY = 60_000;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const AGENT = 'aws-sdk-go-v2/1.39.0 os/linux lang/go#1.24 md/GOOS#linux';
const CLI = 'aws-cli/2.31.3 ua/2.1 os/linux#6.8 lang/python#3.13.7';
const SECURITY_GROUP = 'sg-0a1b2c3d4e5f60718';
const INSTANCE = 'i-0c4e8d21f6ab97530';

/** One thing that somebody did, which a question of the benchmark is about. */
export interface Planted {
  readonly minutesAgo: number;
  readonly eventId: string;
}

export interface BusyDay {
  readonly folder: string;
  readonly planted: Readonly<Record<keyof ReturnType<typeof plant>, Planted>>;
}

/** An incident folder with a day of an account in which deployments and machines never sleep. */
export async function busyDay(): Promise<BusyDay> {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-busy-day-'));
  const { lines, planted } = busyRecords();
  const at = new Date(STORY_AT_MS).toISOString();
  const files = {
    'incident.json': JSON.stringify({ title: 'A busy day', at, account: ACCOUNT, region: HOME }),
    'events.jsonl': lines.map((line) => `${line}\n`).join(''),
    'alarms.json': JSON.stringify({ MetricAlarms: [], CompositeAlarms: [] }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folder, planted };
}

/** The day's records, one a line and in no order. */
export function busyRecords(): Pick<BusyDay, 'planted'> & { readonly lines: readonly string[] } {
  const random = createSeededRandom(20_260_115);
  const recorder = createRecorder(random);
  const sessions = createSessions(recorder, random);
  const machines = createMachines(sessions, random);
  const write = (count: number, calls: Calls) => {
    for (let index = 0; index < count; index += 1) {
      const timeMs = STORY_AT_MS - Math.floor(((index + 0.5) / count) * DAY_MS);
      recorder.write(timeMs, random.pick(machines), random.pick(calls)(random));
    }
  };
  write(WRITES_A_DAY, WRITES);
  write(READS_A_DAY, READS);
  const planted = plant(sessions, (minutesAgo, caller, call) => ({
    minutesAgo,
    eventId: recorder.write(STORY_AT_MS - minutesAgo * MINUTE_MS, caller, call),
  }));
  return { lines: recorder.records.map(({ line }) => line), planted };
}

type Calls = readonly [(random: SeededRandom) => Call, ...((random: SeededRandom) => Call)[]];

function createMachines(sessions: Sessions, random: SeededRandom): [Caller, ...Caller[]] {
  const machine = (index: number) =>
    sessions.workload(
      STORY_AT_MS - 2 * DAY_MS,
      'ec2',
      `app-${index % 12}`,
      `i-0${random.hex(16)}`,
      {
        address: `10.20.${index % 6}.${20 + index}`,
        agent: AGENT,
      },
    );
  return [machine(0), ...Array.from({ length: 39 }, (_, index) => machine(index + 1))];
}

const service = (random: SeededRandom) => `service-${random.integer(1, 60)}`;
const bucket = (random: SeededRandom) => `build-${random.integer(1, 300)}`;

/** About a quarter of them in the global Region. */
const WRITES: Calls = [
  (random) => ({
    event: 'logs.CreateLogStream',
    request: { logGroupName: `/aws/ecs/${service(random)}` },
  }),
  (random) => ({
    event: 'logs.CreateLogStream',
    region: GLOBAL,
    request: { logGroupName: `/aws/lambda/edge-${random.integer(1, 20)}` },
  }),
  (random) => ({ event: 'ecs.RegisterTaskDefinition', request: { family: service(random) } }),
  (random) => ({
    event: 'ecs.UpdateService',
    request: { cluster: 'shop', service: service(random), desiredCount: random.integer(1, 9) },
  }),
  (random) => ({
    event: 'elasticloadbalancing.RegisterTargets',
    request: {
      targetGroupArn: `arn:aws:elasticloadbalancing:${HOME}:${ACCOUNT}:targetgroup/${service(random)}/4f9a3c7e15b2d806`,
    },
  }),
  (random) => ({
    event: 'ec2.CreateTags',
    request: { resourcesSet: { items: [{ resourceId: `i-0${random.hex(16)}` }] } },
  }),
  (random) => ({
    event: 'ec2.TerminateInstances',
    request: { instancesSet: { items: [{ instanceId: `i-0${random.hex(16)}` }] } },
  }),
  (random) => ({ event: 'ssm.PutParameter', request: { name: `/app/${service(random)}/build` } }),
  (random) => ({ event: 's3.PutBucketTagging', request: { bucketName: bucket(random) } }),
  (random) => ({
    event: 'sqs.SetQueueAttributes',
    request: { queueUrl: `https://sqs.${HOME}.amazonaws.com/${ACCOUNT}/${service(random)}` },
  }),
  (random) => ({
    event: 'cloudfront.CreateInvalidation2020_05_31',
    region: GLOBAL,
    request: { distributionId: `E${random.hex(12)}` },
  }),
  (random) => ({
    event: 'route53.ChangeResourceRecordSets',
    region: GLOBAL,
    request: { hostedZoneId: `Z${random.integer(1, 9)}` },
  }),
];

const READS: Calls = [
  () => ({ event: 'ec2.DescribeInstances', request: {} }),
  () => ({ event: 'ecs.DescribeServices', request: { cluster: 'shop' } }),
  (random) => ({ event: 'ssm.GetParameter', request: { name: `/app/${service(random)}/build` } }),
  (random) => ({
    event: 'kms.Decrypt',
    request: { encryptionContext: { service: service(random) } },
  }),
  (random) => ({
    event: 'sts.AssumeRole',
    request: {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/app-${random.integer(0, 11)}`,
      roleSessionName: service(random),
    },
    response: { credentials: { accessKeyId: random.keyId('ASIA') } },
  }),
  (random) => ({
    event: 'iam.GetRole',
    region: GLOBAL,
    request: { roleName: `app-${random.integer(0, 11)}` },
  }),
];

type Write = (minutesAgo: number, caller: Caller, call: Call) => Planted;

/** What people did that day, hours ago as it usually is when somebody asks. */
function plant(sessions: Sessions, write: Write) {
  const start = STORY_AT_MS - DAY_MS;
  const lena = sessions.person(
    start,
    'lena.fischer@northwind.example',
    'PlatformOperator',
    '203.0.113.24',
  );
  const omar = sessions.person(start, 'omar.haddad@northwind.example', 'Developer', '203.0.113.57');
  const admin = sessions.iamUser('build-admin', '198.51.100.77', CLI);
  const root: Caller = {
    identity: {
      type: 'Root',
      principalId: ACCOUNT,
      arn: `arn:aws:iam::${ACCOUNT}:root`,
      accountId: ACCOUNT,
    },
    address: '203.0.113.99',
    agent: 'Mozilla/5.0',
  };
  const topic = `arn:aws:sns:${HOME}:${ACCOUNT}:orders-events`;
  const role = `arn:aws:iam::${ACCOUNT}:role/break-glass`;
  const rule = {
    groupId: SECURITY_GROUP,
    ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22 }] },
  };
  const login = {
    event: 'signin.ConsoleLogin',
    region: GLOBAL,
    response: { ConsoleLogin: 'Success' },
    eventType: 'AwsConsoleSignIn',
  };
  return {
    stop: write(310, lena, {
      event: 'ec2.StopInstances',
      request: { instancesSet: { items: [{ instanceId: INSTANCE }] } },
    }),
    bucket: write(655, omar, {
      event: 's3.DeleteBucket',
      request: { bucketName: 'orders-archive' },
    }),
    group: write(190, lena, { event: 'ec2.AuthorizeSecurityGroupIngress', request: rule }),
    deploy: write(125, omar, {
      event: 'ecs.UpdateService',
      request: { cluster: 'shop', service: 'checkout', taskDefinition: 'checkout:212' },
    }),
    policy: write(480, omar, {
      event: 'iam.PutRolePolicy',
      region: GLOBAL,
      request: { roleName: 'checkout-task', policyName: 'more' },
    }),
    assume: write(720, omar, {
      event: 'sts.AssumeRole',
      request: { roleArn: role, roleSessionName: 'omar' },
      resources: [{ type: 'AWS::IAM::Role', arn: role }],
    }),
    root: write(840, root, login),
    address: write(95, admin, {
      event: 'rds.ModifyDBInstance',
      request: { dBInstanceIdentifier: 'orders' },
    }),
    topic: write(65, omar, {
      event: 'sns.SetTopicAttributes',
      request: { topicArn: topic, attributeName: 'Policy' },
    }),
    parameter: write(240, lena, {
      event: 'ssm.DeleteParameter',
      request: { name: '/app/checkout/limits' },
    }),
  };
}
