import type { DescribeAlarmsOutput, GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { account, alarm, atMs, cloudWatch, startWorld } from './replay-support.ts';

const names = (output: DescribeAlarmsOutput) =>
  [...(output.MetricAlarms ?? []), ...(output.CompositeAlarms ?? [])].map((each) => each.AlarmName);

const composite = alarm('shop-degraded', { AlarmRule: 'ALARM("checkout-5xx") OR OK(search)' });
const alarms = {
  MetricAlarms: [
    alarm('search'),
    alarm('checkout-5xx', { StateValue: 'ALARM', AlarmActions: ['arn:aws:sns:eu-west-1:1:t'] }),
    alarm('bill', { AlarmArn: `arn:aws:cloudwatch:us-east-1:${account}:alarm:bill` }),
  ],
  CompositeAlarms: [composite],
};

const item = (AlarmName: string, time: string, more: object = {}) => ({
  AlarmName,
  AlarmType: 'MetricAlarm',
  Timestamp: `2026-10-14T${time}.000000+00:00`,
  HistoryItemType: 'StateUpdate',
  HistorySummary: 'Alarm updated from OK to ALARM',
  HistoryData: '{}',
  ...more,
});

describe('DescribeAlarms', () => {
  it.each([
    ['metric alarms only, by name, unless types are asked for', {}, ['checkout-5xx', 'search']],
    ['composite alarms when asked for', { AlarmTypes: ['CompositeAlarm'] }, ['shop-degraded']],
    [
      'both kinds when asked for',
      { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
      ['checkout-5xx', 'search', 'shop-degraded'],
    ],
    ['alarms in a state', { StateValue: 'ALARM' }, ['checkout-5xx']],
    ['alarms by name', { AlarmNames: ['search', 'missing'] }, ['search']],
    ['alarms by prefix', { AlarmNamePrefix: 'check' }, ['checkout-5xx']],
    ['alarms by action', { ActionPrefix: 'arn:aws:sns' }, ['checkout-5xx']],
    [
      'the children of a composite alarm',
      { ChildrenOfAlarmName: 'shop-degraded' },
      ['checkout-5xx', 'search'],
    ],
    ['the parents of an alarm', { ParentsOfAlarmName: 'search' }, ['shop-degraded']],
  ] as const)('gives %s', async (_, input, expected) => {
    const replay = await startWorld({ alarms });
    const output = await cloudWatch(replay).send(new DescribeAlarmsCommand(input as object));
    expect(names(output)).toEqual(expected);
  });

  it('gives the alarms of the Region in their ARN', async () => {
    const replay = await startWorld({ alarms });
    const output = await cloudWatch(replay, { region: 'us-east-1' }).send(
      new DescribeAlarmsCommand({}),
    );
    expect(names(output)).toEqual(['bill']);
  });

  it('gives times as times', async () => {
    const replay = await startWorld({ alarms });
    const output = await cloudWatch(replay).send(new DescribeAlarmsCommand({}));
    expect(output.MetricAlarms?.[0]?.StateTransitionedTimestamp).toEqual(
      new Date('2026-10-14T09:00:00Z'),
    );
  });

  it('pages by MaxRecords and gives every alarm once', async () => {
    const MetricAlarms = Array.from({ length: 7 }, (_, index) => alarm(`alarm-${index}`));
    const replay = await startWorld({ alarms: { MetricAlarms } });
    const seen: (string | undefined)[] = [];
    const pages = paginateDescribeAlarms({ client: cloudWatch(replay), pageSize: 3 }, {});
    for await (const page of pages) seen.push(...names(page));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `alarm-${index}`));
  });

  it.each([
    ['more than 100 records', { MaxRecords: 101 }, 'ValidationException'],
    [
      'names together with a prefix',
      { AlarmNames: ['a'], AlarmNamePrefix: 'a' },
      'InvalidParameterCombinationException',
    ],
    [
      'children together with a state',
      { ChildrenOfAlarmName: 'a', StateValue: 'OK' },
      'ValidationException',
    ],
    ['a made-up token', { NextToken: 'abc' }, 'InvalidNextToken'],
  ] as const)('refuses %s', async (_, input, name) => {
    const replay = await startWorld({ alarms });
    const call = cloudWatch(replay).send(new DescribeAlarmsCommand(input as object));
    await expect(call).rejects.toMatchObject({ name });
  });

  it('throttles under the name that query-era clients know', async () => {
    const replay = await startWorld({ alarms });
    replay.faults.throttleNext(1);
    const call = cloudWatch(replay).send(new DescribeAlarmsCommand({}));
    await expect(call).rejects.toMatchObject({ name: 'Throttling' });
  });
});

