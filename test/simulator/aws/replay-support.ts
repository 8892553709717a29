import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event, LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterEach } from 'vitest';
import type { AwsReplay, AwsReplayOptions } from '../../../src/simulator/aws/start-aws-replay.ts';
import {
  REPLAY_ACCESS_KEY_ID,
  startAwsReplay,
} from '../../../src/simulator/aws/start-aws-replay.ts';

export const account = '111122223333';
export const at = '2026-10-14T10:56:00Z';
export const atMs = Date.parse(at);

export interface World extends AwsReplay {
  /** The replay's clock, to be set by the test. */
  readonly clock: { nowMs: number };
}

export interface Folder {
  readonly events?: readonly object[];
  readonly alarms?: object;
  readonly history?: readonly object[];
  readonly metrics?: readonly object[];
}

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A replay of what the test gives, its clock standing at `at`, without delivery lag or limits. */
export async function startWorld(
  folder: Folder,
  options: Partial<AwsReplayOptions> = {},
): Promise<World> {
  const path = mkdtempSync(join(tmpdir(), 'replay-'));
  const write = (name: string, content: string) => writeFileSync(join(path, name), content);
  write('incident.json', JSON.stringify({ at, account, region: 'eu-west-1' }));
  write('events.jsonl', (folder.events ?? []).map((event) => JSON.stringify(event)).join('\n'));
  write('alarms.json', JSON.stringify(folder.alarms ?? { MetricAlarms: [] }));
  write('history.json', JSON.stringify({ AlarmHistoryItems: folder.history ?? [] }));
  if (folder.metrics) write('metrics.json', JSON.stringify({ Metrics: folder.metrics }));
  const clock = { nowMs: atMs };
  const replay = await startAwsReplay({
    folder: path,
    nowMs: () => clock.nowMs,
    lookupsPerSecond: 1_000,
    deliveryLagMs: 0,
    ...options,
  });
  cleanups.push(() => replay.close());
  cleanups.push(() => rmSync(path, { recursive: true }));
  return { ...replay, clock };
}

export interface ClientOptions {
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly maxAttempts?: number;
}

export function cloudTrail(replay: AwsReplay, options: ClientOptions = {}): CloudTrailClient {
  return new CloudTrailClient(clientSettings(replay, options));
}

export function cloudWatch(replay: AwsReplay, options: ClientOptions = {}): CloudWatchClient {
  return new CloudWatchClient(clientSettings(replay, options));
}

function clientSettings(replay: AwsReplay, options: ClientOptions) {
  const { region = 'eu-west-1', accessKeyId = REPLAY_ACCESS_KEY_ID, sessionToken } = options;
  return {
    endpoint: replay.endpointUrl,
    region,
    maxAttempts: options.maxAttempts ?? 1,
    credentials: {
      accessKeyId,
      secretAccessKey: options.secretAccessKey ?? 'anything',
      ...(sessionToken !== undefined && { sessionToken }),
    },
  };
}

export async function lookup(
  replay: AwsReplay,
  input: LookupEventsCommandInput,
  options: ClientOptions = {},
) {
  return cloudTrail(replay, options).send(new LookupEventsCommand(input));
}

export async function lookupBy(
  replay: AwsReplay,
  AttributeKey: string,
  AttributeValue: string,
): Promise<readonly Event[]> {
  const attribute = { AttributeKey: AttributeKey as 'EventName', AttributeValue };
  const { Events = [] } = await lookup(replay, { LookupAttributes: [attribute] });
  return Events;
}

export const ids = (events: readonly Event[] | undefined) =>
  (events ?? []).map((event) => event.EventId);

/** A management event; the test says what matters about it. */
export function record(eventID: string, more: object = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:noor@example.com',
      arn: `arn:aws:sts::${account}:assumed-role/Operator/noor@example.com`,
      accessKeyId: 'ASIANOOREXAMPLE',
    },
    eventTime: '2026-10-14T10:41:07Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'StopInstances',
    awsRegion: 'eu-west-1',
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0c4e8d21f6ab97530' }] } },
    responseElements: null,
    eventID,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...more,
  };
}

export function alarm(AlarmName: string, more: object = {}): object {
  return {
    AlarmName,
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${AlarmName}`,
    StateValue: 'OK',
    StateReason: 'fine',
    StateUpdatedTimestamp: '2026-10-14T09:00:00.000000+00:00',
    StateTransitionedTimestamp: '2026-10-14T09:00:00.000000+00:00',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_ELB_5XX_Count',
    Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }],
    Period: 60,
    ...more,
  };
}

/** An STS call by hand: STS has no client among the dependencies. */
export async function callSts(
  replay: AwsReplay,
  fields: Readonly<Record<string, string>>,
  key: { readonly id?: string; readonly token?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const scope = `${key.id ?? REPLAY_ACCESS_KEY_ID}/20261014/eu-west-1/sts/aws4_request`;
  const response = await fetch(replay.endpointUrl, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
      ...(key.token !== undefined && { 'x-amz-security-token': key.token }),
    },
    body: new URLSearchParams({ Version: '2011-06-15', ...fields }),
  });
  return { status: response.status, text: await response.text() };
}

export const element = (xml: string, name: string) =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
