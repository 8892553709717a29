import { describe, expect, it } from 'vitest';
import type { AlarmContributor } from '../../../src/domain/alarm/alarm.ts';
import { withContributors } from '../../../src/domain/alarm/with-contributors.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarm, ONSET_MS } from '../graph/builders.ts';

function aContributor(instanceId: string): AlarmContributor {
  return {
    attributes: [
      { name: 'AutoScalingGroupName', value: untrusted('web') },
      { name: 'InstanceId', value: untrusted(instanceId) },
    ],
    reason: untrusted('Threshold Crossed'),
    transitionedAtMs: ONSET_MS,
  };
}

describe('an alarm on a query with what breaches in it', () => {
  it('is about each of these, and about what they share once', () => {
    const alarm = withContributors(anAlarm(), [aContributor('i-0aaa'), aContributor('i-0bbb')]);

    expect(alarm.dimensions.map(({ value }) => value)).toEqual(['web', 'i-0aaa', 'i-0bbb']);
    expect(alarm.contributors).toHaveLength(2);
  });

  it('keeps its own dimensions first', () => {
    const dimensions = [{ name: 'LoadBalancer', value: untrusted('app/shop/1') }];

    const alarm = withContributors(anAlarm({ dimensions }), [aContributor('i-0aaa')]);

    expect(alarm.dimensions[0]).toEqual(dimensions[0]);
  });

  it('holds no more than an incident can, however many breach', () => {
    const all = Array.from({ length: 500 }, (_, index) => aContributor(`i-${index}`));

    const alarm = withContributors(anAlarm(), all);

    expect([alarm.dimensions.length, alarm.contributors.length]).toEqual([30, 50]);
  });
});
