import { describe, expect, it } from 'vitest';
import { account, alarm, atMs, startWorld, type World } from '../simulator/aws/replay-support.ts';
import { aPlaybook } from '../support/playbook-builders.ts';
import { evidenceOf, openDesk } from './gather-support.ts';

const inAlarm = { StateValue: 'ALARM' };
const TAGS = [{ Key: 'service', Value: 'checkout' }];
const link = { title: 'Runbook', url: 'https://wiki.example/x', alarms: [], resources: [] };
const withLinksByTag = aPlaybook({
  links: [{ ...link, tags: [{ key: 'service', value: 'checkout' }] }],
});

async function gathered(world: World, playbooks = [withLinksByTag], alarmNames: string[] = []) {
  const desk = await openDesk(world, () => atMs, { alarmNames });
  await desk.gather({ playbooks });
  return evidenceOf(await desk.state(), 'alarms');
}

const asked = (world: World) =>
  world.calls
    .filter(({ operation }) => operation === 'ListTagsForResource')
    .map(({ parameters }) => parameters['ResourceARN']);

describe('the tags of alarms', () => {
  it('are read of those in ALARM, and kept with them', async () => {
    const world = await startWorld({
      alarms: {
        MetricAlarms: [alarm('checkout-5xx', inAlarm), alarm('quiet')],
        AlarmTags: { 'checkout-5xx': TAGS, quiet: TAGS },
      },
    });

    const { alarms, coverage } = await gathered(world, [withLinksByTag], ['quiet']);

    expect(asked(world)).toEqual([`arn:aws:cloudwatch:eu-west-1:${account}:alarm:checkout-5xx`]);
    expect(alarms.find(({ name }) => name === 'checkout-5xx')?.tags).toEqual([
      { key: 'service', value: 'checkout' },
    ]);
    expect(alarms.find(({ name }) => name === 'quiet')?.tags).toBeUndefined();
    expect(coverage.gaps.join()).not.toContain('tags');
  });

  it('are not asked for where no playbook has links by tag', async () => {
    const world = await startWorld({ alarms: { MetricAlarms: [alarm('checkout-5xx', inAlarm)] } });

    await gathered(world, [aPlaybook({ links: [{ ...link, tags: [] }] })]);

    expect(asked(world)).toEqual([]);
  });

  it('are read of ten alarms at most, those first that the incident names', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `alarm-${index}`);
    const world = await startWorld({
      alarms: { MetricAlarms: names.map((name) => alarm(name, inAlarm)) },
    });

    const { coverage } = await gathered(world, [withLinksByTag], ['alarm-11']);

    expect(asked(world)).toHaveLength(10);
    expect(asked(world)[0]).toContain('alarm-11');
    expect(coverage.gaps).toContain('the tags of 2 more alarms');
  });

  it('may be denied without harm to the alarms: coverage says it once, and they are asked for once', async () => {
    const AlarmArn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:elsewhere`;
    const world = await startWorld({
      alarms: {
        MetricAlarms: [
          alarm('a', inAlarm),
          alarm('b', inAlarm),
          alarm('elsewhere', { ...inAlarm, AlarmArn }),
        ],
      },
    });
    world.faults.deny('ListTagsForResource');

    const { alarms, coverage } = await gathered(world);

    expect(alarms).toHaveLength(3);
    expect(coverage.targets.map(({ outcome }) => outcome)).toEqual(['found', 'found']);
    expect(coverage.gaps.filter((gap) => gap.includes('tags'))).toEqual([
      'runbooks and dashboards by the tags of alarms (cloudwatch:ListTagsForResource is not allowed)',
    ]);
    expect(asked(world)).toHaveLength(2);
  });
});
