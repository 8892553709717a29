import {
  DescribeAlarmContributorsCommand,
  GetMetricWidgetImageCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { account, alarm, atMs, cloudWatch, startWorld } from './replay-support.ts';

const MINUTE_MS = 60_000;

const widget = {
  metrics: [
    [
      'AWS/ApplicationELB',
      'HTTPCode_ELB_5XX_Count',
      'LoadBalancer',
      'app/shop/1',
      { stat: 'Sum', period: 60 },
    ],
  ],
  start: new Date(atMs - 30 * MINUTE_MS).toISOString(),
  end: new Date(atMs).toISOString(),
};

function drawn(changes: object = {}) {
  const MetricWidget = JSON.stringify({ ...widget, ...changes });
  return new GetMetricWidgetImageCommand({ MetricWidget });
}

async function sidesOf(changes: object) {
  const replay = await startWorld({});
  const { MetricWidgetImage = new Uint8Array() } = await cloudWatch(replay).send(drawn(changes));
  const png = Buffer.from(MetricWidgetImage);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('GetMetricWidgetImage', () => {
  it.each([
    ['of the size that AWS takes by default', {}, [600, 400]],
    ['of the size that was asked for', { width: 480, height: 300 }, [480, 300]],
  ])('draws a PNG %s', async (_what, changes, sides) => {
    expect(await sidesOf(changes)).toEqual(sides);
  });

  it.each([
    ['a side beyond 2,000', { width: 2_001 }],
    ['no metric', { metrics: [] }],
    ['an expression', { metrics: [[{ expression: 'm1 * 2', id: 'e1' }]] }],
    ['a dimension without a value', { metrics: [['AWS/EC2', 'CPUUtilization', 'InstanceId']] }],
    [
      'a dot with nothing above it',
      { metrics: [['AWS/EC2', 'CPUUtilization', 'InstanceId', '.']] },
    ],
    ['an annotation without a time', { annotations: { vertical: [{ label: '1' }] } }],
    ['more than 100 KB', { title: 'x'.repeat(100_001) }],
  ])('refuses %s', async (_what, changes) => {
    const replay = await startWorld({});

    await expect(cloudWatch(replay).send(drawn(changes))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('refuses what is no JSON', async () => {
    const replay = await startWorld({});
    const command = new GetMetricWidgetImageCommand({ MetricWidget: '{"metrics":' });

    await expect(cloudWatch(replay).send(command)).rejects.toThrow('not valid JSON');
  });

  it('allows twenty a second', async () => {
    const replay = await startWorld({});
    const clients = cloudWatch(replay);
    const all = await Promise.allSettled(
      Array.from({ length: 22 }, () => clients.send(drawn({ width: 100, height: 100 }))),
    );

    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
  });
});

describe('DescribeAlarmContributors', () => {
  const contributors = Array.from({ length: 130 }, (_, index) => ({
    ContributorId: `c${index}`,
    ContributorAttributes: { InstanceId: `i-${index}` },
    StateReason: 'Threshold Crossed',
    StateTransitionedTimestamp: '2026-10-14T10:44:00.000000+00:00',
  }));
  const alarms = {
    MetricAlarms: [alarm('any-cpu', { StateValue: 'ALARM' }), alarm('quiet')],
    AlarmContributors: { 'any-cpu': contributors, quiet: contributors },
  };

  it('gives what breaches, with its time, page by page', async () => {
    const client = cloudWatch(await startWorld({ alarms }));

    const first = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'any-cpu' }));
    const { NextToken } = first;
    const second = await client.send(
      new DescribeAlarmContributorsCommand({ AlarmName: 'any-cpu', NextToken }),
    );

    expect(first.AlarmContributors?.[0]).toEqual({
      ContributorId: 'c0',
      ContributorAttributes: { InstanceId: 'i-0' },
      StateReason: 'Threshold Crossed',
      StateTransitionedTimestamp: new Date('2026-10-14T10:44:00Z'),
    });
    expect([first, second].map((page) => page.AlarmContributors?.length)).toEqual([100, 30]);
    expect(second.NextToken).toBeUndefined();
  });

  it('gives none of an alarm that is not in ALARM', async () => {
    const client = cloudWatch(await startWorld({ alarms }));

    const answer = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'quiet' }));

    expect(answer.AlarmContributors).toEqual([]);
  });

  it('knows only alarms of the account and Region that are asked', async () => {
    const AlarmArn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:elsewhere`;
    const elsewhere = { MetricAlarms: [alarm('elsewhere', { AlarmArn })] };
    const client = cloudWatch(await startWorld({ alarms: elsewhere }));

    for (const AlarmName of ['elsewhere', 'nowhere']) {
      const command = new DescribeAlarmContributorsCommand({ AlarmName });
      await expect(client.send(command)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }
  });

  it('refuses a token that was issued for another alarm', async () => {
    const client = cloudWatch(await startWorld({ alarms }));
    const { NextToken } = await client.send(
      new DescribeAlarmContributorsCommand({ AlarmName: 'any-cpu' }),
    );

    const command = new DescribeAlarmContributorsCommand({ AlarmName: 'quiet', NextToken });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });
});