describe('DescribeAlarmHistory', () => {
  const history = [
    item('search', '09:00:00'),
    item('checkout-5xx', '10:45:00'),
    item('checkout-5xx', '10:45:01', { HistoryItemType: 'Action' }),
    item('bill', '10:00:00'),
    item('shop-degraded', '10:46:00', { AlarmType: 'CompositeAlarm' }),
    item('deleted-alarm', '08:00:00'),
  ];
  const found = async (input: object, region = 'eu-west-1') => {
    const replay = await startWorld({ alarms, history });
    const output = await cloudWatch(replay, { region }).send(
      new DescribeAlarmHistoryCommand(input),
    );
    return output.AlarmHistoryItems?.map((each) => each.Timestamp?.toISOString().slice(11, 19));
  };

  it.each([
    [
      'the newest first, deleted alarms too, no composite ones',
      {},
      ['10:45:01', '10:45:00', '09:00:00', '08:00:00'],
    ],
    [
      'the oldest first when asked',
      { ScanBy: 'TimestampAscending' },
      ['08:00:00', '09:00:00', '10:45:00', '10:45:01'],
    ],
    ['one alarm', { AlarmName: 'search' }, ['09:00:00']],
    ['one kind of item', { HistoryItemType: 'Action' }, ['10:45:01']],
    ['composite alarms when asked', { AlarmTypes: ['CompositeAlarm'] }, ['10:46:00']],
    [
      'a range of time',
      { StartDate: new Date('2026-10-14T08:30:00Z'), EndDate: new Date('2026-10-14T09:30:00Z') },
      ['09:00:00'],
    ],
  ] as const)('gives %s', async (_, input, expected) => {
    expect(await found(input)).toEqual(expected);
  });

  it('gives the history of the alarms of the Region', async () => {
    expect(await found({}, 'us-east-1')).toEqual(['10:00:00']);
  });

  it('goes on with the token and the same parameters', async () => {
    const replay = await startWorld({ alarms, history });
    const client = cloudWatch(replay);
    const first = await client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 3 }));
    const { NextToken } = first;
    const second = await client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 3, NextToken }));
    expect([second.AlarmHistoryItems?.length, second.NextToken]).toEqual([1, undefined]);
  });

  it('gains an item when an alarm changes state', async () => {
    const replay = await startWorld({ alarms });
    replay.setAlarmState('checkout-5xx', 'OK', 'recovered');
    const client = cloudWatch(replay);
    const state = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['checkout-5xx'] }));
    const { AlarmHistoryItems } = await client.send(new DescribeAlarmHistoryCommand({}));
    expect(state.MetricAlarms?.[0]).toMatchObject({
      StateValue: 'OK',
      StateReason: 'recovered',
      StateTransitionedTimestamp: new Date(atMs),
    });
    expect(AlarmHistoryItems?.[0]).toMatchObject({
      Timestamp: new Date(atMs),
      HistorySummary: 'Alarm updated from ALARM to OK',
    });
  });
});

