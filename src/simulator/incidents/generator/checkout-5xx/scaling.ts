import { loadBalancing, STOREFRONT_TARGETS } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { clock } from '../story-time.ts';

/** After the onset: shoppers retry, the storefront's group grows by two. */
export function writeScaling(recorder: Recorder, sessions: Sessions, random: SeededRandom): void {
  const scaling = sessions.linked('autoscaling', 'AWSServiceRoleForAutoScaling', 'AutoScaling');
  for (const [launch, register] of [
    ['10:46:10', '10:47:32'],
    ['10:46:12', '10:47:40'],
  ] as const) {
    const instanceId = `i-0${random.hex(16)}`;
    const tagSet = { items: [{ key: 'aws:autoscaling:groupName', value: 'storefront-prod' }] };
    recorder.write(clock(launch), scaling, {
      event: 'ec2.RunInstances',
      request: {
        launchTemplate: { launchTemplateId: 'lt-09c4e5b1a9d47ccc9', version: '31' },
        instanceType: 'm7g.large',
        tagSpecificationSet: { items: [{ resourceType: 'instance', tags: tagSet.items }] },
      },
      response: {
        instancesSet: {
          items: [
            {
              instanceId,
              instanceState: { code: 0, name: 'pending' },
              launchTime: clock(launch),
              tagSet,
            },
          ],
        },
      },
    });
    recorder.write(clock(register), scaling, {
      event: 'elasticloadbalancing.RegisterTargets',
      request: {
        targetGroupArn: loadBalancing(STOREFRONT_TARGETS),
        targets: [{ id: instanceId, port: 8080 }],
      },
    });
  }
}
