import { DescribeAlarmsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { account, alarm, cloudWatch, startWorld } from './replay-support.ts';

const arnOf = (name: string, region = 'eu-west-1') =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
const tagsOf = (ResourceARN: string) => new ListTagsForResourceCommand({ ResourceARN });

describe('ListTagsForResource', () => {
  const alarms = {
    MetricAlarms: [alarm('tagged'), alarm('plain')],
    AlarmTags: { tagged: [{ Key: 'service', Value: 'checkout' }] },
  };

  it('gives the tags of an alarm, which DescribeAlarms does not', async () => {
    const client = cloudWatch(await startWorld({ alarms }));

    const { Tags } = await client.send(tagsOf(arnOf('tagged')));
    const described = await client.send(new DescribeAlarmsCommand({}));

    expect(Tags).toEqual([{ Key: 'service', Value: 'checkout' }]);
    expect((await client.send(tagsOf(arnOf('plain')))).Tags).toEqual([]);
    expect(JSON.stringify(described)).not.toContain('service');
  });

  it.each([
    [arnOf('nowhere'), 'ResourceNotFoundException'],
    [arnOf('tagged', 'us-east-1'), 'ResourceNotFoundException'],
    ['arn:aws:s3:::bucket', 'InvalidParameterValueException'],
  ])('refuses %s with %s', async (arn, name) => {
    const client = cloudWatch(await startWorld({ alarms }));

    await expect(client.send(tagsOf(arn))).rejects.toMatchObject({ name });
  });
});
