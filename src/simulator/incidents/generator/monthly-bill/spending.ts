import { PEOPLE } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { clockDaysAgo } from '../story-time.ts';

const INSTANCE_TYPE = 'm7i.16xlarge';
const COUNT = 12;
const IMAGE_ID = 'ami-0f3a9c71e5d28b604';
const TAGS = [{ key: 'Name', value: 'loadtest-autumn' }];

/** When the machines began to cost. */
export const STARTED_MS = clockDaysAgo(3, '15:42:19');

export interface SpendingIds {
  readonly start: string;
  readonly instanceId: string;
}

/**
 * The cause: Petra starts twelve large machines to try how much the autumn sale can take, measures
 * for two hours, goes home for the weekend, and forgets them.
 */
export function writeSpending(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): SpendingIds {
  const { email, address } = PEOPLE.petra;
  const petra = sessions.person(clockDaysAgo(3, '15:20:40'), email, 'PlatformOperator', address);
  recorder.write(clockDaysAgo(3, '15:36:12'), petra, {
    event: 'ec2.DescribeInstanceTypes',
    request: { DescribeInstanceTypesRequest: { InstanceType: { content: INSTANCE_TYPE, tag: 1 } } },
  });
  const ids = Array.from({ length: COUNT }, () => `i-0${random.hex(16)}`);
  const start = recorder.write(STARTED_MS, petra, {
    event: 'ec2.RunInstances',
    request: {
      instancesSet: { items: [{ imageId: IMAGE_ID, minCount: COUNT, maxCount: COUNT }] },
      instanceType: INSTANCE_TYPE,
      tagSpecificationSet: { items: [{ resourceType: 'instance', tags: TAGS }] },
    },
    response: { instancesSet: { items: ids.map(startedInstance) } },
  });
  for (const time of ['15:58:03', '17:31:27']) {
    recorder.write(clockDaysAgo(3, time), petra, {
      event: 'ec2.DescribeInstances',
      request: {
        filterSet: {
          items: [{ name: 'tag:Name', valueSet: { items: [{ value: TAGS[0]?.value }] } }],
        },
      },
    });
  }
  return { start, instanceId: ids[0] ?? '' };
}

function startedInstance(instanceId: string): object {
  return {
    instanceId,
    imageId: IMAGE_ID,
    instanceType: INSTANCE_TYPE,
    instanceState: { code: 0, name: 'pending' },
    launchTime: STARTED_MS,
    tagSet: { items: TAGS },
  };
}
