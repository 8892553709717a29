import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Event } from '@aws-sdk/client-cloudtrail';
import { paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import { startAwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import { generateCheckout5xx } from '../../../src/simulator/incidents/generate-checkout-5xx.ts';
import { cloudTrail, cloudWatch, lookup, lookupBy } from '../aws/replay-support.ts';

const folder = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx/', import.meta.url),
);
const instance = 'i-0c4e8d21f6ab97530';
const nowMs = Date.parse('2027-03-01T08:00:00Z');
const minutesAgo = (minutes: number) => new Date(nowMs - minutes * 60_000);

let replay: AwsReplay;
beforeAll(async () => {
  replay = await startAwsReplay({ folder, nowMs: () => nowMs, lookupsPerSecond: 1_000 });
});
afterAll(() => replay.close());

const all = async (region: string, input: object = {}): Promise<readonly Event[]> => {
  const events: Event[] = [];
  for await (const page of paginateLookupEvents(
    { client: cloudTrail(replay, { region }) },
    input,
  )) {
    events.push(...(page.Events ?? []));
  }
  return events;
};

const recordOf = (event: Event | undefined) => JSON.parse(event?.CloudTrailEvent ?? '{}');

describe('the checkout incident', () => {
  it.each(
    Object.entries(generateCheckout5xx()),
  )('has %s as the generator writes it', (name, text) => {
    expect(readFileSync(`${folder}${name}`, 'utf8')).toBe(text);
  });

  it('tells who stopped the instance, a quarter of an hour ago, in the console', async () => {
    const events = await lookupBy(replay, 'ResourceName', instance);
    const stops = events.filter((event) => event.EventName === 'StopInstances');
    const [stop, refused] = stops.map(recordOf);
    expect(stops.map((event) => event.Username)).toEqual([
      'noor.haddad@northwind.example',
      'petra.okafor@northwind.example',
    ]);
    expect(stop).toMatchObject({
      sessionCredentialFromConsole: 'true',
      eventTime: '2027-03-01T07:45:07Z',
    });
    expect(refused.errorCode).toBe('Client.UnauthorizedOperation');
  });

  it("leads from the stop's key to the sign-in that issued it, in us-east-1", async () => {
    const [stop] = await all('eu-west-1', {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'StopInstances' }],
    });
    const { Events } = await lookup(
      replay,
      { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: stop?.AccessKeyId }] },
      { region: 'us-east-1' },
    );
    expect(Events?.map((event) => event.EventName)).toEqual(['AssumeRoleWithSAML']);
  });

  it('leads from a write through two roles to the person', async () => {
    const [write] = await lookupBy(replay, 'EventName', 'PutParameter');
    const [second] = await lookupBy(replay, 'ResourceName', write?.AccessKeyId ?? '');
    const [first] = await lookupBy(replay, 'ResourceName', second?.AccessKeyId ?? '');
    expect([second?.EventName, first?.EventName, first?.Username]).toEqual([
      'AssumeRole',
      'AssumeRole',
      'ilse.varga',
    ]);
  });

  it('has about 350 records, some 70 writes of them in the last hour, in two Regions', async () => {
    const regions = [await all('eu-west-1'), await all('us-east-1')];
    const events = regions.flat();
    const recent = events.filter(
      (event) => event.ReadOnly === 'false' && (event.EventTime ?? 0) >= minutesAgo(60),
    );
    expect(events.length).toBeGreaterThan(320);
    expect(recent.length).toBeGreaterThan(60);
    expect(regions.map((each) => each.length > 5)).toEqual([true, true]);
  });

  it('breached first 14 minutes ago and has exactly two alarms in ALARM', async () => {
    const { MetricAlarms = [] } = await cloudWatch(replay).send(
      new DescribeAlarmsCommand({ StateValue: 'ALARM' }),
    );
    const starts = MetricAlarms.map((alarm) => JSON.parse(alarm.StateReasonData ?? '{}').startDate);
    expect(MetricAlarms.map((alarm) => alarm.AlarmName)).toEqual([
      'checkout-5xx',
      'checkout-healthy-hosts',
    ]);
    expect(starts).toEqual(['2027-03-01T07:46:00.000+0000', '2027-03-01T07:46:00.000+0000']);
  });

  it("holds the alarm's metric around the onset", async () => {
    const { MetricAlarms } = await cloudWatch(replay).send(
      new DescribeAlarmsCommand({ AlarmNames: ['checkout-healthy-hosts'] }),
    );
    const { Namespace, MetricName, Dimensions, Period = 60 } = MetricAlarms?.[0] ?? {};
    const MetricStat = { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: 'Minimum' };
    const { MetricDataResults } = await cloudWatch(replay).send(
      new GetMetricDataCommand({
        MetricDataQueries: [{ Id: 'm1', MetricStat }],
        StartTime: minutesAgo(17),
        EndTime: minutesAgo(11),
      }),
    );
    expect(MetricDataResults?.[0]?.Values).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it("holds AWS's own example of each kind of event, and lists the data event nowhere", async () => {
    const ids = (await all('us-east-1')).map((event) => event.EventId);
    const insights = await all('us-east-1', { EventCategory: 'insight' });
    expect(ids).toContain('eae87c48-d421-4626-94f5-EXAMPLEac994');
    expect(ids).not.toContain('6ad1c766-5a41-4b28-b5ca-e223ccb00f0d');
    expect(insights.map((event) => event.EventName)).toEqual(['CompleteLifecycleAction']);
  });

  it('holds what must never be printed: tokens, a password, names that would ping a channel', () => {
    const text = readFileSync(`${folder}events.jsonl`, 'utf8');
    const baits = [
      'IQoJb3JpZ2luX2VjEXAMPLETOKEN',
      'not-a-real-password-EXAMPLE',
      '<!channel>',
      '\\u202e',
    ];
    expect(baits.filter((bait) => !text.includes(bait))).toEqual([]);
  });
});