describe('GetMetricData', () => {
  const Dimensions = [{ Name: 'LoadBalancer', Value: 'app/shop/1' }];
  const Metric = {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_ELB_5XX_Count',
    Dimensions,
  };
  const series = {
    ...Metric,
    Region: 'eu-west-1',
    Period: 60,
    From: '2026-10-14T10:40:00Z',
    Values: [1, null, 200, 210, 220, 230],
  };
  const query = (more: object = {}): GetMetricDataCommandInput => ({
    MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
    StartTime: new Date('2026-10-14T10:40:00Z'),
    EndTime: new Date('2026-10-14T10:45:00Z'),
    ...more,
  });
  const read = async (input: GetMetricDataCommandInput, folder: object = { metrics: [series] }) => {
    const replay = await startWorld({ alarms, ...folder });
    return cloudWatch(replay).send(new GetMetricDataCommand(input));
  };

  it('gives the newest value first and stops before the end time', async () => {
    const { MetricDataResults } = await read(query());
    expect(MetricDataResults?.[0]).toMatchObject({
      Values: [220, 210, 200, 1],
      StatusCode: 'Complete',
    });
  });

  it('gives the oldest first when asked', async () => {
    const { MetricDataResults } = await read(query({ ScanBy: 'TimestampAscending' }));
    expect(MetricDataResults?.[0]?.Values).toEqual([1, 200, 210, 220]);
  });

  it('adds values up to the period asked for, on whole periods', async () => {
    const MetricDataQueries = [{ Id: 'm1', MetricStat: { Metric, Period: 300, Stat: 'Maximum' } }];
    const { MetricDataResults } = await read(query({ MetricDataQueries }));
    expect(MetricDataResults?.[0]).toMatchObject({
      Values: [220],
      Timestamps: [new Date('2026-10-14T10:40:00Z')],
    });
  });

  it('gives nothing of what has not happened yet', async () => {
    const replay = await startWorld({ metrics: [series] });
    replay.clock.nowMs = Date.parse('2026-10-14T10:43:00Z');
    const { MetricDataResults } = await cloudWatch(replay).send(new GetMetricDataCommand(query()));
    expect(MetricDataResults?.[0]?.Values).toEqual([200, 1]);
  });

  it('says PartialData and goes on with the token when there is more', async () => {
    const replay = await startWorld({ metrics: [series] });
    const client = cloudWatch(replay);
    const input = query({ MaxDatapoints: 3 });
    const first = await client.send(new GetMetricDataCommand(input));
    const { NextToken } = first;
    const second = await client.send(new GetMetricDataCommand({ ...input, NextToken }));
    expect(first.MetricDataResults?.[0]?.StatusCode).toBe('PartialData');
    expect(second.MetricDataResults?.[0]?.Values).toEqual([1]);
    expect(second.NextToken).toBeUndefined();
  });

  it('falls back on the datapoints that the alarms wrote down', async () => {
    const HistoryData = JSON.stringify({
      newState: {
        stateReasonData: {
          startDate: '2026-10-14T10:42:00.000+0000',
          period: 60,
          recentDatapoints: [200, 210],
          evaluatedDatapoints: [{ timestamp: '2026-10-14T10:44:00.000+0000', value: 220 }],
        },
      },
    });
    const history = [item('checkout-5xx', '10:45:00', { HistoryData })];
    const { MetricDataResults } = await read(query(), { history });
    expect(MetricDataResults?.[0]?.Values).toEqual([220, 210, 200]);
  });

  it('gives no values for a metric it does not know', async () => {
    const { MetricDataResults } = await read(query(), { metrics: [], alarms: {} });
    expect(MetricDataResults?.[0]).toMatchObject({ Values: [], StatusCode: 'Complete' });
  });

  it.each([
    ['expressions', { MetricDataQueries: [{ Id: 'e1', Expression: 'm1 / 2' }] }],
    ['a range that ends where it starts', { EndTime: new Date('2026-10-14T10:40:00Z') }],
    [
      'a statistic it does not have',
      { MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'p99' } }] },
    ],
  ] as const)('refuses %s', async (_, more) => {
    await expect(read(query(more))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
