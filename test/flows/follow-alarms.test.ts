import { describe, expect, it } from 'vitest';
import { alarm, atMs, startWorld, type World } from '../simulator/aws/replay-support.ts';
import { evidenceOf, openDesk } from './gather-support.ts';

const now = () => atMs;
const inAlarm = { StateValue: 'ALARM' };
const noMetric = { Namespace: undefined, MetricName: undefined, Dimensions: undefined };

const metric = (name: string, more: object = {}) => alarm(name, { Statistic: 'Sum', ...more });

function composite(name: string, rule: string, more: object = {}) {
  return alarm(name, { ...inAlarm, ...noMetric, AlarmRule: rule, ...more });
}

function onQuery(name: string) {
  const Expression =
    'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId';
  return alarm(name, { ...inAlarm, ...noMetric, Metrics: [{ Id: 'q1', Expression, Period: 60 }] });
}

function contributor(instanceId: string) {
  return {
    ContributorId: `id-${instanceId}`,
    ContributorAttributes: { InstanceId: instanceId },
    StateReason: 'Threshold Crossed',
    StateTransitionedTimestamp: '2026-10-14T10:44:00.000000+00:00',
  };
}

async function gathered(world: World) {
  const desk = await openDesk(world, now);
  await desk.gather();
  const { alarms, coverage } = evidenceOf(await desk.state(), 'alarms');
  return { alarms, coverage, names: alarms.map(({ name }) => name).sort() };
}

const askedFor = (world: World) =>
  world.calls
    .filter(({ operation }) => operation === 'DescribeAlarms')
    .map(({ parameters }) => parameters['AlarmNames'])
    .filter((names) => names !== undefined);

describe('what lies behind an alarm', () => {
  it('is found for a composite alarm over several levels, whatever state its parts are in now', async () => {
    const world = await startWorld({
      alarms: {
        MetricAlarms: [metric('checkout-5xx', inAlarm), metric('cpu-high'), metric('unrelated')],
        CompositeAlarms: [
          composite('shop-down', 'ALARM("shop-errors") AND NOT OK(cpu-high)'),
          composite('shop-errors', 'ALARM(checkout-5xx) OR ALARM(payments-5xx)'),
        ],
      },
    });

    const { names, coverage } = await gathered(world);

    expect(names).toEqual(['checkout-5xx', 'cpu-high', 'shop-down', 'shop-errors']);
    expect(coverage.gaps).toContain('1 of the alarms that composite ones are made of');
  });

  it('is read once where alarms are made of each other, without an end', async () => {
    const world = await startWorld({
      alarms: {
        MetricAlarms: [metric('a')],
        CompositeAlarms: [
          composite('one', 'ALARM(two) AND ALARM(one) AND ALARM(a)'),
          composite('two', 'ALARM(one)'),
        ],
      },
    });

    const { names } = await gathered(world);

    expect(names).toEqual(['a', 'one', 'two']);
    expect(askedFor(world)).toEqual([['a']]);
  });

  it('is not followed into a composite alarm that is not in ALARM itself', async () => {
    const world = await startWorld({
      alarms: {
        CompositeAlarms: [
          composite('top', 'ALARM(quiet)'),
          composite('quiet', 'ALARM(deeper)', { StateValue: 'OK' }),
        ],
      },
    });

    await gathered(world);

    expect(askedFor(world)).toEqual([['quiet']]);
  });

  it('is what breaches in an alarm on a query, as if they were its dimensions', async () => {
    const world = await startWorld({
      alarms: {
        MetricAlarms: [onQuery('any-cpu'), metric('plain', inAlarm)],
        AlarmContributors: { 'any-cpu': [contributor('i-0aaa'), contributor('i-0bbb')] },
      },
    });

    const { alarms } = await gathered(world);

    const found = alarms.find(({ name }) => name === 'any-cpu');
    expect(found?.contributors).toMatchObject([
      {
        attributes: [{ name: 'InstanceId', value: 'i-0aaa' }],
        transitionedAtMs: Date.parse('2026-10-14T10:44:00Z'),
      },
      { attributes: [{ name: 'InstanceId', value: 'i-0bbb' }] },
    ]);
    expect(found?.dimensions.map(({ value }) => value)).toEqual(['i-0aaa', 'i-0bbb']);
    const asked = world.calls.filter(({ operation }) => operation === 'DescribeAlarmContributors');
    expect(asked.map(({ parameters }) => parameters['AlarmName'])).toEqual(['any-cpu']);
  });

  it('may be refused without harm to the alarms, and the coverage says which permission it takes', async () => {
    const world = await startWorld({
      alarms: { MetricAlarms: [onQuery('any-cpu'), onQuery('any-disk')] },
    });
    world.faults.deny('DescribeAlarmContributors');

    const { names, coverage } = await gathered(world);

    expect(names).toEqual(['any-cpu', 'any-disk']);
    expect(coverage.targets[0]).toMatchObject({ outcome: 'found', explanation: null });
    expect(coverage.gaps.join()).toContain('cloudwatch:DescribeAlarmContributors');
    const asked = world.calls.filter(({ operation }) => operation === 'DescribeAlarmContributors');
    expect(asked).toHaveLength(1);
  });

  it('may be asked too often without harm to the alarms that were read', async () => {
    const world = await startWorld({
      alarms: { MetricAlarms: [metric('a')], CompositeAlarms: [composite('top', 'ALARM(a)')] },
    });
    world.faults.add({
      kind: 'throttle',
      operation: 'DescribeAlarms',
      region: 'eu-west-1',
      after: 1,
    });

    const { names, coverage } = await gathered(world);

    expect(names).toEqual(['top']);
    expect(coverage.targets[0]).toMatchObject({ outcome: 'found' });
    expect(coverage.gaps.join()).toContain(
      'what lies behind composite alarms (AWS asked for fewer',
    );
  });
});
