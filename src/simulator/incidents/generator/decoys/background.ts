import { AGENTS } from '../cast.ts';
import type { Caller, Recorder } from '../recorder.ts';
import { ACCOUNT, HOME } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { STORY_AT_MS } from '../story-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What differs from account to account in what is recorded all day. */
export interface Background {
  readonly fromMs: number;
  /** Each reports to Systems Manager, until it falls silent. */
  readonly instances: Readonly<
    Record<
      string,
      { readonly id: string; readonly address: string; readonly silentFromMs?: number }
    >
  >;
  /** Minutes between two tasks that start, at least and at most. */
  readonly taskMinutes: readonly [number, number];
}

/** Agents, keys, parameters, log streams: what every account records all day. */
export function writeBackground(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
  background: Background,
): void {
  writeAgents(recorder, sessions, random, background);
  writeTasks(recorder, sessions, random, background);
  writeMonitoring(recorder, sessions, random, background);
  writeDelivery(recorder, random, background);
}

/** Each instance reports to Systems Manager. */
export function writeAgents(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
  { fromMs, instances }: Background,
): void {
  for (const [service, { id, address, silentFromMs = Infinity }] of Object.entries(instances)) {
    const from = { address, agent: AGENTS.agent };
    const startMs = fromMs + random.integer(60, 590) * 1_000;
    for (let sessionMs = startMs; sessionMs < STORY_AT_MS; sessionMs += 6 * HOUR_MS) {
      const agent = sessions.workload(sessionMs, 'ec2', `${service}-instance`, id, from);
      const endMs = Math.min(sessionMs + 6 * HOUR_MS, STORY_AT_MS);
      for (let timeMs = sessionMs + 3_000; timeMs < endMs; timeMs = nextReport(timeMs)) {
        if (timeMs > silentFromMs) break;
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

/** Tasks read their settings and decrypt them. */
export function writeTasks(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
  { fromMs, taskMinutes: [least, most] }: Background,
): void {
  const services = ['basket', 'orders', 'storefront', 'pricing'] as const;
  for (
    let timeMs = fromMs + 7 * MINUTE_MS;
    timeMs < STORY_AT_MS;
    timeMs += random.integer(least, most) * MINUTE_MS
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
export function writeMonitoring(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
  { fromMs }: Background,
): void {
  const scanner = {
    identity: {
      type: 'AWSAccount',
      principalId: 'AROAEXAMPLEVENDOR0001:poller',
      accountId: '444455556666',
    },
    address: '198.51.100.90',
    agent: AGENTS.boto,
  };
  for (let timeMs = fromMs + 84 * MINUTE_MS; timeMs < STORY_AT_MS; timeMs += 4 * HOUR_MS) {
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
export function writeDelivery(
  recorder: Recorder,
  random: SeededRandom,
  { fromMs }: Background,
): void {
  const host = 'cloudtrail.amazonaws.com';
  const service = { identity: { type: 'AWSService', invokedBy: host }, address: host, agent: host };
  for (let timeMs = fromMs + 20 * MINUTE_MS; timeMs < STORY_AT_MS; timeMs += 2 * HOUR_MS) {
    recorder.write(timeMs + random.integer(0, 59) * 1_000, service, {
      event: 's3.GetBucketAcl',
      request: { bucketName: 'northwind-trail', acl: '' },
      resources: [{ type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::northwind-trail' }],
      more: { sharedEventID: random.uuid() },
    });
  }
}
