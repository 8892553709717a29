import { AGENTS, INSTANCES, loadBalancing, STOREFRONT_TARGETS } from './cast.ts';
import type { Caller, Recorder } from './recorder.ts';
import { ACCOUNT, HOME } from './recorder.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Sessions } from './sessions.ts';
import { clock, clockYesterday, STORY_AT_MS, STORY_START_MS } from './story-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** After the onset: shoppers retry, the storefront's group grows by two. */
export function writeScaling(recorder: Recorder, sessions: Sessions, random: SeededRandom): void {
  const scaling = sessions.linked('autoscaling', 'AWSServiceRoleForAutoScaling', 'AutoScaling');
  for (const [launch, register] of [
    ['10:46:10', '10:47:32'],
    ['10:46:12', '10:47:40'],
  ] as const) {
    const instanceId = `i-0${random.hex(16)}`;
    const tagSet = { items: [{ key: 'aws:autoscaling:groupName', value: 'storefront-prod' }] };
    recorder.write(clock(launch), scaling, {
      event: 'ec2.RunInstances',
      request: {
        launchTemplate: { launchTemplateId: 'lt-09c4e5b1a9d47ccc9', version: '31' },
        instanceType: 'm7g.large',
        tagSpecificationSet: { items: [{ resourceType: 'instance', tags: tagSet.items }] },
      },
      response: {
        instancesSet: {
          items: [
            {
              instanceId,
              instanceState: { code: 0, name: 'pending' },
              launchTime: clock(launch),
              tagSet,
            },
          ],
        },
      },
    });
    recorder.write(clock(register), scaling, {
      event: 'elasticloadbalancing.RegisterTargets',
      request: {
        targetGroupArn: loadBalancing(STOREFRONT_TARGETS),
        targets: [{ id: instanceId, port: 8080 }],
      },
    });
  }
}

/** Agents, keys, parameters, log streams: what every account records all day. */
export function writeBackground(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): void {
  writeAgents(recorder, sessions, random);
  writeTasks(recorder, sessions, random);
  writeMonitoring(recorder, sessions, random);
  writeDelivery(recorder, random);
}

/** Each instance reports to Systems Manager; checkout's falls silent when it is stopped. */
function writeAgents(recorder: Recorder, sessions: Sessions, random: SeededRandom): void {
  const stoppedMs = clock('10:41:07');
  for (const [service, { id, address }] of Object.entries(INSTANCES)) {
    const from = { address, agent: AGENTS.agent };
    const startMs = STORY_START_MS + random.integer(60, 590) * 1_000;
    for (let sessionMs = startMs; sessionMs < STORY_AT_MS; sessionMs += 6 * HOUR_MS) {
      const agent = sessions.workload(sessionMs, 'ec2', `${service}-instance`, id, from);
      const endMs = Math.min(sessionMs + 6 * HOUR_MS, STORY_AT_MS);
      for (let timeMs = sessionMs + 3_000; timeMs < endMs; timeMs = nextReport(timeMs)) {
        if (service === 'checkout' && timeMs > stoppedMs) break;
        recorder.write(timeMs, agent, {
          event: 'ssm.UpdateInstanceInformation',
          request: {
            instanceId: id,
            agentVersion: '3.3.2746.0',
            agentStatus: 'Active',
            platformType: 'Linux',
            platformName: 'Amazon Linux',
            platformVersion: '2023',
            iPAddress: address,
          },
        });
      }
    }
  }
}

// The last hour is told in full, the hours before it in outline: the file stays readable.
function nextReport(timeMs: number): number {
  const fullFromMs = STORY_AT_MS - 65 * MINUTE_MS;
  const stepMs = timeMs < fullFromMs ? 2 * HOUR_MS : 10 * MINUTE_MS;
  return timeMs < fullFromMs
    ? Math.min(timeMs + stepMs, fullFromMs + (timeMs % (10 * MINUTE_MS)))
    : timeMs + stepMs;
}

