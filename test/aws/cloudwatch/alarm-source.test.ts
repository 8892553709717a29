import { describe, expect, it } from 'vitest';
import { createAlarmSource } from '../../../src/aws/cloudwatch/alarm-source.ts';
import type { AlarmSource } from '../../../src/ports.ts';
import { alarm, atMs, startWorld } from '../../simulator/aws/replay-support.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from '../support.ts';

const target = { accountId: null, region: 'eu-west-1' };
const window = { target, asker, fromMs: atMs - 3_600_000, toMs: atMs };

async function alarmsAt(endpoint: string): Promise<AlarmSource> {
  const { clients } = await anAwsSide({ endpoint, attemptsMax: 1 });
  return createAlarmSource({ clients, log: createKeptLog() });
}

const inAlarm = { StateValue: 'ALARM', StateReason: 'Threshold Crossed: 5 datapoints' };

function stateUpdate(more: object = {}, data: object = {}): object {
  return {
    AlarmName: 'checkout-5xx',
    AlarmType: 'MetricAlarm',
    Timestamp: '2026-10-14T10:44:12.000000+00:00',
    HistoryItemType: 'StateUpdate',
    HistorySummary: 'Alarm updated from OK to ALARM',
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: 'OK', stateReason: 'fine' },
      newState: {
        stateValue: 'ALARM',
        stateReason: 'Threshold Crossed',
        stateReasonData: { version: '1.0', startDate: '2026-10-14T10:42:00.000+0000' },
      },
      ...data,
    }),
    ...more,
  };
}

describe('reading alarms', () => {
  it('does not take those of one account for those of another', async () => {
    const world = await startWorld({ alarms: { MetricAlarms: [alarm('checkout-5xx', inAlarm)] } });
    const alarms = await alarmsAt(world.endpointUrl);
    const other = { accountId: '444455556666', region: 'eu-west-1' };

    const reading = await alarms.readAlarms({ target: other, asker, names: null }, neverAborted());

    expect(reading).toMatchObject({ outcome: 'failed', accountId: '444455556666', items: [] });
    expect(reading.explanation).toContain('its own are for 111122223333');
  });

  it('finds metric and composite alarms that are in ALARM', async () => {
    const world = await startWorld({
      alarms: {
        MetricAlarms: [
          alarm('checkout-5xx', {
            ...inAlarm,
            Statistic: 'Sum',
            AlarmConfigurationUpdatedTimestamp: '2026-08-13T10:56:00.000000+00:00',
          }),
          alarm('quiet'),
        ],
        CompositeAlarms: [
          {
            ...alarm('shop-down', inAlarm),
            AlarmRule: 'ALARM(checkout-5xx)',
            MetricName: undefined,
            Namespace: undefined,
            Dimensions: undefined,
          },
        ],
      },
    });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readAlarms({ target, asker, names: null }, neverAborted());

    expect(reading).toMatchObject({
      outcome: 'found',
      accountId: '111122223333',
      truncated: false,
    });
    expect(reading.items).toEqual([
      {
        name: 'checkout-5xx',
        kind: 'metric',
        accountId: '111122223333',
        region: 'eu-west-1',
        state: 'ALARM',
        stateReason: 'Threshold Crossed: 5 datapoints',
        transitionedAtMs: Date.parse('2026-10-14T09:00:00Z'),
        configuredAtMs: Date.parse('2026-08-13T10:56:00Z'),
        namespace: 'AWS/ApplicationELB',
        metric: 'HTTPCode_ELB_5XX_Count',
        dimensions: [{ name: 'LoadBalancer', value: 'app/shop/1' }],
        threshold: null,
        comparison: null,
        periodSeconds: 60,
        drawable: {
          namespace: 'AWS/ApplicationELB',
          name: 'HTTPCode_ELB_5XX_Count',
          dimensions: [{ name: 'LoadBalancer', value: 'app/shop/1' }],
          statistic: 'Sum',
          periodSeconds: 60,
          ownerAccountId: null,
          isPart: false,
        },
        evaluation: null,
        children: [],
        contributors: [],
      },
      expect.objectContaining({
        name: 'shop-down',
        kind: 'composite',
        metric: null,
        children: ['checkout-5xx'],
      }),
    ]);
  });

  it('finds alarms by name whatever their state, more names than one call takes', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `alarm-${index}`);
    const world = await startWorld({
      alarms: { MetricAlarms: names.map((name) => alarm(name)) },
    });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readAlarms({ target, asker, names }, neverAborted());

    expect(new Set(reading.items.map(({ name }) => name))).toEqual(new Set(names));
  });

  it('names the missing permission when it is refused', async () => {
    const world = await startWorld({});
    world.faults.deny('DescribeAlarms');
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readAlarms({ target, asker, names: null }, neverAborted());

    expect(reading.outcome).toBe('denied');
    expect(reading.explanation).toContain('cloudwatch:DescribeAlarms');
  });

  it('says that it was throttled, by the name of the query era too', async () => {
    const world = await startWorld({});
    world.faults.throttleNext(1);
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readAlarms({ target, asker, names: null }, neverAborted());

    expect(reading.outcome).toBe('throttled');
  });
});

