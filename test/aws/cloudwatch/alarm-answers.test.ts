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
});