/** Tasks and functions read their settings and decrypt them. */
function writeTasks(recorder: Recorder, sessions: Sessions, random: SeededRandom): void {
  const services = ['basket', 'orders', 'storefront', 'pricing'] as const;
  for (
    let timeMs = STORY_START_MS + 7 * MINUTE_MS;
    timeMs < STORY_AT_MS;
    timeMs += random.integer(32, 52) * MINUTE_MS
  ) {
    const service = random.pick(services);
    const from = { address: `10.20.8.${random.integer(10, 90)}`, agent: AGENTS.node };
    const task = sessions.workload(timeMs, 'ecs-tasks', `${service}-task`, random.hex(32), from);
    recorder.write(timeMs + 2_000, task, {
      event: 'ssm.GetParameters',
      request: { names: [`/${service}/prod/settings`], withDecryption: true },
    });
    writeDecrypt(recorder, task, timeMs + 2_000, service);
    recorder.write(timeMs + 5_000, task, {
      event: 'logs.CreateLogStream',
      request: {
        logGroupName: `/ecs/${service}-prod`,
        logStreamName: `ecs/${service}/${random.hex(32)}`,
      },
    });
  }
  const from = { address: '10.20.8.14', agent: AGENTS.node };
  const pricing = sessions.workload(
    clock('10:38:36'),
    'lambda',
    'pricing-quote-role',
    'pricing-quote',
    from,
  );
  for (let index = 0; index < 6; index += 1) {
    recorder.write(clock('10:38:40') + index * 7_000, pricing, {
      event: 'logs.CreateLogStream',
      request: {
        logGroupName: '/aws/lambda/pricing-quote',
        logStreamName: `2026/10/14/[118]${random.hex(32)}`,
      },
    });
  }
}

function writeDecrypt(recorder: Recorder, task: Caller, timeMs: number, service: string): void {
  const host = 'ssm.amazonaws.com';
  recorder.write(
    timeMs,
    { ...task, address: host, agent: host },
    {
      event: 'kms.Decrypt',
      request: {
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        encryptionContext: {
          PARAMETER_ARN: `arn:aws:ssm:${HOME}:${ACCOUNT}:parameter/${service}/prod/settings`,
        },
      },
      resources: [
        {
          type: 'AWS::KMS::Key',
          arn: `arn:aws:kms:${HOME}:${ACCOUNT}:key/6d2f1f0e-1c64-4a0b-9a57-7d1f5b0c9e21`,
        },
      ],
    },
  );
}

/** A vendor's poller reads everything, every few hours. */
function writeMonitoring(recorder: Recorder, sessions: Sessions, random: SeededRandom): void {
  const scanner = {
    identity: {
      type: 'AWSAccount',
      principalId: 'AROAEXAMPLEVENDOR0001:poller',
      accountId: '444455556666',
    },
    address: '198.51.100.90',
    agent: AGENTS.boto,
  };
  for (let timeMs = clockYesterday('12:20:00'); timeMs < STORY_AT_MS; timeMs += 4 * HOUR_MS) {
    const poller = sessions.assume(timeMs, scanner, 'vendor-monitoring', `poll-${random.hex(6)}`);
    for (const event of [
      'ec2.DescribeInstances',
      'rds.DescribeDBInstances',
      'monitoring.DescribeAlarms',
      'elasticloadbalancing.DescribeLoadBalancers',
      'lambda.ListFunctions20150331',
    ]) {
      recorder.write(timeMs + random.integer(2, 50) * 1_000, poller, { event });
    }
  }
}

/** CloudTrail looking at its own bucket. */
function writeDelivery(recorder: Recorder, random: SeededRandom): void {
  const host = 'cloudtrail.amazonaws.com';
  const service = { identity: { type: 'AWSService', invokedBy: host }, address: host, agent: host };
  for (let timeMs = STORY_START_MS + 20 * MINUTE_MS; timeMs < STORY_AT_MS; timeMs += 2 * HOUR_MS) {
    recorder.write(timeMs + random.integer(0, 59) * 1_000, service, {
      event: 's3.GetBucketAcl',
      request: { bucketName: 'northwind-trail', acl: '' },
      resources: [{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::northwind-trail' }],
      more: { sharedEventID: random.uuid() },
    });
  }
}