describe('reading state changes', () => {
  it('knows from when the datapoints were that led to a change', async () => {
    const world = await startWorld({
      alarms: { MetricAlarms: [alarm('checkout-5xx')] },
      history: [stateUpdate()],
    });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readTransitions(window, neverAborted());

    expect(reading.items).toEqual([
      {
        alarmName: 'checkout-5xx',
        region: 'eu-west-1',
        atMs: Date.parse('2026-10-14T10:44:12Z'),
        from: 'OK',
        to: 'ALARM',
        reason: 'Threshold Crossed',
        evaluatedFromMs: Date.parse('2026-10-14T10:42:00Z'),
        evaluation: { breachedFromMs: Date.parse('2026-10-14T10:42:00Z'), periodSeconds: null },
      },
    ]);
  });

  it('knows the first datapoint that breached, by the comparison that the reason names', async () => {
    const at = (minute: number) => `2026-10-14T10:4${minute}:00.000+0000`;
    const stateReasonData = {
      startDate: at(0),
      period: 60,
      threshold: 5,
      evaluatedDatapoints: [
        { timestamp: at(2), value: 4 },
        { timestamp: at(1), value: 3 },
        { timestamp: at(0), value: 9 },
      ],
    };
    const stateReason = 'Threshold Crossed: 2 datapoints were less than the threshold (5.0)';
    const newState = { stateValue: 'ALARM', stateReason, stateReasonData };
    const world = await startWorld({ history: [stateUpdate({}, { newState, oldState: null })] });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readTransitions(window, neverAborted());

    const breachedFromMs = Date.parse('2026-10-14T10:41:00Z');
    expect(reading.items[0]?.evaluation).toEqual({ breachedFromMs, periodSeconds: 60 });
  });

  it('takes a change set by hand, which has no datapoints', async () => {
    const byHand = { newState: { stateValue: 'ALARM', stateReason: 'testing' }, oldState: null };
    const world = await startWorld({ history: [stateUpdate({}, byHand)] });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readTransitions(window, neverAborted());

    expect(reading.items[0]).toMatchObject({ from: null, to: 'ALARM', evaluatedFromMs: null });
  });

  it('leaves out and counts history that cannot be read', async () => {
    const world = await startWorld({
      history: [stateUpdate({ HistoryData: '{"cut' }), stateUpdate({}, { newState: {} })],
    });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readTransitions(window, neverAborted());

    expect(reading).toMatchObject({ outcome: 'nothing', items: [], skippedCount: 2 });
  });

  it('reads page after page, newest first', async () => {
    const history = Array.from({ length: 230 }, (_, index) =>
      stateUpdate({ Timestamp: new Date(atMs - (index + 1) * 1_000).toISOString() }),
    );
    const world = await startWorld({ history });
    const alarms = await alarmsAt(world.endpointUrl);

    const reading = await alarms.readTransitions(window, neverAborted());

    const times = reading.items.map((item) => item.atMs);
    expect(times).toHaveLength(230);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});
