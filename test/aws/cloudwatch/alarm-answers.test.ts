import { describe, expect, it } from 'vitest';
import { createAlarmSource } from '../../../src/aws/cloudwatch/alarm-source.ts';
import type { AlarmSource } from '../../../src/ports.ts';
import { MOCK_URL, mockHttp, promiseAws } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from '../support.ts';

mockHttp();

const target = { accountId: null, region: 'eu-west-1' };
const window = {
  target,
  asker,
  fromMs: Date.UTC(2026, 9, 14, 10),
  toMs: Date.UTC(2026, 9, 14, 11),
};

async function mockedAlarms(): Promise<AlarmSource> {
  const { clients } = await anAwsSide({ endpoint: MOCK_URL, attemptsMax: 1 });
  return createAlarmSource({ clients, log: createKeptLog() });
}

describe('an answer about alarms', () => {
  it('asks nothing when no name is given', async () => {
    const alarms = await mockedAlarms();

    const reading = await alarms.readAlarms({ target, asker, names: [] }, neverAborted());

    expect(reading).toMatchObject({ outcome: 'nothing', items: [], explanation: null });
  });

  it('drops and counts what it cannot read, and only plain names of metrics get through', async () => {
    promiseAws('DescribeAlarms', {
      body: {
        MetricAlarms: [
          { AlarmName: 'good', StateValue: 'ALARM', MetricName: '<!channel>' },
          { AlarmName: 'bad', StateValue: 'PERHAPS' },
          {
            AlarmName: 'odd',
            StateValue: 'ALARM',
            Dimensions: [
              { Name: '*bold*', Value: 'x' },
              { Name: 'InstanceId', Value: 'password=hunter2horse' },
            ],
          },
        ],
      },
    });
    const alarms = await mockedAlarms();

    const reading = await alarms.readAlarms({ target, asker, names: null }, neverAborted());

    expect(reading.skippedCount).toBe(1);
    expect(reading.items.map(({ name, metric }) => [name, metric])).toEqual([
      ['good', null],
      ['odd', null],
    ]);
    expect(reading.items[1]?.dimensions).toEqual([
      { name: 'InstanceId', value: 'password=[redacted]' },
    ]);
  });

  it('stops after a number of pages and says so', async () => {
    promiseAws('DescribeAlarmHistory', {
      body: { AlarmHistoryItems: [], NextToken: 'for ever' },
      times: 10,
    });
    const alarms = await mockedAlarms();

    const reading = await alarms.readTransitions(window, neverAborted());

    expect(reading).toMatchObject({
      truncated: true,
      explanation: 'Reading stopped after 10 pages.',
    });
  });

  it('names the metric that can be drawn: the first of a computed one, none of a query', async () => {
    const errors = {
      Metric: {
        Namespace: 'Shop',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'Shop', Value: '1' }],
      },
      Period: 300,
      Stat: 'p99.9',
    };
    const math = [
      { Id: 'e1', Expression: 'm1/2' },
      { Id: 'm1', MetricStat: errors },
    ];
    const other = [{ Id: 'm1', AccountId: '444455556666', MetricStat: errors }];
    promiseAws('DescribeAlarms', {
      body: {
        MetricAlarms: [
          { AlarmName: 'math', StateValue: 'ALARM', Metrics: math },
          { AlarmName: 'other-account', StateValue: 'ALARM', Metrics: other },
          { AlarmName: 'query', StateValue: 'ALARM', Metrics: [{ Id: 'q', Expression: 'SELECT' }] },
          { AlarmName: 'odd', StateValue: 'ALARM', ...errors.Metric, Period: 60, Statistic: '<!>' },
        ],
      },
    });
    const alarms = await mockedAlarms();

    const { items } = await alarms.readAlarms({ target, asker, names: null }, neverAborted());

    const metric = {
      namespace: 'Shop',
      name: 'Errors',
      dimensions: [{ name: 'Shop', value: '1' }],
      statistic: 'p99.9',
      periodSeconds: 300,
    };
    expect(items.map(({ drawable }) => drawable)).toEqual([
      { ...metric, ownerAccountId: null, isPart: true },
      { ...metric, ownerAccountId: '444455556666', isPart: false },
      null,
      null,
    ]);
  });
});
